"""Authority handed over: from midnight to midnight, never more and never further, ended at once, told with both names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.evidence.papers import asked_to_sign, drafted, published, signatures
from tests.factories.cast import AT, Cast, joined, make_cast
from tests.factories.racing import at_once
from tests.transition.owed import HANDED_IN, handed_in, now, owed, rejected

from handfast.evidence.actions import sign_version
from handfast.evidence.models import Signature
from handfast.evidence.permissions import signable_by
from handfast.foundation.models import Contents
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.people.actions.delegating import end_delegation, hand_over
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Delegation, Membership, Person
from handfast.people.queries import actor_of, memberships_in_force, own_space_of
from handfast.people.refusals import DelegationEnded, DelegationRefused
from handfast.transition.actions import accept_deliverable

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

A_MOMENT = timedelta(microseconds=1)
FIRST, BACK = date(2026, 4, 16), date(2026, 4, 18)
BEGINS, ENDS = (
    datetime(2026, 4, 16, 4, tzinfo=UTC),
    datetime(2026, 4, 18, 4, tzinfo=UTC),
)  # midnight in Toronto


@dataclass(frozen=True, slots=True)
class Away:
    """The owner is away, and the reader, who may only see, stands in."""

    cast: Cast

    def membership(self, person: Person) -> Membership:
        return next(
            one for one in memberships_in_force(person.pk) if one.engagement_id == self.cast.engagement.pk
        )

    def actor(self, person: Person, at: datetime = HANDED_IN) -> Actor:
        mine = memberships_in_force(person.pk)
        return actor_of(person, mine[0].organisation_id, mine, at=at)

    def handed(
        self, *words: str, by: Person | None = None, to: Person | None = None, at: datetime = AT
    ) -> Delegation:
        actor = self.actor(by or self.cast.owner, at)
        with entered(actor.reach):
            space = own_space_of(actor, self.cast.engagement.pk)
        other = self.membership(to or self.cast.reader)
        return hand_over(actor, space, to=other.pk, words=words, starts_on=FIRST, ends_on=BACK, at=at)


@pytest.fixture
def away(db: None) -> Away:
    return made()


def made() -> Away:
    cast = make_cast()
    Person.objects.filter(pk=cast.owner.pk).update(zone="America/Toronto")
    return Away(cast)


@pytest.mark.django_db
def test_it_begins_and_ends_at_midnight_of_the_one_who_is_away(away: Away) -> None:
    made = away.handed("review-deliverables")
    assert (made.starts_at, made.ends_at) == (BEGINS, ENDS)
    deal = away.cast.engagement.pk
    can = [away.actor(away.cast.reader, at).can("review-deliverables", deal) for at in (
        BEGINS - A_MOMENT, BEGINS, ENDS - A_MOMENT, ENDS)]  # fmt: skip
    assert can == [False, True, True, False]
    assert not away.actor(away.cast.reader).can("manage-plan", deal)


@pytest.mark.django_db
def test_all_is_what_the_other_may_do_without_managing_people(away: Away) -> None:
    away.handed()
    reader, deal = away.actor(away.cast.reader), away.cast.engagement.pk
    assert reader.can("answer-statements", deal)
    assert not reader.can("manage-people", deal)
    away.membership(away.cast.owner)
    Membership.objects.filter(person=away.cast.owner).update(roles=["process-owner"])
    assert not away.actor(away.cast.reader).can("answer-statements", deal)
    assert away.actor(away.cast.reader).can("review-deliverables", deal)


@pytest.mark.django_db
def test_act_of_a_stand_in_names_both_in_the_journal(away: Away) -> None:
    cast = away.cast
    one = handed_in(cast.actor(cast.delivery), owed(cast.actor(cast.owner), cast.engagement))
    with pytest.raises(NotPermitted):
        accept_deliverable(away.actor(cast.reader), one, at=HANDED_IN)
    away.handed("review-deliverables")
    accept_deliverable(away.actor(cast.reader), one, at=HANDED_IN)
    with entered(cast.actor(cast.owner).reach):
        entry = Contents.objects.get(action="deliverable.accepted")
    assert entry.person_id == cast.reader.pk
    assert f'"on_behalf_of":"{cast.owner.pk}"' in entry.payload.replace(" ", "")


@pytest.mark.django_db
def test_stand_in_signs_for_the_role_of_whoever_is_away_and_both_are_named(away: Away) -> None:
    cast = away.cast
    document = published(cast, cast.delivery, drafted(cast, cast.delivery))
    role = ("client", away.membership(cast.owner).roles[0])
    asked_to_sign(cast, cast.delivery, document, role)
    (one,) = signatures(cast, cast.owner, document)
    digest = one.document_version.sha256
    for words in ((), ("review-deliverables",)):
        if words:
            away.handed(*words)
        with pytest.raises(NotPermitted):
            sign_version(away.actor(cast.reader), one, sha256=digest, at=HANDED_IN)
    away.handed("keep-registers")
    reader = away.actor(cast.reader)
    with entered(reader.reach):
        assert [each.kind for each in needs_of(reader, at=HANDED_IN)] == ["signature"]
    given = sign_version(reader, one, sha256=digest, at=HANDED_IN)
    assert (given.state, given.answered_by_id) == ("signed", cast.reader.pk)
    with entered(cast.actor(cast.owner).reach):
        entry = Contents.objects.get(action="signature.given")
    assert f'"on_behalf_of":"{cast.owner.pk}"' in entry.payload.replace(" ", "")


@pytest.mark.django_db
def test_stand_in_in_one_engagement_signs_nothing_in_another(away: Away) -> None:
    cast = away.cast
    away.handed("keep-registers")
    reader = away.actor(cast.reader)
    elsewhere = replace(reader, stand_ins=tuple(replace(one, engagement=uuid4()) for one in reader.stand_ins))
    document = published(cast, cast.delivery, drafted(cast, cast.delivery))
    asked_to_sign(cast, cast.delivery, document, ("client", away.membership(cast.owner).roles[0]))
    with entered(reader.reach):
        here, there = (Signature.objects.filter(signable_by(one)).count() for one in (reader, elsewhere))
    assert (here, there) == (1, 0)


@pytest.mark.django_db
def test_own_roles_act_for_oneself(away: Away) -> None:
    cast = away.cast
    colleague = joined(
        cast.actor(cast.owner), cast.engagement, "client", ["process-owner"], "Marcus Tran", "lumen"
    ).person
    away.handed(to=colleague)
    one = handed_in(cast.actor(cast.delivery), owed(cast.actor(cast.owner), cast.engagement))
    rejected(away.actor(colleague), one)
    with entered(cast.actor(cast.owner).reach):
        assert "on_behalf_of" not in Contents.objects.get(action="deliverable.rejected").payload


@pytest.mark.django_db
def test_nobody_hands_over_what_they_hold_for_another_or_have_not(away: Away) -> None:
    cast = away.cast
    away.handed()
    colleague = joined(
        cast.actor(cast.owner), cast.engagement, "client", ["finance"], "Marcus Tran", "lumen"
    ).person
    with pytest.raises(DelegationRefused):
        away.handed("review-deliverables", by=cast.reader, to=colleague, at=HANDED_IN)
    with pytest.raises(DelegationRefused):
        away.handed("manage-people")
    for stranger in (cast.delivery, cast.owner):
        with pytest.raises(DelegationRefused):
            away.handed(to=stranger)
    assert not away.actor(colleague).stand_ins


@pytest.mark.django_db
def test_days_are_in_order_and_not_over(away: Away) -> None:
    with pytest.raises(DelegationRefused):
        away.handed(at=ENDS)


@pytest.mark.django_db
def test_it_ends_early_by_whoever_handed_it_over_and_when_they_leave(away: Away) -> None:
    cast, deal = away.cast, away.cast.engagement.pk
    made = away.handed()
    with pytest.raises(NotPermitted):
        end_delegation(away.actor(cast.reader), made, at=HANDED_IN)
    with pytest.raises(NotPermitted):
        end_delegation(cast.actor(cast.delivery), made, at=HANDED_IN)
    end_delegation(cast.actor(cast.owner), made, at=HANDED_IN)
    assert not away.actor(cast.reader).stand_ins
    with pytest.raises(DelegationEnded):
        end_delegation(cast.actor(cast.owner), made, at=HANDED_IN)
    colleague = joined(
        cast.actor(cast.owner), cast.engagement, "client", ["vendor-manager"], "Helen Osei", "lumen"
    ).person
    away.handed(by=colleague)
    assert away.actor(cast.reader).can("manage-plan", deal)
    end_membership(cast.actor(cast.owner), away.membership(colleague), at=HANDED_IN)
    assert not away.actor(cast.reader).can("manage-plan", deal)


@pytest.mark.django_db
def test_other_side_reads_nothing_of_a_delegation(away: Away) -> None:
    away.handed()
    with entered(away.cast.actor(away.cast.delivery).reach):
        assert not Contents.objects.filter(action="delegation.made").exists()
    with entered(away.cast.actor(away.cast.owner).reach):
        assert Contents.objects.filter(action="delegation.made").exists()


@pytest.mark.django_db
def test_what_waits_for_the_one_who_is_away_waits_for_the_stand_in(away: Away) -> None:
    cast = away.cast
    one = owed(cast.actor(cast.owner), cast.engagement, reviewer_id=cast.owner.pk)
    handed_in(cast.actor(cast.delivery), one)
    reader = away.actor(cast.reader)
    with entered(reader.reach):
        assert [each.kind for each in needs_of(reader, at=HANDED_IN)] == []
    away.handed("review-deliverables")
    reader = away.actor(cast.reader)
    with entered(reader.reach):
        assert [each.subject for each in needs_of(reader, at=HANDED_IN)] == [one.pk]


@pytest.mark.django_db(transaction=True)
def test_act_and_early_end_in_the_same_second_have_one_order() -> None:
    away = made()
    cast = away.cast
    for _ in range(3):
        given = away.handed("review-deliverables")
        one = handed_in(cast.actor(cast.delivery), owed(cast.actor(cast.owner), cast.engagement))
        reader = away.actor(cast.reader)
        ended = at_once(
            lambda reader=reader, one=one: rejected(reader, one),
            lambda given=given: end_delegation(cast.actor(cast.owner), given, at=HANDED_IN),
        )
        acted = ended[0] == "won"
        assert ended in (["won", "won"], ["not-permitted", "won"])
        assert now(cast.actor(cast.owner), one).state == ("rejected" if acted else "submitted")
        with pytest.raises(NotPermitted):
            rejected(
                reader, handed_in(cast.actor(cast.delivery), owed(cast.actor(cast.owner), cast.engagement))
            )
