"""A plan without what is out of sight, held to the dates that its reader is told: they begin on a day instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.scheduling.plan import Activity, Plan
    from handfast.kernel.scheduling.schedule import Schedule

MOST_ROUNDS = 12


def held(plan: Plan, told: Mapping[str, int]) -> Schedule:
    """The plan dated so that what is `told` starts then and no earlier; what is not told runs free.

    What would start earlier gets a not-before, first where nothing that it waits for would start earlier too:
    so few are bound. Law: a plan whose told starts are those of a larger one gets the larger one's starts.
    """
    for number in range(MOST_ROUNDS):
        dated = schedule(plan)
        early = {one.id for one in plan.activities if _is_early(one, dated, told)}
        if not early:
            return dated
        is_last = number == MOST_ROUNDS - 2
        bound = {
            one.id
            for one in plan.activities
            if one.id in early and (is_last or not any(link.other in early for link in one.after))
        }
        plan = replace(plan, activities=tuple(_bound(one, told, bound) for one in plan.activities))
    return dated


def _is_early(one: Activity, dated: Schedule, told: Mapping[str, int]) -> bool:
    """What has started is where it is, whatever it waited for."""
    return one.actual.started_us is None and one.id in told and dated.by_id[one.id].starts_us < told[one.id]


def _bound(one: Activity, told: Mapping[str, int], bound: set[str]) -> Activity:
    return replace(one, not_before_us=told[one.id]) if one.id in bound else one
