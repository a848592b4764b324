"""Hand a deliverable in, accept it, reject it; and let silence accept it when the review has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.models import File
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.actions.deliverables import keep_deliverable
from handfast.transition.models import Deliverable, ReviewRound
from handfast.transition.permissions import (
    may_deem_accepted,
    may_review_deliverable,
    may_submit_deliverable,
)
from handfast.transition.queries.deliverable_moves import check_owners, check_stands, waiting_round
from handfast.transition.queries.deliverables import KIND
from handfast.transition.queries.review_clock import reckoned
from handfast.transition.reading.deliverables import checked_conditions, checked_note, checked_reasons
from handfast.transition.refusals import DeliverableState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.reading.deliverables import Condition

State, Outcome = Deliverable.State, ReviewRound.Outcome
HANDED_IN, ANSWERED = "transition.deliverable_submitted", "transition.deliverable_answered"
REVIEW_ENDS, REVIEW_OVER = "transition.review_ends", "transition.review_over"
END_REVIEW = "transition.end_review"


@action(permits=may_submit_deliverable, records="deliverable.submitted")
def submit_deliverable(
    actor: Actor, deliverable: Deliverable, /, *, note: str, at: datetime, as_seen: str | None = None
) -> Deliverable:
    """Hand it in: the reviewer's clock starts, and its end is promised and kept, whatever the calendar says later.

    Raises DeliverableState, ReviewOver, DeliverableRefused, Conflict.
    """
    check_stands(deliverable, Deliverable.TO_HAND_IN, at, then="handed in")
    clock = reckoned(deliverable, at)
    deliverable.state, deliverable.review_ends_at = State.SUBMITTED, clock.ends_at
    deliverable.round += 1
    made: ReviewRound = ReviewRound.objects.create(
        space_id=deliverable.space_id,
        deliverable=deliverable,
        number=deliverable.round,
        note=checked_note(note),
        contents=_contents(deliverable),
        submitted_at=at,
        submitted_by_id=actor.person,
        submitted_for_id=actor.organisation,
        ends_at=clock.ends_at,
        reckoning=clock.reckoning,
    )
    later(HANDED_IN, made, due_at=at, actor=actor)
    if clock.warns_at > at:
        later(REVIEW_ENDS, made, due_at=clock.warns_at)
    later(END_REVIEW, made, due_at=clock.ends_at)
    return keep_deliverable(actor, deliverable, at, "state", "round", "review_ends_at")


@action(permits=may_review_deliverable, records="deliverable.accepted")
def accept_deliverable(
    actor: Actor, deliverable: Deliverable, /, *, at: datetime, conditions: Sequence[Condition] = (),
    as_seen: str | None = None,
) -> Deliverable:  # fmt: skip
    """Accept what is under review, on conditions where there are any.

    Raises DeliverableState, ReviewOver, AnswerIncomplete, Conflict.
    """
    check_stands(deliverable, (State.SUBMITTED,), at, then="accepted")
    kept = checked_conditions(conditions)
    check_owners(kept, deliverable.engagement_id)
    one = waiting_round(deliverable)
    one.conditions = [each.as_kept() for each in kept]
    _answer(actor, one, Outcome.CONDITIONAL if kept else Outcome.ACCEPTED, at)
    deliverable.state, deliverable.decided_at = State.ACCEPTED, at
    return keep_deliverable(actor, deliverable, at, "state", "decided_at")


@action(permits=may_review_deliverable, records="deliverable.rejected")
def reject_deliverable(
    actor: Actor,
    deliverable: Deliverable,
    /,
    *,
    reasons: Sequence[str],
    at: datetime,
    as_seen: str | None = None,
) -> Deliverable:
    """Reject what is under review, with every reason on a line; it can be handed in again.

    Raises DeliverableState, ReviewOver, AnswerIncomplete, Conflict.
    """
    check_stands(deliverable, (State.SUBMITTED,), at, then="rejected")
    one = waiting_round(deliverable)
    one.reasons = checked_reasons(reasons)
    _answer(actor, one, Outcome.REJECTED, at)
    deliverable.state = State.REJECTED
    return keep_deliverable(actor, deliverable, at, "state")


@action(permits=may_deem_accepted, records="deliverable.deemed_accepted")
def deem_accepted(actor: Actor, deliverable: Deliverable, /, *, at: datetime) -> Deliverable:
    """Write down that the review ended without an answer; accepted at that instant, however late this runs.

    Raises DeliverableState where it was answered or is not over.
    """
    # Of a sample too: its pages stay at its day, and this is written by its story.
    if not (deliverable.does_silence_count and deliverable.is_review_over(at)):
        raise DeliverableState(f"{deliverable.name}: no review of it has ended without an answer")
    one = waiting_round(deliverable)
    one.outcome, one.answered_at = Outcome.DEEMED, one.ends_at
    one.save(update_fields=["outcome", "answered_at"])
    deliverable.state, deliverable.decided_at = State.DEEMED, deliverable.review_ends_at
    later(REVIEW_OVER, one, due_at=at)
    return keep_deliverable(actor, deliverable, at, "state", "decided_at")


def _answer(actor: Actor, one: ReviewRound, outcome: str, at: datetime) -> None:
    one.outcome, one.answered_at = outcome, at
    one.answered_by_id, one.answered_for_id = actor.person, actor.organisation
    one.save()
    later(ANSWERED, one, due_at=at, actor=actor)


def _contents(deliverable: Deliverable) -> list[list[str]]:
    """The files beside it that both sides see, each by its digest: what was handed in can be told later."""
    files = File.objects.filter(
        space_id=deliverable.space_id, about_kind=KIND, about_id=deliverable.pk, withdrawn_at__isnull=True
    )
    return [[str(one.pk), one.sha256] for one in files.order_by("attached_at", "id")]
