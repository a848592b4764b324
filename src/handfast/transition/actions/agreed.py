"""Take what was agreed in the contract into the plan, where it stays marked as agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, Link, Step
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.agreed import points_of, untaken_of
from handfast.transition.queries.standing_in import stand_in
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.contract.models import AgreedMilestone
    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan


@action(permits=may_manage_plan, records="plan.agreed_taken_in")
def take_in_agreed(
    actor: Actor,
    plan: Plan,
    /,
    *,
    chosen: Mapping[UUID, UUID | None],
    at: datetime,
    as_seen: str | None = None,
) -> Plan:
    """Tie agreed milestones to milestones of the plan: `chosen` says to which, None to a new one. All or nothing.

    Both sides agreed to the dates in the contract, so one side takes them in: it moves nothing, and the other sees
    it. What carried the milestone that an amendment replaced is free again, unless it is chosen.
    Raises ActivityRefused, Conflict where the contract or the plan says something else by now.
    """
    points = points_of(plan)
    untaken = {one.milestone.pk: one for one in untaken_of(plan, points)}
    if not chosen:
        raise ActivityRefused("nothing is chosen", [("milestone", "choose what is taken in")])
    if chosen.keys() - untaken.keys():
        raise Conflict(
            "some of it is in the plan already, or agreed no more: look again, nothing was taken in"
        )
    targets = [one for one in chosen.values() if one is not None]
    if len(set(targets)) < len(targets):
        said = "choose another milestone for each"
        raise ActivityRefused("one milestone of the plan carries one agreed milestone", [("activity", said)])
    _release([untaken[pk].former for pk in chosen])
    known = {one.pk: one for one in points}
    for pk, target in chosen.items():
        if target is None:
            _add(plan, untaken[pk].milestone)
        else:
            _tie(known.get(target), untaken[pk].milestone)
    count_change(plan, plan, actor=actor, at=at)
    return plan


def _release(formers: list[Activity | None]) -> None:
    """Let go of what the contract fixes no more: with the mark goes the deadline, which was the contract's."""
    for one in formers:
        if one is not None:
            one.agreed, one.deadline_on = None, None
            one.version += 1
            one.save(update_fields=["agreed", "deadline_on", "version"])


def _tie(activity: Activity | None, milestone: AgreedMilestone) -> None:
    if activity is None:
        said = "choose a milestone that both sides see, or a new one"
        raise ActivityRefused("there is no such milestone in this plan", [("activity", said)])
    if activity.agreed_id is not None:
        raise ActivityRefused(
            f"“{activity.name}” carries another agreed milestone", [("activity", "choose another")]
        )
    activity.agreed, activity.deadline_on = milestone, milestone.due_on
    activity.version += 1
    activity.save(update_fields=["agreed", "deadline_on", "version"])


def _add(plan: Plan, milestone: AgreedMilestone) -> None:
    shared = list(Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True))
    links = list(Link.objects.filter(plan=plan, space_id=plan.space_id))
    steps = list(Step.objects.filter(plan=plan).values_list("key", flat=True))
    made, waits = stand_in(plan, milestone, shared=shared, links=links, steps=steps)
    made.save(force_insert=True)
    Link.objects.bulk_create(waits)
