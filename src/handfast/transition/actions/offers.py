"""Send one's own plan in, map its phases to the steps, and take over what is wanted of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.kernel.scheduling.writing import plan_text
from handfast.transition.actions.activities import POSITION_STEP
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, Link, OfferedPlan
from handfast.transition.permissions import may_manage_plan, may_plan_in, may_take_over
from handfast.transition.queries.checking import check_lag, check_values
from handfast.transition.queries.offers import plan_in
from handfast.transition.queries.sides import side_of
from handfast.transition.refusals import ActivityRefused, NothingTaken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.models import Plan
    from handfast.transition.queries.additions import Addition
    from handfast.transition.queries.effects import Effect
    from handfast.transition.reading.offered import OfferedFile

BATCH = 200


@action(permits=may_plan_in, records="offered_plan.offered")
def offer_plan(
    actor: Actor,
    space: Space,
    /,
    *,
    plan: Plan,
    file_name: str,
    content: bytes,
    read: OfferedFile,
    mapping: Mapping[str, str],
    at: datetime,
) -> OfferedPlan:
    """Keep a version of the own side's plan, in the own side's space. `mapping` is that of the version before."""
    if space.engagement_id != plan.engagement_id or space.pk == plan.space_id:
        raise ActivityRefused("one side's own plan is kept in that side's own space")
    former = OfferedPlan.objects.filter(plan=plan, space=space).first()
    made: OfferedPlan = OfferedPlan.objects.create(
        space=space, plan=plan, number=former.number + 1 if former else 1, file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(), content=plan_text(read.plan), remarks=list(read.remarks),
        mapping=dict(mapping), offered_at=at, offered_by_id=actor.person,
    )  # fmt: skip
    return made


@action(permits=may_take_over, records="offered_plan.mapped")
def map_phases(
    actor: Actor,
    offered: OfferedPlan,
    /,
    *,
    mapping: Mapping[str, str],
    at: datetime,
    as_seen: str | None = None,
) -> OfferedPlan:
    """Say which step each phase stands for; empty: it is left out. Raises ActivityRefused."""
    phases = {step.key for step in plan_in(offered).steps}
    steps = {"", *offered.plan.steps.values_list("key", flat=True)}
    faults = [(phase, "there is no such phase in the file") for phase in mapping if phase not in phases]
    faults += [
        (phase, "there is no such step in the plan") for phase, step in mapping.items() if step not in steps
    ]
    if faults:
        raise ActivityRefused("this mapping leads nowhere", faults)
    offered.mapping = dict(mapping)
    offered.version += 1
    offered.save(update_fields=["mapping", "version"])
    return offered


@action(permits=may_take_over, records="offered_plan.taken_over")
def take_over(
    actor: Actor,
    offered: OfferedPlan,
    /,
    *,
    addition: Addition,
    effect: Effect,
    at: datetime,
    as_seen: str | None = None,
) -> OfferedPlan:
    """Write what is wanted into the plan, all of it or nothing: as both sides' or as the own side's alone.

    It waits for what stands there and nothing that stands there waits for it, so it moves nothing.
    Raises NothingTaken, ActivityRefused, Conflict.
    """
    if not addition.activities:
        raise NothingTaken("nothing is chosen: tick what is to be taken over", [("wanted", "choose some")])
    if any(id_ in offered.taken for id_ in addition.activities):
        raise NothingTaken(
            "some of it was taken over before: look again", [("wanted", "choose what is left")]
        )
    plan = offered.plan
    _check(actor, plan, addition, offered.space_id)
    last = Activity.objects.filter(plan=plan).order_by("position").last()
    for place, one in enumerate(addition.activities.values(), start=1):
        one.position = (last.position if last else 0) + place * POSITION_STEP
    if next(iter(addition.activities.values())).space_id == plan.space_id:
        extend_plan(actor, plan, addition=addition, effect=effect, at=at)
    else:
        _write(addition)
        count_change(plan, offered, actor=actor, at=at)
    offered.taken |= {id_: str(one.pk) for id_, one in addition.activities.items()}
    offered.version += 1
    offered.save(update_fields=["taken", "version"])
    return offered


@action(permits=may_manage_plan, records="plan.extended")
def extend_plan(actor: Actor, plan: Plan, /, *, addition: Addition, effect: Effect, at: datetime) -> Plan:
    """Write shared activities that one side leads. Raises Conflict where the plan has changed since `effect`."""
    _write(addition)
    told = ",".join(sorted(str(one.pk) for one in addition.activities.values()))
    plan.extended = f"{len(addition.activities)} {hashlib.sha256(told.encode()).hexdigest()}"
    plan.save(update_fields=["extended"])
    count_change(plan, plan, actor=actor, at=at, effect=effect)
    return plan


def _write(addition: Addition) -> None:
    Activity.objects.bulk_create(list(addition.activities.values()), batch_size=BATCH)
    Link.objects.bulk_create(addition.links, batch_size=BATCH)


def _check(actor: Actor, plan: Plan, addition: Addition, own: UUID) -> None:
    """Raises ActivityRefused."""
    side = side_of(actor, plan)
    steps = set(plan.steps.values_list("key", flat=True))
    for one in addition.activities.values():
        if one.space_id not in (own, plan.space_id) or one.lead != side or one.step_key not in steps:
            raise ActivityRefused("only what the own side leads, in a step of the plan, is taken over")
        check_values(
            {
                name: getattr(one, name)
                for name in (
                    "name",
                    "lead",
                    "low",
                    "likely",
                    "high",
                    "not_before_on",
                    "fixed_on",
                    "deadline_on",
                )
            }
        )
    for link in addition.links:
        check_lag(link.lag, link.lag_on)
