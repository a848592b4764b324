"""Memberships, tokens and names: each verb does what it says, and refuses by its code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.cast import AT, Cast, joined, make_cast

from handfast.foundation.journal import verified
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import later
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.people.actions.invitations import invite, withdraw_invitation
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.actions.persons import change_own_details, new_person
from handfast.people.actions.tokens import issue_token, new_secret, revoke_token
from handfast.people.models import Invitation, Membership, Person, Token
from handfast.people.queries import (
    actor_for,
    internal_space_of,
    membership_seen_by,
    own_membership,
    secret_digest,
    token_in_force,
)
from handfast.people.refusals import (
    AddressTaken,
    ExpiryRefused,
    InvitationSpent,
    LastManager,
    MembershipEnded,
    NameMissing,
    RoleUnknown,
    TokenRevoked,
    ZoneUnknown,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def issued(cast: Cast, person: Person, secret: str, days: int = 30, name: str = "Export") -> Token:
    return issue_token(
        actor_for(person), member(cast, person), name=name, secret=secret, digest=secret_digest(secret),
        expires_at=AT + timedelta(days=days), at=AT,
    )  # fmt: skip


def sent(cast: Cast, roles: list[str]) -> Invitation:
    return invite(
        actor_for(cast.owner), internal_space_of(cast.lumen.pk, cast.engagement.pk),
        shared_space=cast.engagement.space_id, email="new@lumen.example", side="client", roles=roles,
        organisation=cast.lumen, at=AT,
    )  # fmt: skip


def test_role_that_the_side_does_not_have_is_refused(cast: Cast) -> None:
    for roles in (["delivery-manager"], ["emperor"], []):
        with pytest.raises(RoleUnknown):
            change_roles(actor_for(cast.owner), member(cast, cast.reader), roles=roles, at=AT)
        with pytest.raises(RoleUnknown):
            sent(cast, roles)


def test_membership_ends_once_and_is_not_changed_after(cast: Cast) -> None:
    reader = member(cast, cast.reader)
    end_membership(actor_for(cast.owner), reader, at=AT)
    with pytest.raises(MembershipEnded):
        end_membership(actor_for(cast.owner), reader, at=AT)
    with pytest.raises(MembershipEnded):
        change_roles(actor_for(cast.owner), reader, roles=["finance"], at=AT)


def test_last_one_who_manages_keeps_the_role_until_there_is_another(cast: Cast) -> None:
    owner = member(cast, cast.owner)
    with pytest.raises(LastManager):
        change_roles(actor_for(cast.owner), owner, roles=["finance"], at=AT)
    with pytest.raises(LastManager):
        end_membership(actor_for(cast.owner), owner, at=AT)
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Helen Osei", "lumen")
    assert end_membership(actor_for(cast.owner), owner, at=AT).ended_at == AT


def test_what_waits_for_somebody_who_leaves_is_taken_out_of_the_outbox(cast: Cast) -> None:
    with entered(actor_for(cast.owner).reach):
        later("some.mail", cast.engagement, due_at=AT, actor=actor_for(cast.reader), person=cast.reader.pk)
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert not Outgoing.objects.filter(person_id=cast.reader.pk).exists()


def test_invitation_is_withdrawn_once_by_its_own_side(cast: Cast) -> None:
    invitation = sent(cast, ["finance"])
    with pytest.raises(NotPermitted):
        withdraw_invitation(actor_for(cast.delivery), invitation, at=AT)
    withdraw_invitation(actor_for(cast.owner), invitation, at=AT)
    assert not Outgoing.objects.filter(subject_id=invitation.pk).exists()
    with pytest.raises(InvitationSpent):
        withdraw_invitation(actor_for(cast.owner), invitation, at=AT)


def test_token_opens_until_its_day_and_not_after_it_was_revoked(cast: Cast) -> None:
    secret = new_secret()
    token = issued(cast, cast.owner, secret)
    assert token_in_force(secret, AT) == token
    assert token_in_force(secret, AT + timedelta(days=31)) is None
    revoke_token(actor_for(cast.owner), token, at=AT)
    assert token_in_force(secret, AT) is None
    with pytest.raises(TokenRevoked):
        revoke_token(actor_for(cast.owner), token, at=AT)


def test_token_needs_a_name_and_a_day_within_the_year(cast: Cast) -> None:
    with pytest.raises(NameMissing):
        issued(cast, cast.owner, new_secret(), name=" ")
    for days in (0, -1, 400):
        with pytest.raises(ExpiryRefused):
            issued(cast, cast.owner, new_secret(), days=days)


def test_token_of_somebody_else_is_neither_issued_nor_revoked(cast: Cast) -> None:
    token = issued(cast, cast.reader, new_secret())
    with pytest.raises(NotPermitted):
        revoke_token(actor_for(cast.delivery), token, at=AT)
    assert revoke_token(actor_for(cast.owner), token, at=AT).revoked_at == AT  # whoever manages people may
    with pytest.raises(NotPermitted):
        issue_token(
            actor_for(cast.owner), member(cast, cast.reader), name="x", secret="s", digest="d",  # noqa: S106 - of a test
            expires_at=AT + timedelta(days=1), at=AT,
        )  # fmt: skip


def test_own_name_and_zone_are_changed_and_checked(cast: Cast) -> None:
    reader = member(cast, cast.reader)
    actor = actor_for(cast.reader)
    assert change_own_details(actor, reader, name=" Rada R. ", zone="Asia/Manila", at=AT).name == "Rada R."
    with pytest.raises(NameMissing):
        change_own_details(actor, reader, name=" ", zone="UTC", at=AT)
    with pytest.raises(ZoneUnknown):
        change_own_details(actor, reader, name="Rada", zone="Mars/Base", at=AT)
    with pytest.raises(NotPermitted):
        change_own_details(actor_for(cast.owner), reader, name="Rada", zone="UTC", at=AT)
    with entered(actor.reach):
        assert verified(reader.journal_space_id).is_whole


def test_address_belongs_to_one_person(cast: Cast) -> None:
    with pytest.raises(AddressTaken):
        new_person(cast.owner.email.upper(), "Somebody", password="!", zone="UTC", at=AT)  # noqa: S106 - a hash that nothing fits


def test_memberships_of_others_are_out_of_sight(cast: Cast) -> None:
    rival = actor_for(cast.rival)
    with pytest.raises(NotSeen):
        membership_seen_by(rival, member(cast, cast.owner).pk)
    with pytest.raises(NotSeen):
        own_membership(rival, member(cast, cast.owner).pk)
    assert membership_seen_by(actor_for(cast.delivery), member(cast, cast.owner).pk).person == cast.owner
