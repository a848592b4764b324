"""Memberships, tokens and names: each verb does what it says, and refuses by its code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.cast import AT, Cast, a_deal, engagement_of, joined, make_cast, organisation_of

from handfast.engagement.actions.joining import accept_invitation
from handfast.foundation.journal import verified
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.outbox import later
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.foundation.texts import TextRefused
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.invitations import MAIL_INVITATION, invite, withdraw_invitation
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.actions.persons import change_alone, change_details, change_own_details, new_person
from handfast.people.actions.tokens import issue_token, new_secret, revoke_token
from handfast.people.models import Invitation, Membership, Person, Token
from handfast.people.queries import (
    actor_for,
    bearer_of,
    feed_seen_by,
    feeds_of,
    internal_space_of,
    membership_seen_by,
    own_membership,
    secret_digest,
    token_in_force,
    token_seen_by,
    tokens_of,
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
    assert not Outgoing.objects.filter(kind="some.mail", person_id=cast.reader.pk).exists()


def test_what_waits_for_the_person_in_another_engagement_stays(cast: Cast) -> None:
    other = Membership.objects.get(person=cast.rival).engagement_id
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Helen Osei", "lumen")
    helen = Person.objects.get(name="Helen Osei")
    here, there = (internal_space_of(cast.lumen.pk, one) for one in (cast.engagement.pk, other))
    for number, space in enumerate((here, there)):
        Outgoing.objects.create(
            kind="some.mail", space_id=space.pk, subject_id=space.pk, organisation_id=cast.lumen.pk,
            person_id=cast.owner.pk, key=str(number), due_at=AT,
        )  # fmt: skip
    end_membership(actor_for(helen), member(cast, cast.owner), at=AT)
    assert [one.space_id for one in Outgoing.objects.filter(kind="some.mail", person_id=cast.owner.pk)] == [
        there.pk
    ]


def invited(cast: Cast, by: Person, email: str) -> Invitation:
    return invite(
        actor_for(by), internal_space_of(cast.lumen.pk, cast.engagement.pk), shared_space=cast.engagement.space_id,
        email=email, side="client", roles=["sponsor"], organisation=cast.lumen, at=AT,
    )  # fmt: skip


def test_no_link_leads_back_after_a_membership_ended(cast: Cast) -> None:
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Eve Adler", "lumen")
    eve = Person.objects.get(name="Eve Adler")
    to_herself = invited(cast, eve, eve.email.upper())
    by_others = invited(cast, cast.owner, eve.email)
    to_a_friend = invited(cast, eve, "friend@elsewhere.example")
    of_somebody_else = invited(cast, cast.owner, "new@lumen.example")
    end_membership(actor_for(cast.owner), member(cast, eve), at=AT)
    for one in (to_herself, by_others, to_a_friend):
        one.refresh_from_db()
        assert one.withdrawn_at == AT
        with pytest.raises(InvitationSpent):
            accept_invitation(bearer_of(one), one, name="", password="!", zone="UTC", at=AT)  # noqa: S106 - a hash that nothing fits
    of_somebody_else.refresh_from_db()
    assert of_somebody_else.withdrawn_at is None
    with entered(actor_for(cast.owner).reach):
        told = Contents.objects.filter(action="invitation.withdrawn").values_list("subject_id", flat=True)
        assert set(told) == {to_herself.pk, by_others.pk, to_a_friend.pk}
    mailed = Outgoing.objects.filter(kind=MAIL_INVITATION, done_at__isnull=True)
    assert of_somebody_else.pk in set(mailed.values_list("subject_id", flat=True))
    assert not mailed.filter(subject_id__in=[to_herself.pk, by_others.pk, to_a_friend.pk]).exists()


def test_role_that_was_taken_does_not_come_back_by_a_link(cast: Cast) -> None:
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Eve Adler", "lumen")
    eve = Person.objects.get(name="Eve Adler")
    kept = invited(cast, eve, "friend@elsewhere.example")
    change_roles(actor_for(cast.owner), member(cast, eve), roles=["vendor-manager"], at=AT)
    kept.refresh_from_db()
    assert kept.withdrawn_at is None
    to_herself = invited(cast, eve, eve.email)
    change_roles(actor_for(cast.owner), member(cast, eve), roles=["reader"], at=AT)
    for one in (kept, to_herself):
        one.refresh_from_db()
        assert one.withdrawn_at == AT


def test_journal_of_one_organisations_deal_is_not_written_while_acting_for_another(cast: Cast) -> None:
    own = organisation_of(cast.rival, "Duarte Advice")
    deal = engagement_of(cast.rival, own, a_deal(name="Side Business", other_name="Somebody"))
    at_tagus = Membership.objects.get(person=cast.rival, organisation=cast.tagus)
    token = issue_token(
        actor_for(cast.rival, cast.tagus.pk), at_tagus, name="x", secret="s", digest="d",  # noqa: S106 - of a test
        expires_at=AT + timedelta(days=1), at=AT,
    )  # fmt: skip
    elsewhere = actor_for(cast.rival, own.pk)
    assert own_membership(elsewhere, Membership.objects.get(engagement_id=deal.pk).pk).organisation == own
    for ask in (
        lambda: own_membership(elsewhere, at_tagus.pk),
        lambda: token_seen_by(elsewhere, token.pk),
        lambda: feed_seen_by(elsewhere, make_feed(actor_for(cast.rival, cast.tagus.pk), at_tagus, digest="f", at=AT).pk,
                             is_by_token=False),
    ):  # fmt: skip
        with pytest.raises(NotSeen):
            ask()
    assert list(tokens_of(elsewhere)) == list(feeds_of(elsewhere)) == []
    with pytest.raises(NotPermitted):
        revoke_token(elsewhere, token, at=AT)
    assert list(tokens_of(actor_for(cast.rival, cast.tagus.pk))) == [token]


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


def test_who_belongs_nowhere_changes_their_own_name_and_nobody_elses(cast: Cast) -> None:
    stranger = actor_for(cast.stranger)
    assert change_details(stranger, cast.stranger, name=" Sam S. ", zone="UTC", at=AT).name == "Sam S."
    for actor, person in (
        (stranger, cast.owner),
        (actor_for(cast.owner), cast.stranger),
        (stranger, cast.rival),
    ):
        with pytest.raises(NotPermitted):
            change_alone(actor, person, name="Somebody", zone="UTC")
    with pytest.raises(NotPermitted):
        change_alone(actor_for(cast.owner), cast.owner, name="Untold", zone="UTC")
    for name in ("A\nB", "x" * 121):
        with pytest.raises(TextRefused):
            change_alone(stranger, cast.stranger, name=name, zone="UTC")
