"""What the contract fixes of the plan: which milestones carry what was agreed, and what is not taken in yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.contract.models import AgreedMilestone
from handfast.contract.queries import milestones_in_force
from handfast.transition.models import Activity
from handfast.transition.refusals import AgreedInContract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.transition.models import Plan

SAID = "the contract fixes it: propose an amendment under Contract, Milestones and payments"


@dataclass(frozen=True, slots=True)
class Untaken:
    """An agreed milestone that is not in the plan; `former` carries the one that it was agreed in the place of.

    `suggested` is the milestone of the plan that it seems to be, None where there is none.
    """

    milestone: AgreedMilestone
    former: Activity | None
    suggested: Activity | None


def is_fixed(activity: Activity, changes: Mapping[str, Any]) -> bool:
    """Whether this would change the day that the contract fixes."""
    deadline = activity.deadline_on
    return activity.agreed_id is not None and changes.get("deadline_on", deadline) != deadline


def check_agreed(activity: Activity, changes: Mapping[str, Any]) -> None:
    """What is agreed in the contract is not changed in the plan. Raises AgreedInContract."""
    if is_fixed(activity, changes):
        raise AgreedInContract(f"the deadline of “{activity.name}” stays: {SAID}", [("deadline_on", SAID)])


def check_removable(activity: Activity) -> None:
    """What is agreed in the contract stays in the plan. Raises AgreedInContract."""
    if activity.agreed_id is not None:
        raise AgreedInContract(f"“{activity.name}” stays in the plan: {SAID}")


def points_of(plan: Plan) -> list[Activity]:
    """The milestones and gates that both sides see, in the order of the plan."""
    rows = Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True)
    return list(rows.exclude(kind=Activity.Kind.WORK))


def untaken_of(plan: Plan, points: Sequence[Activity] | None = None) -> tuple[Untaken, ...]:
    """What was agreed and is not in the plan, by its days, each with the milestone that it seems to be."""
    points = points_of(plan) if points is None else points
    by_agreed = {one.agreed_id: one for one in points if one.agreed_id is not None}
    missing = [one for one in milestones_in_force(plan.engagement_id) if one.pk not in by_agreed]
    if not missing:
        return ()
    before = dict(
        AgreedMilestone.objects.filter(engagement_id=plan.engagement_id).values_list("pk", "replaces_id")
    )
    found, used = [], set[Any]()
    for one in missing:
        former = _former(one, before, by_agreed)
        free = [other for other in points if other.agreed_id is None and other.pk not in used]
        suggested = former or suggestion_for(one, free)
        used.add(suggested.pk if suggested else None)
        found.append(Untaken(one, former, suggested))
    return tuple(found)


def suggestion_for(milestone: AgreedMilestone, free: Sequence[Activity]) -> Activity | None:
    """The milestone of the same step in the first wave, else one of the same name; None where there is neither."""
    of_step = (
        one for one in free if milestone.step_key and one.step_key == milestone.step_key and one.wave == 1
    )
    same_name = (one for one in free if one.name.casefold() == milestone.name.casefold())
    return next(of_step, None) or next(same_name, None)


def _former(
    milestone: AgreedMilestone, before: Mapping[Any, Any], by_agreed: Mapping[Any, Activity]
) -> Activity | None:
    """The activity that carries what this was agreed in the place of, however many amendments ago."""
    earlier = milestone.replaces_id
    while earlier is not None and earlier not in by_agreed:
        earlier = before.get(earlier)
    return by_agreed.get(earlier)
