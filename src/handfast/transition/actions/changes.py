"""Propose a change of the plan, and answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.transition.actions.proposing import CHECKS, MADE
from handfast.transition.actions.versions import count_change
from handfast.transition.models import ProposedChange
from handfast.transition.permissions import may_answer_change, may_propose_change, may_withdraw_change
from handfast.transition.queries.checking import checked_answer
from handfast.transition.queries.sides import side_of
from handfast.transition.refusals import ActivityRefused, ChangeAnswered, ChangeOverlaps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity
    from handfast.transition.queries.effects import Effect

State, What = ProposedChange.State, ProposedChange.What


@action(permits=may_propose_change, records="change.proposed")
def propose_change(
    actor: Actor,
    activity: Activity,
    /,
    *,
    changes: Mapping[str, Any],
    effect: Effect,
    reason: str,
    at: datetime,
    what: str = What.AMEND,
    as_seen: str | None = None,
) -> ProposedChange:
    """Ask the other side to accept a change of a shared activity: new values, a link, or that it leaves the plan.

    `what` says which; of a link `changes` are the fields, as `link_said` tells them. Raises ActivityRefused,
    ChangeOverlaps, NothingChanges.
    """
    if not reason.strip():
        raise ActivityRefused("a proposal has its reason", [("reason", "say why it should change")])
    kept = CHECKS[what](activity, changes)
    earlier = ProposedChange.objects.filter(activity=activity)
    if earlier.filter(state=State.PROPOSED).exists():
        raise ChangeOverlaps(f"a change of “{activity.name}” waits for an answer: withdraw it, or wait")
    change: ProposedChange = ProposedChange.objects.create(
        space_id=activity.space_id,
        activity=activity,
        number=earlier.count() + 1,
        what=what,
        changes=kept,
        moves=[move.as_plain() for move in effect.moves],
        reason=reason.strip(),
        proposed_at=at,
        proposed_by_id=actor.person,
        proposed_for_id=actor.organisation,
        proposed_side=side_of(actor, activity.plan),
    )
    later("transition.change_proposed", change, due_at=at, actor=actor)
    return change


@action(permits=may_answer_change, records="change.accepted")
def accept_change(actor: Actor, change: ProposedChange, /, *, effect: Effect, at: datetime) -> ProposedChange:
    """Make the change; `effect` is what it moves now. Raises ChangeAnswered, and Conflict where it no longer fits."""
    _check_waits(change)
    activity = change.activity
    if activity.removed_at is not None:
        raise Conflict(f"“{activity.name}” is no longer in the plan: decline it")
    MADE[change.what](change, at)
    count_change(activity.plan, activity, actor=actor, at=at, effect=effect)
    return _answered(actor, change, State.ACCEPTED, "", at)


@action(permits=may_answer_change, records="change.declined")
def decline_change(actor: Actor, change: ProposedChange, /, *, reason: str, at: datetime) -> ProposedChange:
    """Decline it, with the reason. Raises ActivityRefused, ChangeAnswered."""
    said = checked_answer(reason)
    _check_waits(change)
    return _answered(actor, change, State.DECLINED, said, at)


@action(permits=may_withdraw_change, records="change.withdrawn")
def withdraw_change(actor: Actor, change: ProposedChange, /, *, at: datetime) -> ProposedChange:
    """Take back what was proposed and not answered. Raises ChangeAnswered."""
    _check_waits(change)
    return _answered(actor, change, State.WITHDRAWN, "", at)


def _check_waits(change: ProposedChange) -> None:
    if change.state != State.PROPOSED:
        raise ChangeAnswered(f"this change is {change.get_state_display()}: it is answered once")


def _answered(actor: Actor, change: ProposedChange, state: str, answer: str, at: datetime) -> ProposedChange:
    change.state, change.answer = state, answer
    change.answered_at, change.answered_by_id = at, actor.person
    change.save(update_fields=["state", "answer", "answered_at", "answered_by_id"])
    if state != State.WITHDRAWN:
        later("transition.change_answered", change, due_at=at, actor=actor)
    return change
