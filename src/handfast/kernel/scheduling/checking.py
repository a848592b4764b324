"""Whether a plan holds together: every name it uses stands in it, and nothing has happened before it could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.names import near
from handfast.kernel.quantity import iso_of
from handfast.kernel.scheduling.refusals import PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.scheduling.plan import Activity, Plan

Place = tuple[str | int, ...]


def check_plan(plan: Plan) -> None:
    """Every reference holds, every key stands once. Raises PlanRefused with the fault's place in the plan."""
    _once("activity", "activities", [one.id for one in plan.activities])
    _once("step", "steps", [one.key for one in plan.steps])
    _once("risk", "risks", [one.id for one in plan.risks])
    steps = {step.key for step in plan.steps}
    for place, activity in enumerate(plan.activities):
        try:
            _check(plan, activity, steps)
        except PlanRefused as refused:
            raise PlanRefused(str(refused), at=("activities", place, *refused.at)) from refused
    for place, freeze in enumerate(plan.freezes):
        _named(plan, f"the freeze {freeze.name!r}", freeze.activities, ("freezes", place, "activities"))
        for step in freeze.steps:
            if steps and step not in steps:
                said = f"the freeze {freeze.name!r}: the step {step!r} is not in the plan{_hint(step, steps)}"
                raise PlanRefused(said, at=("freezes", place, "steps"))
    for place, risk in enumerate(plan.risks):
        _named(plan, f"the risk {risk.id!r}", risk.activities, ("risks", place, "activities"))


def _once(what: str, part: str, keys: list[str]) -> None:
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            raise PlanRefused(f"the {what} {key!r} stands twice: give each its own", at=(part, place))
        seen.add(key)


def _check(plan: Plan, activity: Activity, steps: set[str]) -> None:
    if steps and activity.step and activity.step not in steps:
        said = f"{activity.id}: the step {activity.step!r} is not in the plan{_hint(activity.step, steps)}"
        raise PlanRefused(said, at=("step",))
    if activity.site:
        sites = [name for party in plan.parties for name in party.sites]
        if activity.site not in sites:
            said = f"{activity.id}: no party has the site {activity.site!r}{_hint(activity.site, sites)}"
            raise PlanRefused(said, at=("site",))
    _named(plan, activity.id, tuple(link.other for link in activity.after), ("after",))
    for place, link in enumerate(activity.after):
        if link.other == activity.id:
            raise PlanRefused(f"{activity.id} waits for itself: take the link out", at=("after", place))
    _check_came(plan, activity)
    _check_needs(activity)


def _check_came(plan: Plan, activity: Activity) -> None:
    """What has happened has happened by the day of the status."""
    last_us = activity.actual.finished_us or activity.actual.started_us
    if last_us is None:
        return
    if plan.as_of_us is None:
        said = f"{activity.id} has started: say as of when the plan's status is (as_of)"
        raise PlanRefused(said, at=("actual",))
    if last_us > plan.as_of_us:
        said = (
            f"{activity.id}: {iso_of(last_us)} has not come yet: "
            f"the plan's status is of {iso_of(plan.as_of_us)}"
        )
        raise PlanRefused(said, at=("actual",))


def _check_needs(activity: Activity) -> None:
    named = [(need.side, need.role) for need in activity.needs]
    for need in activity.needs:
        if need.hundredths <= 0:
            raise PlanRefused(f"{activity.id}: needs more than 0 of {need.role!r}", at=("needs",))
    if len(set(named)) != len(named):
        raise PlanRefused(f"{activity.id}: needs a role of one side twice: write their sum", at=("needs",))


def _named(plan: Plan, where: str, ids: tuple[str, ...], at: Place) -> None:
    for place, one in enumerate(ids):
        if one not in plan.places:
            said = f"{where}: there is no activity {one!r}{_hint(one, plan.places)}"
            raise PlanRefused(said, at=(*at, place))


def _hint(name: str, among: Iterable[str]) -> str:
    found = near(name, among)
    return f"; did you mean {found!r}?" if found else ""
