"""What keeps a gate shut costs days: how much later the go-live comes, by the plan itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal
from handfast.kernel.scheduling.rating import days_later
from handfast.transition.models import Activity, Link, Plan
from handfast.transition.queries.closed import open_days_by_lead
from handfast.transition.queries.effects import amended, effects_of
from handfast.transition.queries.told import day_of
from handfast.transition.queries.waves import next_go_live

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.readiness.queries.judging import Judged
    from handfast.transition.queries.effects import Change, Effect
    from handfast.transition.queries.plans import PlanRows

Point = tuple[frozenset["UUID"], "date"]
MOST_POINTS = 12  # each is a schedule of its own


@dataclass(frozen=True, slots=True)
class Cost:
    """Working days by which the go-live comes later. `is_least`: nobody has said when it will hold, so today is reckoned with."""

    days: int
    is_least: bool


@dataclass(frozen=True, slots=True)
class Costs:
    """By the id of a criterion, and of all together; None where the plan cannot say."""

    each: dict[UUID, Cost]
    together: int | None


NOTHING = Costs({}, None)


def costs_of(deal: Engagement, blocking: Sequence[Judged], today: date) -> Costs:
    """What each costs: what waits for its step, and its gate in the plan, begin no earlier than the day on which it is expected to hold.

    Those of one step, gate and day share one answer. Where there is no plan, no go-live, or it cannot be dated, nothing is told.
    """
    ahead = _ahead(deal) if blocking else None
    if ahead is None:
        return NOTHING
    plan, shared, live = ahead
    waits = _waits(plan, [one for one in shared if one.wave == live.wave])
    wanted = {one.criterion.pk: _point(one, waits, today) for one in blocking}
    points = list(dict.fromkeys(point for point, _ in wanted.values()))[:MOST_POINTS]
    days = _later_by(plan, live, points)
    if days is None:
        return NOTHING
    by_point = dict(zip(points, days[:-1], strict=True))
    each = {
        key: Cost(by_point[point], is_least) for key, (point, is_least) in wanted.items() if point in by_point
    }
    return Costs(each, days[-1])


def later_by(deal: Engagement, points: Sequence[Point]) -> dict[Point, int]:
    """By how many working days the go-live comes later where these activities begin no earlier than their day, each by itself.

    Empty where there is no plan, no go-live to come, or it cannot be dated; of many points the first few are reckoned.
    """
    ahead = _ahead(deal) if points else None
    chosen = list(dict.fromkeys(points))[:MOST_POINTS]
    days = _later_by(ahead[0], ahead[2], chosen) if ahead else None
    return dict(zip(chosen, days, strict=False)) if days else {}


def _ahead(deal: Engagement) -> tuple[Plan, list[Activity], Activity] | None:
    """The plan, its shared activities, and the go-live that is to come."""
    plan = Plan.objects.filter(engagement=deal, space_id=deal.space_id).first()
    if plan is None:
        return None
    plan.engagement = deal
    shared = list(Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True))
    live = next_go_live(shared)
    return None if live is None or live.finished_on is not None else (plan, shared, live)


def _later_by(plan: Plan, live: Activity, points: Sequence[Point]) -> list[int] | None:
    """Of each point by itself, and last of all together."""
    try:
        found = effects_of(plan.engagement_id, [*(_no_earlier([one]) for one in points), _no_earlier(points)])
    except Refusal:
        return None
    return [_days(plan, live, effect) for effect in found]


def _waits(plan: Plan, shared: Sequence[Activity]) -> dict[str, frozenset[UUID]]:
    """By step what waits for its work, is not of it, and is still to do."""
    by_id = {one.pk: one for one in shared}
    found: dict[str, set[UUID]] = {}
    pairs = Link.objects.filter(plan=plan, space_id=plan.space_id).values_list("before_id", "after_id")
    for before_id, after_id in pairs:
        before, after = by_id.get(before_id), by_id.get(after_id)
        if before is None or after is None or after.finished_on is not None:
            continue
        if before.step_key != after.step_key:
            found.setdefault(before.step_key, set()).add(after.pk)
    return {key: frozenset(ids) for key, ids in found.items()}


def _point(one: Judged, waits: Mapping[str, frozenset[UUID]], today: date) -> tuple[Point, bool]:
    """What waits for it, and the day before which it does not hold; whether nobody has said when it will."""
    gate = one.criterion.gate.activity_id
    ids = waits.get(one.criterion.step_key, frozenset())
    if gate is not None:
        ids |= {gate}
    expected = one.criterion.expected_on
    if expected is not None and expected > today:
        return (ids, expected), False
    return (ids, today), True


def _no_earlier(points: Sequence[Point]) -> Change:
    """The change that lets nothing of these begin before its day."""
    latest: dict[UUID, date] = {}
    for ids, day in points:
        for activity in ids:
            latest[activity] = max(day, latest.get(activity, day))

    def change(rows: PlanRows) -> PlanRows:
        left = {one.pk: one.not_before_on for one in rows.activities if one.finished_on is None}
        for activity, day in latest.items():
            if activity in left:
                rows = amended(activity, {"not_before_on": max(day, left[activity] or day)})(rows)
        return rows

    return change


def _days(plan: Plan, live: Activity, effect: Effect) -> int:
    """By how many working days of the go-live's lead it moves later; never less than none."""
    move = next((one for one in effect.moves if one.activity_id == live.pk), None)
    if move is None:
        return 0
    zone = plan.engagement.zone
    was, will = day_of(move.from_at, zone), day_of(move.to_at, zone)
    if will <= was:
        return 0
    return days_later(open_days_by_lead(plan, was, will)[live.lead], was, will)
