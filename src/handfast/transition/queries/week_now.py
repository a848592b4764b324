"""The week as it would be frozen at an instant, and what has moved since a frozen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.standing import standing_of
from handfast.transition.queries.weekly import body_of, ends_of, moved_since
from handfast.transition.queries.weeks import A_WEEK, frozen_before

if TYPE_CHECKING:
    from datetime import date

    from handfast.transition.models import Plan, WeeklyStatus
    from handfast.transition.queries.plans import PlanRows


def body_now(plan: Plan, *, on: date) -> dict[str, Any]:
    """The body of the week that ends on a day, as the plan stands."""
    rows = rows_of(plan)
    before = frozen_before(plan, on)
    since = before.ends_on if before else on - A_WEEK
    ends = before.body["ends"] if before else {}
    return body_of(rows, standing_of(rows, on=on), since=since, ends=ends)


def moved_from(week: WeeklyStatus, rows: PlanRows) -> list[dict[str, Any]]:
    """What ends on another day now than it did when a week was frozen."""
    shared = [one for one in rows.activities if one.space_id == rows.plan.space_id]
    return moved_since(shared, week.body["ends"], ends_of(rows))
