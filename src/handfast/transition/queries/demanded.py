"""How many days of which role the plan asks of each side, week by week, by the dates that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of, moment_of
from handfast.kernel.scheduling.calendars import Worktimes, first_and_last
from handfast.kernel.scheduling.demand import demand_of
from handfast.transition.queries.planned import planned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from handfast.kernel.scheduling.demand import Demand
    from handfast.kernel.scheduling.plan import Plan as Planned
    from handfast.kernel.scheduling.plan import Side
    from handfast.transition.queries.plans import PlanRows

A_YEAR = 366
ROOM_YEARS = 2


@dataclass(frozen=True, slots=True)
class Ran:
    """An activity's dates as they are kept, in microseconds."""

    starts_us: int
    ends_us: int


@dataclass(frozen=True, slots=True)
class Dating:
    """The kept dates as the kernel asks a schedule for them."""

    plan: Planned
    worktimes: Worktimes
    by_id: Mapping[str, Ran]


def demand_in(rows: PlanRows, side: str) -> tuple[Demand, ...]:
    """The demand of what `rows` holds: whoever acts for `side` sees that side's internal activities in it.

    It is taken from the dates that the job has kept and not dated again, since a side does not see all that
    moves them.
    """
    internal: dict[UUID, Side] = {
        one.space_id: side  # type: ignore[misc]  # of whoever sees a space of its own
        for one in rows.activities
        if one.space_id != rows.plan.space_id and side
    }
    plan = planned(rows, internal_spaces=internal)
    by_id = {
        str(one.pk): Ran(instant_of(rows.dates[one.pk].starts_at), instant_of(rows.dates[one.pk].ends_at))
        for one in rows.activities
        if one.pk in rows.dates
    }
    if not by_id:
        return ()
    last = moment_of(max(one.ends_us for one in by_id.values())).date()
    years = max((last - rows.plan.starts_on).days, 0) // A_YEAR + ROOM_YEARS
    worktimes = Worktimes(plan, *first_and_last(plan, years))
    return demand_of(Dating(plan, worktimes, by_id), counts=lambda one: one.id in by_id)
