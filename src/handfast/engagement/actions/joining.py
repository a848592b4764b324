"""Join an engagement by the link of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from handfast.engagement.models import Party
from handfast.engagement.permissions import may_accept_invitation
from handfast.engagement.queries import bringable
from handfast.engagement.refusals import OrganisationUnchosen, SideTaken
from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing, Space
from handfast.foundation.spaces import admit, open_space
from handfast.people.actions.invitations import MAIL_INVITATION
from handfast.people.actions.mailing import plant_digest
from handfast.people.actions.organisations import new_organisation
from handfast.people.actions.persons import new_person
from handfast.people.models import Invitation, Membership, Organisation, Person
from handfast.people.queries import LINK_SPENT, person_at
from handfast.people.refusals import InvitationSpent, MembershipLasts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor


@action(permits=may_accept_invitation, records="invitation.accepted")
def accept_invitation(
    actor: Actor,
    invitation: Invitation,
    /,
    *,
    name: str,
    password: str,
    zone: str,
    brings: Organisation | None = None,
    is_founding: bool = False,
    at: datetime,
) -> Membership:
    """Use the link: the person (made where the address is new) becomes what the invitation says.

    `password` is a hash, as Django makes it; a person who is known keeps theirs. The first of a side brings its
    organisation in: one of those where they manage people, `brings`, for whose sake the door has seen them signed in;
    or, `is_founding` or belonging to none, a new one. Raises InvitationSpent, MembershipLasts, NameMissing,
    OrganisationUnchosen, SideTaken.
    """
    if invitation.used_at or invitation.withdrawn_at or invitation.expires_at <= at:
        raise InvitationSpent(LINK_SPENT)
    person = _person(invitation, name, password, zone, at)
    organisation = _organisation(
        invitation, _brought(invitation, person, brings, is_founding=is_founding), at
    )
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    Outgoing.objects.filter(kind=MAIL_INVITATION, subject_id=invitation.pk, done_at__isnull=True).delete()
    same = {"person": person, "organisation": organisation, "engagement_id": invitation.engagement_id}
    lapsed = Membership.objects.filter(**same, ended_at__isnull=True, ends_at__lte=at)
    lapsed.update(ended_at=F("ends_at"))  # it ended by itself then; now it gives way to the new one
    member, is_new = Membership.objects.get_or_create(
        **same,
        ended_at__isnull=True,
        defaults={
            "journal_space_id": invitation.shared_space_id,
            "side": invitation.side,
            "roles": invitation.roles,
            "starts_at": invitation.starts_at,
            "ends_at": invitation.ends_at,
            "began_at": at,
        },
    )
    if not is_new:
        _check_span_of_roles(member, invitation)
        member.roles = sorted({*member.roles, *invitation.roles})
        _lengthen(member, invitation)
        member.save(update_fields=["roles", "starts_at", "ends_at"])
    plant_digest(person, organisation, at=at)
    return member


def _check_span_of_roles(member: Membership, invitation: Invitation) -> None:
    """A role that is given for a time would last as long as those that are there. Raises MembershipLasts."""
    is_same = (member.starts_at, member.ends_at) == (invitation.starts_at, invitation.ends_at)
    if not is_same and not set(invitation.roles) <= set(member.roles):
        raise MembershipLasts(
            "you belong there already, for another time, and its roles last as long as that: ask whoever invited you to "
            "change your roles there, or to end what you have first"
        )


def _lengthen(member: Membership, invitation: Invitation) -> None:
    """Of two spans the wider: whoever belongs without an end keeps it so."""
    begins, ends = (member.starts_at, invitation.starts_at), (member.ends_at, invitation.ends_at)
    member.starts_at = None if None in begins else min(begins)  # type: ignore[type-var]  # neither is None
    member.ends_at = None if None in ends else max(ends)  # type: ignore[type-var]  # as above


def _person(invitation: Invitation, name: str, password: str, zone: str, at: datetime) -> Person:
    known = person_at(invitation.email)
    if known is not None and not known.is_active:
        raise InvitationSpent(LINK_SPENT)  # whoever was erased, or shut out, joins nothing
    return known or new_person(invitation.email, name, password=password, zone=zone, at=at)


def _brought(
    invitation: Invitation, person: Person, brings: Organisation | None, *, is_founding: bool
) -> Organisation | None:
    """What was chosen, or nothing where a new organisation is founded."""
    known = bringable(invitation, person)
    if (brings is None and known and not is_founding) or (brings is not None and brings not in known):
        said = "say for which of your organisations you join, or that a new one does"
        raise OrganisationUnchosen(said, [("organisation", said)])
    return brings


def _organisation(invitation: Invitation, brought: Organisation | None, at: datetime) -> Organisation:
    party = Party.objects.select_for_update().get(
        engagement_id=invitation.engagement_id, side=invitation.side, space_id=invitation.shared_space_id
    )
    organisation = invitation.organisation
    if organisation is None:
        organisation = (
            party.organisation
            or brought
            or new_organisation(party.name, is_sample=party.engagement.is_sample)
        )
    is_theirs = party.organisation_id not in (None, invitation.inviting_organisation_id)
    if is_theirs or party.organisation_id not in (None, organisation.pk):
        raise SideTaken(f"the {party.side}'s side belongs to another organisation")
    if party.organisation_id is None:
        party.organisation, party.joined_at = organisation, at
        party.save(update_fields=["organisation", "joined_at"])
        _let_in(invitation, organisation.pk)
    return organisation


def _let_in(invitation: Invitation, organisation: UUID) -> None:
    shared = Space.objects.get(pk=invitation.shared_space_id)
    admit(shared, organisation, is_writing=True)
    open_space(
        Space.Kind.INTERNAL,
        engagement=invitation.engagement_id,
        organisation=organisation,
        writers=[organisation],
        is_sample=shared.is_sample,
    )
