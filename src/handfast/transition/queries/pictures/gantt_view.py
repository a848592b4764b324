"""What the picture of the plan is drawn from: the lines, their links, closed days, and the days to flag."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.transition.queries.closed import closed_at_sites, closed_days
from handfast.transition.queries.pictures.gantt import FlagDay, gantt_of
from handfast.transition.queries.pictures.timescale import TimeScale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.outlook_view import Sure
    from handfast.transition.queries.pictures.gantt import Gantt
    from handfast.transition.queries.pictures.timescale import Zoom
    from handfast.transition.queries.plans import PlanRows

AROUND = timedelta(days=42)


def picture_of(
    rows: PlanRows, steps: Sequence[StepLines], *, zoom: Zoom, today: date, sure: Sure | None = None
) -> Gantt | None:
    """The drawing, with the go-live's odds as flags where `sure` tells them; None while the plan has no dates."""
    begins = [step.starts_on for step in steps if step.starts_on]
    ends = [step.ends_on for step in steps if step.ends_on]
    if not begins or not ends:
        return None
    first, last = min(begins), max(ends)
    waits = waits_of(rows)
    flags = flags_of(first, last, today=today, sure=sure)
    closed = closed_days(rows.plan, first - AROUND, last + AROUND)
    used = {line.site for step in steps for line in step.lines if line.site}
    at_sites = closed_at_sites(rows.plan, used, first - AROUND, last + AROUND)
    said = f"The plan from {first:%d %b %Y} to {last:%d %b %Y}, {sum(len(step.lines) for step in steps)} activities; the list beside it says the same"
    agreed = [line.agreed_on for step in steps for line in step.lines if line.agreed_on]
    # A day far away is not drawn: it would make everything else small.
    near = [on for on in agreed if first - AROUND <= on <= last + AROUND]
    first = min([first, *near])
    furthest = max([last, *(flag.on for flag in flags), *near])
    scale = TimeScale.around(first, furthest, zoom, rows.plan.engagement.zone)
    return gantt_of(steps, waits, closed=closed, at_sites=at_sites, flags=flags, scale=scale, said=said)


def waits_of(rows: PlanRows) -> dict[UUID, list[UUID]]:
    """What each activity waits for, as far as it is seen."""
    found: dict[UUID, list[UUID]] = {}
    for link in rows.links:
        found.setdefault(link.after_id, []).append(link.before_id)
    return found


def flags_of(first: date, last: date, *, today: date, sure: Sure | None) -> list[FlagDay]:
    """The days to flag in a plan that runs from `first` to `last`: today where it is near, and the odds."""
    flags = [FlagDay(today, "Today", "today")] if first - AROUND <= today <= last + AROUND else []
    return [*flags, *(sure.flags() if sure else ())]
