"""Declare and lift freezes: at once, or proposed to the other side where they move what it must accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Freeze, Step
from handfast.transition.permissions import may_answer_freeze, may_lift_freeze, may_manage_plan
from handfast.transition.queries.checking import check_values, checked_answer
from handfast.transition.queries.sides import moves_alone
from handfast.transition.refusals import ActivityRefused, ChangeAnswered

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan
    from handfast.transition.queries.effects import Effect

WHOLE = 100
State = Freeze.State


@action(permits=may_manage_plan, records="freeze.declared")
def declare_freeze(
    actor: Actor,
    plan: Plan,
    /,
    *,
    name: str,
    first_on: date,
    end_on: date,
    percent: int,
    leads: list[str],
    step_keys: list[str],
    effect: Effect,
    at: datetime,
    as_seen: str | None = None,
) -> Freeze:
    """Write down days on which named work does not run, or at `percent` of its strength. Raises ActivityRefused.

    `effect` is what that moves among what both sides see; where the other must accept it, the freeze is proposed.
    """
    check_values({"name": name, "first_on": first_on, "end_on": end_on})
    if set(leads) - set(Step.Lead.values):
        raise ActivityRefused("these leads are not known", [("leads", f"of {', '.join(Step.Lead.values)}")])
    if set(step_keys) - set(plan.steps.values_list("key", flat=True)):
        raise ActivityRefused("these steps are not in the plan", [("step_keys", "choose steps of the plan")])
    if end_on <= first_on:
        raise ActivityRefused("a freeze ends after it begins", [("end_on", "write a later day")])
    if not 0 <= percent < WHOLE:
        raise ActivityRefused("0 to 99 % of the strength is left", [("percent", "write 0 to 99")])
    is_asked = not moves_alone(actor, plan, effect)
    freeze: Freeze = Freeze.objects.create(
        space_id=plan.space_id, plan=plan, name=name, first_on=first_on, end_on=end_on, percent=percent,
        leads=leads, step_keys=step_keys, state=State.PROPOSED if is_asked else State.AGREED,
        asked_for_id=actor.organisation if is_asked else None,
    )  # fmt: skip
    if is_asked:
        later("transition.freeze_proposed", freeze, due_at=at, actor=actor)
    else:
        count_change(plan, freeze, actor=actor, at=at, effect=effect)
    return freeze


@action(permits=may_lift_freeze, records="freeze.lifted")
def lift_freeze(actor: Actor, freeze: Freeze, /, *, effect: Effect, at: datetime) -> Freeze:
    """Take a freeze away, or propose it; of what is proposed, take the proposal back."""
    plan = freeze.plan
    if freeze.state == State.LIFTING:
        return _kept(freeze, State.AGREED, None)
    if freeze.state == State.AGREED and not moves_alone(actor, plan, effect):
        later("transition.freeze_proposed", freeze, due_at=at, actor=actor)
        return _kept(freeze, State.LIFTING, actor.organisation)
    if freeze.state == State.AGREED:
        count_change(plan, freeze, actor=actor, at=at, effect=effect)
    return _gone(freeze)


@action(permits=may_answer_freeze, records="freeze.accepted")
def accept_freeze(actor: Actor, freeze: Freeze, /, *, at: datetime) -> Freeze:
    """Accept a freeze, or that it is lifted. Raises ChangeAnswered."""
    _check_waits(freeze)
    count_change(freeze.plan, freeze, actor=actor, at=at)
    return _gone(freeze) if freeze.state == State.LIFTING else _kept(freeze, State.AGREED, None)


@action(permits=may_answer_freeze, records="freeze.declined")
def decline_freeze(actor: Actor, freeze: Freeze, /, *, reason: str, at: datetime) -> Freeze:
    """Decline a freeze, or that it is lifted, with the reason. Raises ActivityRefused, ChangeAnswered."""
    said = checked_answer(reason)
    _check_waits(freeze)
    freeze.answer = said
    return _kept(freeze, State.AGREED if freeze.state == State.LIFTING else State.DECLINED, None)


def _check_waits(freeze: Freeze) -> None:
    if not freeze.is_waiting:
        raise ChangeAnswered(f"“{freeze.name}” {freeze.get_state_display()}: nothing waits for an answer")


def _kept(freeze: Freeze, state: str, asked_for: UUID | None) -> Freeze:
    freeze.state, freeze.asked_for_id = state, asked_for
    freeze.save(update_fields=["state", "asked_for_id", "answer"])
    return freeze


def _gone(freeze: Freeze) -> Freeze:
    kept = freeze.pk
    freeze.delete()
    freeze.pk, freeze.asked_for_id = (
        kept,
        None,
    )  # the entry names the freeze that was, and nobody is asked any more
    return freeze
