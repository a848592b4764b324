"""Add, amend and remove an activity: one's own business, or what one's own side leads and moves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from handfast.foundation.actions import action
from handfast.transition.actions.undoing import keep_for_undo
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity
from handfast.transition.permissions import may_amend_activity, may_plan_in
from handfast.transition.queries.agreed import check_agreed, check_removable
from handfast.transition.queries.checking import POINTS, check_values
from handfast.transition.queries.owning import check_owner
from handfast.transition.queries.sides import check_moves_alone, leads_alone
from handfast.transition.refusals import ActivityRefused, NeedsAcceptance, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.models import Plan
    from handfast.transition.queries.effects import Effect

AMENDABLE = frozenset(
    {
        "name", "lead", "step_key", "wave", "site", "low", "likely", "high", "not_before_on", "fixed_on",
        "deadline_on", "owner_id", "needs", "position",
    }
)  # fmt: skip
POSITION_STEP = 10


@action(permits=may_plan_in, records="activity.added")
def add_activity(
    actor: Actor, space: Space, /, *, plan: Plan, values: Mapping[str, Any], at: datetime, key: str = ""
) -> Activity:
    """Write a new activity, in the shared space or in the own one. Raises ActivityRefused, NeedsAcceptance.

    It waits for nothing yet and nothing waits for it, so it moves nothing else.
    """
    if space.engagement_id != plan.engagement_id:
        raise ActivityRefused("an activity lives where its plan does, or with its side")
    check_values(values)
    _check_place(plan, values)
    if not all(values.get(name) for name in POINTS):
        raise ActivityRefused("an activity lasts some time", [("likely", "write 5d, 0.5d or 16h")])
    key = key or f"added.{uuid4().hex}"
    if Activity.objects.filter(plan=plan, key=key).exists():
        raise ActivityRefused(f"the key {key!r} stands in the plan", [("key", "choose another key")])
    last = Activity.objects.filter(plan=plan).order_by("position").last()
    position = last.position + POSITION_STEP if last else POSITION_STEP
    activity: Activity = Activity.objects.create(
        **{"position": position, **values}, space=space, plan=plan, key=key
    )
    if not leads_alone(actor, activity):
        raise NeedsAcceptance("what the other side leads, or both together, is not added by one side alone")
    count_change(plan, activity, actor=actor, at=at)
    keep_for_undo(actor, plan, activity.space_id, at=at, before=[(activity, {"removed_at": at})])
    return activity


@action(permits=may_amend_activity, records="activity.amended")
def amend_activity(
    actor: Actor,
    activity: Activity,
    /,
    *,
    changes: Mapping[str, Any],
    effect: Effect,
    at: datetime,
    as_seen: str | None = None,
) -> Activity:
    """Give an activity new values. `effect` is what that moves among what both sides see.

    Raises NeedsAcceptance where the other side must accept it, NothingChanges, ActivityRefused, Conflict.
    """
    before = {name: getattr(activity, name) for name in changes.keys() & AMENDABLE}
    write_changes(activity, changes)
    check_moves_alone(actor, activity, effect)
    count_change(activity.plan, activity, actor=actor, at=at, effect=effect)
    keep_for_undo(actor, activity.plan, activity.space_id, at=at, before=[(activity, before)])
    return activity


@action(permits=may_amend_activity, records="activity.removed")
def remove_activity(
    actor: Actor, activity: Activity, /, *, effect: Effect, at: datetime, as_seen: str | None = None
) -> Activity:
    """Take an activity out of the plan with its links; what it was stays readable. Raises NeedsAcceptance."""
    check_moves_alone(actor, activity, effect)
    take_out(activity, at=at)
    count_change(activity.plan, activity, actor=actor, at=at, effect=effect)
    keep_for_undo(actor, activity.plan, activity.space_id, at=at, before=[(activity, {"removed_at": None})])
    return activity


def take_out(activity: Activity, *, at: datetime) -> None:
    """Mark it as removed; its links count no more. Raises AgreedInContract."""
    check_removable(activity)
    activity.removed_at = at
    activity.version += 1
    activity.save(update_fields=["removed_at", "version"])


def _check_place(plan: Plan, values: Mapping[str, Any]) -> None:
    key = values.get("step_key")
    if key and not plan.steps.filter(key=key).exists():
        raise ActivityRefused(
            "there is no such step in this plan", [("step_key", "choose a step of the plan")]
        )
    if values.get("wave", 1) != 1 and not plan.waves.filter(number=values["wave"]).exists():
        raise ActivityRefused("there is no such wave in this plan", [("wave", "choose a wave of the plan")])
    if values.get("site") and values["site"] not in plan.site_names:
        raise ActivityRefused("no side has this site", [("site", "choose a site of the plan's calendars")])


def write_changes(activity: Activity, changes: Mapping[str, Any]) -> None:
    """Set new values and count the version. Raises ActivityRefused, AgreedInContract, NothingChanges."""
    unknown = changes.keys() - AMENDABLE
    if unknown:
        raise ActivityRefused(f"{', '.join(sorted(unknown))}: not something that is amended")
    check_agreed(activity, changes)
    check_values({name: getattr(activity, name) for name in POINTS} | dict(changes))
    _check_place(activity.plan, changes)
    if all(getattr(activity, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    for name, value in changes.items():
        setattr(activity, name, value)
    if changes.keys() & {"owner_id", "lead"}:
        check_owner(activity)
    activity.version += 1
    activity.save(update_fields=[*changes, "version"])
