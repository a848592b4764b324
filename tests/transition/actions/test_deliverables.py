"""Deliverables: who plans and answers them, what a round keeps, and when silence is an acceptance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import make_cast
from tests.transition.owed import (
    A_MOMENT,
    ENDS,
    HANDED_IN,
    SAID,
    accepted,
    filed_beside,
    handed_in,
    now,
    owed,
    rejected,
)
from tests.transition.programme import CALENDARS, Programme

from handfast.foundation.journal import verified
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.outbox import work_once
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    accept_deliverable,
    agree_to_silence,
    amend_deliverable,
    amend_plan,
    bring_back_deliverable,
    plan_deliverable,
    reject_deliverable,
    submit_deliverable,
    withdraw_deliverable,
)
from handfast.transition.models import Deliverable, ReviewRound
from handfast.transition.queries.deliverables import deliverable_seen_by, rounds_of
from handfast.transition.reading.deliverables import Condition
from handfast.transition.refusals import (
    AnswerIncomplete,
    DeliverableRefused,
    DeliverableState,
    DeliverableUnchanged,
    ReviewOver,
    ReviewTermsAgreed,
)

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
State = Deliverable.State


@pytest.fixture
def under_review(programme: Programme) -> Deliverable:
    one = owed(programme.client, programme.cast.engagement)
    return handed_in(programme.provider, one)


def rounds(actor: Actor, one: Deliverable) -> list[ReviewRound]:
    with entered(actor.reach):
        return rounds_of(one)


def worked(at: datetime) -> None:
    while work_once(lambda: at):
        pass


def test_numbers_run_in_the_engagement(programme: Programme) -> None:
    made = [owed(one, programme.cast.engagement).name for one in (programme.client, programme.provider)]
    assert made == ["DL-1", "DL-2"]


def test_every_field_at_fault_is_named(programme: Programme) -> None:
    with pytest.raises(DeliverableRefused) as refused:
        owed(
            programme.client, programme.cast.engagement, title=" ", submits_side="both", due_on=date(1900, 1, 1),
            review_days=61, text="\x00",
        )  # fmt: skip
    assert [name for name, _ in refused.value.fields] == [
        "title",
        "text",
        "submits_side",
        "due_on",
        "review_days",
    ]


def test_owner_is_of_the_side_that_hands_in_and_reviewer_of_the_other(programme: Programme) -> None:
    cast = programme.cast
    made = owed(programme.client, cast.engagement, owner_id=cast.delivery.pk, reviewer_id=cast.owner.pk)
    assert (made.owner_id, made.reviewer_id) == (cast.delivery.pk, cast.owner.pk)
    for wrong in (
        {"owner_id": cast.owner.pk},
        {"reviewer_id": cast.delivery.pk},
        {"owner_id": cast.rival.pk},
    ):
        with pytest.raises(DeliverableRefused):
            owed(programme.client, cast.engagement, **wrong)


def test_round_keeps_its_promised_end_and_why(programme: Programme, under_review: Deliverable) -> None:
    assert under_review.review_ends_at == ENDS
    (one,) = rounds(programme.client, under_review)
    assert (one.number, one.ends_at, one.note) == (1, ENDS, "The first version")
    assert one.reckoning["days"] == ["2026-04-16", "2026-04-17"]
    assert (one.reckoning["zone"], one.reckoning["calendar"]) == ("America/Toronto", "plan")


def test_calendar_that_changes_later_does_not_move_the_promised_end(
    programme: Programme, under_review: Deliverable
) -> None:
    client = programme.client
    closed = {"country": "CA", "subdivision": "ON", "add": {"2026-04-17": "Office move"}}
    calendars = CALENDARS | {"client": CALENDARS["client"] | {"holidays": closed}}
    with entered(client.reach):
        amend_plan(client, programme.plan(), changes={"calendars": calendars}, at=HANDED_IN)
    assert now(client, under_review).review_ends_at == ENDS
    later_one = handed_in(programme.provider, owed(client, programme.cast.engagement))
    assert later_one.review_ends_at == ENDS + timedelta(days=3)  # Thursday and Monday


def test_without_a_plan_the_review_runs_on_office_days_in_the_reviewers_zone() -> None:
    cast = make_cast()
    one = handed_in(cast.actor(cast.delivery), owed(cast.actor(cast.owner), cast.engagement))
    (kept,) = rounds(cast.actor(cast.owner), one)
    assert (kept.reckoning["calendar"], kept.reckoning["zone"]) == ("usual", "America/Toronto")
    assert one.review_ends_at == ENDS


def test_digests_of_the_files_that_both_see_are_kept_with_the_round(programme: Programme) -> None:
    one = owed(programme.client, programme.cast.engagement)
    shared = filed_beside(programme.provider, one, "shared")
    filed_beside(programme.provider, one, "own")
    handed_in(programme.provider, one)
    (kept,) = rounds(programme.client, one)
    assert kept.contents == [[str(shared.pk), shared.sha256]]


def test_rejected_with_reasons_it_is_handed_in_again_as_the_next_round(
    programme: Programme, under_review: Deliverable
) -> None:
    no = rejected(programme.client, under_review, " Page 3 is missing ", "", "No owner for step 4")
    assert no.state == State.REJECTED
    again = handed_in(programme.provider, no, HANDED_IN + timedelta(hours=1))
    assert (again.state, again.round) == (State.SUBMITTED, 2)
    second, first = rounds(programme.client, again)
    assert first.reasons == ["Page 3 is missing", "No owner for step 4"]
    assert (first.outcome, second.outcome) == ("rejected", "waiting")
    assert accepted(programme.client, again).state == State.ACCEPTED


@pytest.mark.parametrize("reasons", [(" ",), ("a\x00b",), ("x" * 301,), tuple("r" * 21)])
def test_reasons_that_cannot_be_kept_are_refused_and_nothing_changes(
    programme: Programme, under_review: Deliverable, reasons: tuple[str, ...]
) -> None:
    with pytest.raises(AnswerIncomplete):
        reject_deliverable(programme.client, under_review, reasons=reasons, at=HANDED_IN)
    assert now(programme.client, under_review).state == State.SUBMITTED


def test_accepted_on_conditions_each_with_its_day_and_owner(
    programme: Programme, under_review: Deliverable
) -> None:
    owner = programme.cast.delivery.pk
    conditions = [Condition("Translate page 2", date(2026, 5, 1), owner)]
    done = accept_deliverable(programme.client, under_review, conditions=conditions, at=HANDED_IN)
    (kept,) = rounds(programme.client, done)
    assert (done.state, done.decided_at, kept.outcome) == (State.ACCEPTED, HANDED_IN, "conditional")
    assert kept.conditions == [{"text": "Translate page 2", "due_on": "2026-05-01", "owner_id": str(owner)}]


def test_conditions_that_cannot_be_kept_are_refused(programme: Programme, under_review: Deliverable) -> None:
    for wrong in (
        Condition(" ", date(2026, 5, 1)),
        Condition("Soon", date(1900, 5, 1)),
        Condition("By a rival", date(2026, 5, 1), programme.cast.rival.pk),
    ):
        with pytest.raises(AnswerIncomplete):
            accept_deliverable(programme.client, under_review, conditions=[wrong], at=HANDED_IN)


def test_answer_in_the_last_moment_counts_and_one_at_the_end_does_not(
    programme: Programme, under_review: Deliverable
) -> None:
    with pytest.raises(ReviewOver) as refused:
        rejected(programme.client, under_review, at=ENDS)
    assert "17 Apr 2026, 23:00 (Europe/Belgrade)" in str(refused.value)
    with pytest.raises(ReviewOver):
        accepted(programme.client, under_review, at=ENDS)
    assert rejected(programme.client, under_review, at=ENDS - A_MOMENT).state == State.REJECTED


def test_silence_accepts_at_the_instant_however_late_the_worker_comes(
    programme: Programme, under_review: Deliverable
) -> None:
    assert under_review.state_at(ENDS - A_MOMENT) == State.SUBMITTED
    assert under_review.state_at(ENDS) == State.DEEMED  # before any worker
    late = ENDS + timedelta(days=9)
    worked(late)
    worked(late)
    kept = now(programme.client, under_review)
    assert (kept.state, kept.decided_at) == (State.DEEMED, ENDS)
    (one,) = rounds(programme.client, kept)
    assert (one.outcome, one.answered_at, one.answered_by_id) == ("deemed", ENDS, None)
    with entered(programme.client.reach):
        (entry,) = Contents.objects.filter(action="deliverable.deemed_accepted")
        assert (entry.person_id, entry.at) == (None, late)
        assert verified(kept.space_id).is_whole


def test_worker_that_comes_after_an_answer_writes_nothing(
    programme: Programme, under_review: Deliverable
) -> None:
    rejected(programme.client, under_review)
    worked(ENDS)
    assert now(programme.client, under_review).state == State.REJECTED
    assert not Outgoing.objects.filter(failed_at__isnull=False).exists()


def test_silence_that_the_reviewing_side_has_not_agreed_to_accepts_nothing(programme: Programme) -> None:
    one = handed_in(programme.provider, owed(programme.provider, programme.cast.engagement))
    assert not one.does_silence_count
    worked(ENDS)
    kept = now(programme.client, one)
    assert kept.state_at(ENDS) == State.SUBMITTED
    assert kept.is_review_over(ENDS)
    assert rejected(programme.client, kept, at=ENDS + timedelta(days=1)).state == State.REJECTED


def test_reviewing_side_agrees_to_silence_once_and_then_the_terms_of_the_review_stay(
    programme: Programme,
) -> None:
    one = owed(programme.provider, programme.cast.engagement)
    with pytest.raises(NotPermitted):
        agree_to_silence(programme.provider, one, at=HANDED_IN)
    agreed = agree_to_silence(programme.client, one, at=HANDED_IN)
    assert agreed.does_silence_count
    with pytest.raises(DeliverableState):
        agree_to_silence(programme.client, agreed, at=HANDED_IN)
    for wish in ({"review_days": 1}, {"is_silence_acceptance": False}, {"submits_side": "client"}):
        with pytest.raises(ReviewTermsAgreed):
            amend_deliverable(programme.provider, agreed, said=replace(SAID, **wish), at=HANDED_IN)
    said = replace(SAID, title="Another name")
    assert amend_deliverable(programme.provider, agreed, said=said, at=HANDED_IN).is_silence_agreed


def test_amending_the_review_asks_the_other_side_anew(programme: Programme) -> None:
    one = owed(programme.provider, programme.cast.engagement)
    amended = amend_deliverable(programme.client, one, said=replace(SAID, review_days=9), at=HANDED_IN)
    assert amended.is_silence_agreed  # the side that it binds has written it
    with pytest.raises(DeliverableUnchanged):
        amend_deliverable(programme.client, amended, said=replace(SAID, review_days=9), at=HANDED_IN)


def test_stale_form_is_told(programme: Programme, under_review: Deliverable) -> None:
    with pytest.raises(Conflict):
        reject_deliverable(programme.client, under_review, reasons=["No"], at=HANDED_IN, as_seen="1")


def test_what_does_not_follow_is_refused_with_where_it_stands(
    programme: Programme, under_review: Deliverable
) -> None:
    client, provider = programme.client, programme.provider
    with pytest.raises(DeliverableState, match="under review"):
        submit_deliverable(provider, under_review, note="", at=HANDED_IN)
    with pytest.raises(DeliverableState):
        withdraw_deliverable(client, under_review, at=HANDED_IN)
    with pytest.raises(DeliverableState):
        amend_deliverable(client, under_review, said=SAID, at=HANDED_IN)
    done = accepted(client, under_review)
    with pytest.raises(DeliverableState, match="accepted"):
        rejected(client, done)


def test_only_the_side_to_which_it_is_owed_withdraws_it_and_brings_it_back(programme: Programme) -> None:
    one = owed(programme.client, programme.cast.engagement)
    with pytest.raises(NotPermitted):
        withdraw_deliverable(programme.provider, one, at=HANDED_IN)
    gone = withdraw_deliverable(programme.client, one, at=HANDED_IN)
    with pytest.raises(DeliverableState):
        handed_in(programme.provider, gone)
    assert bring_back_deliverable(programme.client, gone, at=HANDED_IN).state == State.PLANNED
    back = rejected(programme.client, handed_in(programme.provider, gone))
    again = bring_back_deliverable(
        programme.client, withdraw_deliverable(programme.client, back, at=HANDED_IN), at=HANDED_IN
    )
    assert again.state == State.REJECTED


def test_nobody_answers_for_the_other_side(programme: Programme) -> None:
    one = owed(programme.client, programme.cast.engagement)
    with pytest.raises(NotPermitted):
        handed_in(programme.client, one)
    handed_in(programme.provider, one)
    for actor in (programme.provider, programme.cast.actor(programme.cast.reader)):
        with pytest.raises(NotPermitted):
            accepted(actor, one)
        with pytest.raises(NotPermitted):
            rejected(actor, one)


def test_rival_sees_nothing_of_it(programme: Programme, under_review: Deliverable) -> None:
    rival = programme.cast.actor(programme.cast.rival)
    with entered(rival.reach), pytest.raises(NotSeen):
        deliverable_seen_by(rival, under_review.pk)
    with pytest.raises(NotSeen):
        plan_deliverable(rival, programme.cast.engagement, said=SAID, at=HANDED_IN)
