"""Let a plan grow to the next larger size: alone while nobody is there to accept, else proposed and accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.actions.engagements import enlarge_engagement
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, Growth, Link, Step
from handfast.transition.permissions import (
    is_alone,
    may_answer_growth,
    may_manage_plan,
    may_withdraw_growth,
)
from handfast.transition.queries.checking import checked_answer, checked_reason
from handfast.transition.queries.growing import CHANGED
from handfast.transition.queries.grown import STEP_FIELDS
from handfast.transition.queries.sides import side_of
from handfast.transition.refusals import GrowthAnswered, GrowthWaits, NeedsAcceptance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan
    from handfast.transition.queries.effects import Effect
    from handfast.transition.queries.grown import GoLive, Grown

BATCH = 200
State = Growth.State


@action(permits=may_manage_plan, records="plan.grown")
def grow_plan(
    actor: Actor, plan: Plan, /, *, grown: Grown, effect: Effect, at: datetime, as_seen: str | None = None
) -> Plan:
    """Write what `grown` worked out. Raises NeedsAcceptance where the other side is there, and Conflict."""
    if not is_alone(plan):
        raise NeedsAcceptance("the larger plan is both sides': propose it, with the reason")
    _write(actor, plan, grown, effect, at)
    return plan


@action(permits=may_manage_plan, records="growth.proposed")
def propose_growth(
    actor: Actor,
    plan: Plan,
    /,
    *,
    grown: Grown,
    live: Sequence[GoLive],
    reason: str,
    at: datetime,
    as_seen: str | None = None,
) -> Growth:
    """Ask the other side for a larger plan. Raises ActivityRefused, GrowthWaits."""
    said = checked_reason(reason, needed="a proposal has its reason", wanted="say why it should grow")
    if Growth.objects.filter(plan=plan, state=State.PROPOSED).exists():
        raise GrowthWaits("a growth of this plan waits for an answer: withdraw it, or wait")
    growth: Growth = Growth.objects.create(
        space_id=plan.space_id, plan=plan, from_size=grown.from_size, to_size=grown.to_size,
        counts=grown.counts, moves=[one.as_plain() for one in live], reason=said, proposed_at=at,
        proposed_by_id=actor.person, proposed_for_id=actor.organisation, proposed_side=side_of(actor, plan),
    )  # fmt: skip
    later("transition.growth_proposed", growth, due_at=at, actor=actor)
    return growth


@action(permits=may_answer_growth, records="growth.accepted")
def accept_growth(
    actor: Actor,
    growth: Growth,
    /,
    *,
    grown: Grown,
    live: Sequence[GoLive],
    effect: Effect,
    at: datetime,
    as_seen: str | None = None,
) -> Growth:
    """Let the plan grow, as it stands now. Raises GrowthAnswered, and Conflict where it no longer fits."""
    _check_waits(growth)
    if grown.to_size != growth.to_size:
        raise Conflict("the plan has another size since this was proposed: decline it")
    _write(actor, growth.plan, grown, effect, at)
    growth.counts, growth.moves = grown.counts, [one.as_plain() for one in live]
    return _answered(actor, growth, State.ACCEPTED, "", at)


@action(permits=may_answer_growth, records="growth.declined")
def decline_growth(actor: Actor, growth: Growth, /, *, reason: str, at: datetime) -> Growth:
    """Decline it, with the reason. Raises ActivityRefused, GrowthAnswered."""
    said = checked_answer(reason)
    _check_waits(growth)
    return _answered(actor, growth, State.DECLINED, said, at)


@action(permits=may_withdraw_growth, records="growth.withdrawn")
def withdraw_growth(actor: Actor, growth: Growth, /, *, at: datetime) -> Growth:
    """Take back what was proposed and not answered. Raises GrowthAnswered."""
    _check_waits(growth)
    return _answered(actor, growth, State.WITHDRAWN, "", at)


def _check_waits(growth: Growth) -> None:
    if growth.state != State.PROPOSED:
        raise GrowthAnswered(f"this growth is {growth.get_state_display()}: it is answered once")


def _answered(actor: Actor, growth: Growth, state: str, answer: str, at: datetime) -> Growth:
    growth.state, growth.answer = state, answer
    growth.answered_at, growth.answered_by_id = at, actor.person
    growth.save(update_fields=["state", "answer", "answered_at", "answered_by_id", "counts", "moves"])
    if state != State.WITHDRAWN:
        later("transition.growth_answered", growth, due_at=at, actor=actor)
    return growth


def _write(actor: Actor, plan: Plan, grown: Grown, effect: Effect, at: datetime) -> None:
    """Everything or nothing, on the version that it was worked out for; the deal becomes as large as its plan."""
    if plan.version != grown.version:
        raise Conflict("the plan has changed since you opened it: look again, nothing was saved")
    # As one statement a batch: a case for each row and field would take seconds.
    Activity.objects.bulk_create(
        grown.changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
        update_fields=list(CHANGED),
    )  # fmt: skip
    Activity.objects.bulk_create(grown.added, batch_size=BATCH)
    Link.objects.filter(pk__in=[one.pk for one in grown.links_out]).delete()
    Link.objects.bulk_create(grown.links_in, batch_size=BATCH)
    Step.objects.bulk_update(grown.steps, ["number", "version", *STEP_FIELDS])
    Step.objects.bulk_create(grown.steps_added)
    plan.size = grown.to_size
    plan.save(update_fields=["size"])
    count_change(plan, plan, actor=actor, at=at, effect=effect)
    enlarge_engagement(actor, plan.engagement, size=plan.size, at=at)
