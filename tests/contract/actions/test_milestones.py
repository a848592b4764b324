"""Milestones are proposed by one side and answered by the other, once; an agreed one gives way to another and never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.contract.promises import AT, LIVE, agreed, proposed
from tests.factories.cast import (
    Cast,
    a_deal,
    engagement_of,
    joined,
    make_cast,
    narrowed,
    organisation_of,
    person_named,
)

from handfast.contract.actions import (
    agree_milestone,
    decline_milestone,
    propose_milestone,
    put_milestone_in_force,
    replace_milestone,
    withdraw_milestone,
)
from handfast.contract.models import AgreedMilestone
from handfast.contract.queries import milestones_in_force
from handfast.contract.reading.milestones import MilestoneSaid, amount_text, payment_of
from handfast.contract.refusals import (
    DeclinedWithoutReason,
    MilestoneAnswered,
    MilestoneNotInForce,
    MilestoneRefused,
    MilestoneWaiting,
    OtherSideAnswers,
)
from handfast.engagement.queries import engagements_seen_by
from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
State = AgreedMilestone.State


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(cast: Cast) -> Actor:
    return cast.actor(cast.owner)


def provider_of(cast: Cast) -> Actor:
    return cast.actor(cast.delivery)


def held(cast: Cast) -> list[AgreedMilestone]:
    with entered(client_of(cast).reach):
        return list(milestones_in_force(cast.engagement.pk))


def again(milestone: AgreedMilestone, cast: Cast) -> AgreedMilestone:
    with entered(client_of(cast).reach):
        return AgreedMilestone.objects.get(pk=milestone.pk)


def test_milestone_holds_once_the_other_side_agrees(cast: Cast) -> None:
    made = proposed(cast)
    assert (made.number, made.state, made.proposed_side) == (1, State.PROPOSED, "provider")
    assert (made.payment, made.currency) == (Decimal("120000.00"), cast.engagement.currency)
    assert held(cast) == []
    done = agree_milestone(client_of(cast), made, at=AT)
    assert (done.state, done.answered_for_id) == (State.AGREED, client_of(cast).organisation)
    assert held(cast) == [done]


def test_milestone_lives_in_the_space_that_both_sides_see(cast: Cast) -> None:
    assert proposed(cast).space_id == cast.engagement.space_id


def test_own_proposal_is_answered_by_the_other_side_only(cast: Cast) -> None:
    made, mine, theirs = proposed(cast), provider_of(cast), client_of(cast)
    for refused in (
        lambda: agree_milestone(mine, made, at=AT),
        lambda: decline_milestone(mine, made, reason="no", at=AT),
        lambda: withdraw_milestone(theirs, made, at=AT),
        lambda: put_milestone_in_force(theirs, made, at=AT),
        lambda: agree_milestone(narrowed(theirs, "write-terms"), made, at=AT),
        lambda: propose_milestone(narrowed(theirs, "agree-terms"), cast.engagement, said=LIVE, at=AT),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert again(made, cast).state == State.PROPOSED


def test_rival_sees_no_milestone(cast: Cast) -> None:
    made = proposed(cast)
    with pytest.raises(NotSeen):
        agree_milestone(cast.actor(cast.rival), made, at=AT)


def test_declined_milestone_keeps_its_reason(cast: Cast) -> None:
    made = proposed(cast)
    with pytest.raises(DeclinedWithoutReason):
        decline_milestone(client_of(cast), made, reason="  ", at=AT)
    for unkept in ("a\x00b", "x" * 4001):
        with pytest.raises(FieldsRefused):
            decline_milestone(client_of(cast), made, reason=unkept, at=AT)
    done = decline_milestone(client_of(cast), made, reason="Too early.", at=AT)
    assert (done.state, done.reason) == (State.DECLINED, "Too early.")
    assert held(cast) == []


@pytest.mark.parametrize("how", ["agreed", "declined", "withdrawn"])
def test_answered_milestone_is_not_answered_again(cast: Cast, how: str) -> None:
    made = proposed(cast)
    mine, theirs = provider_of(cast), client_of(cast)
    if how == "agreed":
        agree_milestone(theirs, made, at=AT)
    elif how == "declined":
        decline_milestone(theirs, made, reason="no", at=AT)
    else:
        withdraw_milestone(mine, made, at=AT)
    for late in (
        lambda: agree_milestone(theirs, made, at=AT),
        lambda: decline_milestone(theirs, made, reason="late", at=AT),
        lambda: withdraw_milestone(mine, made, at=AT),
        lambda: put_milestone_in_force(mine, made, at=AT),
    ):
        with pytest.raises(MilestoneAnswered):
            late()
    assert again(made, cast).state == how


def test_answer_on_what_is_no_longer_so_is_a_conflict(cast: Cast) -> None:
    made = proposed(cast)
    withdraw_milestone(provider_of(cast), made, at=AT, as_seen="proposed")
    with pytest.raises(Conflict):
        agree_milestone(client_of(cast), made, at=AT, as_seen="proposed")


def test_amendment_stands_in_the_place_of_what_it_replaces_once_it_is_agreed(cast: Cast) -> None:
    first = agreed(cast)
    second = proposed(cast, by="client", due_on=date(2026, 7, 10), replaces=first)
    assert held(cast) == [again(first, cast)]
    done = agree_milestone(provider_of(cast), second, at=AT)
    assert held(cast) == [done]
    assert again(first, cast).state == State.REPLACED
    assert (again(first, cast).due_on, done.due_on) == (date(2026, 6, 26), date(2026, 7, 10))
    with entered(client_of(cast).reach):
        told = list(Contents.objects.filter(subject_id=first.pk).values_list("action", flat=True))
    assert told == ["milestone.proposed", "milestone.agreed", "milestone.replaced"]


def test_declined_amendment_leaves_what_is_agreed(cast: Cast) -> None:
    first = agreed(cast)
    second = proposed(cast, due_on=date(2026, 7, 10), replaces=first)
    decline_milestone(client_of(cast), second, reason="No.", at=AT)
    assert held(cast) == [again(first, cast)]
    assert proposed(cast, replaces=first).number == 3


def test_one_amendment_waits_at_a_time(cast: Cast) -> None:
    first = agreed(cast)
    proposed(cast, replaces=first)
    with pytest.raises(MilestoneWaiting, match="M-2 waits to stand in the place of M-1"):
        proposed(cast, by="client", replaces=first)


def test_only_what_is_agreed_is_amended(cast: Cast) -> None:
    waiting = proposed(cast)
    with pytest.raises(MilestoneNotInForce, match="M-1 is proposed"):
        proposed(cast, replaces=waiting)
    first = agreed(cast)
    agreed(cast, replaces=first)
    with pytest.raises(MilestoneNotInForce, match="M-2 is replaced"):
        proposed(cast, replaces=first)


def test_milestone_gives_way_to_its_own_amendment_only(cast: Cast) -> None:
    first, other = agreed(cast), agreed(cast)
    waiting = proposed(cast, replaces=first)
    for by in (other, waiting):
        with pytest.raises(MilestoneNotInForce):
            replace_milestone(client_of(cast), first, by=by, at=AT)
    assert len(held(cast)) == 2


def test_milestone_of_another_engagement_is_not_amended_here(cast: Cast) -> None:
    first, owner = agreed(cast), client_of(cast)
    with entered(owner.reach):
        elsewhere = engagements_seen_by(owner).exclude(pk=cast.engagement.pk).get()
    with pytest.raises(NotSeen):
        propose_milestone(owner, elsewhere, said=LIVE, replaces=first, at=AT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"due_on": date(1999, 12, 31)}, "due_on"),
        ({"due_on": date(2100, 1, 1)}, "due_on"),
        ({"payment": Decimal(0)}, "payment"),
        ({"payment": Decimal(-1)}, "payment"),
        ({"payment": Decimal("0.001")}, "payment"),
        ({"payment": Decimal("NaN")}, "payment"),
        ({"payment": Decimal(10) ** 13}, "payment"),
        ({"clause": "x" * 121}, "clause"),
        ({"clause": "a\u202eb"}, "clause"),
        ({"step_key": "no_such_step"}, "step_key"),
    ],
)
def test_milestone_that_cannot_be_agreed_on_names_its_field(
    cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(MilestoneRefused) as refused:
        proposed(cast, **wrong)
    assert [name for name, _ in refused.value.fields] == [field]
    with entered(client_of(cast).reach):
        assert not AgreedMilestone.objects.exists()


def test_all_faults_are_told_at_once(cast: Cast) -> None:
    said = MilestoneSaid("", date(1999, 1, 1), Decimal(-1), "a\nb", "none")
    with pytest.raises(MilestoneRefused) as refused:
        propose_milestone(client_of(cast), cast.engagement, said=said, at=AT)
    assert [name for name, _ in refused.value.fields] == ["name", "due_on", "payment", "clause", "step_key"]


@pytest.mark.parametrize(
    "written", ["12,50", "1.2.3", "abc", "-5", "1e3", "１２", "1" * 14, "1.12345", "=1+1"]
)
def test_what_is_no_plain_amount_is_refused(written: str) -> None:
    with pytest.raises(MilestoneRefused, match="plain amount"):
        payment_of(written)


def test_amounts_are_read_and_written_exactly() -> None:
    assert payment_of(" 0.10 ") == Decimal("0.10")
    assert payment_of("  ") is None
    assert amount_text(Decimal(120000), "EUR") == "120,000.00 EUR"
    assert amount_text(Decimal(5000000), "JPY") == "5,000,000 JPY"


def test_yen_are_paid_whole() -> None:
    owner = person_named("Kenji Sato")
    engagement = engagement_of(owner, organisation_of(owner, "Kaisha"), a_deal(currency="JPY"))
    said = replace(LIVE, payment=Decimal("100.50"))
    with pytest.raises(MilestoneRefused, match="JPY is paid in whole units"):
        propose_milestone(actor_for(owner), engagement, said=said, at=AT)


def test_milestone_without_payment_has_no_currency(cast: Cast) -> None:
    made = proposed(cast, payment=None)
    assert (made.payment, made.currency) == (None, "")


def test_in_force_alone_only_while_nobody_can_answer(cast: Cast) -> None:
    made = proposed(cast)
    with pytest.raises(OtherSideAnswers):
        put_milestone_in_force(provider_of(cast), made, at=AT)


def test_in_force_alone_is_countersigned_later_and_amended_alone_too() -> None:
    owner = person_named("Helen Osei")
    engagement = engagement_of(owner, organisation_of(owner, "Lumen"), a_deal())
    actor = actor_for(owner)
    first = propose_milestone(actor, engagement, said=LIVE, at=AT)
    held_alone = put_milestone_in_force(actor, first, at=AT)
    assert held_alone.state == State.NOT_COUNTERSIGNED
    second = propose_milestone(
        actor, engagement, said=replace(LIVE, due_on=date(2026, 7, 10)), replaces=held_alone, at=AT
    )
    put_milestone_in_force(actor, second, at=AT)
    with entered(actor.reach):
        states = dict(AgreedMilestone.objects.values_list("number", "state"))
    assert states == {1: State.REPLACED, 2: State.NOT_COUNTERSIGNED}
    other = joined(actor, engagement, "provider", ["account-executive"], "Jovana P", "danube")
    theirs = actor_for(other.person)
    assert agree_milestone(theirs, second, at=AT).state == State.AGREED
    with pytest.raises(MilestoneAnswered):
        agree_milestone(theirs, first, at=AT)
    with entered(actor.reach):
        assert AgreedMilestone.objects.get(number=1).state == State.REPLACED
