"""What a change would do, in words: when the activity would run, what else moves, and who must accept it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.transition.models import Activity
from handfast.transition.queries.told import A_MOMENT, day_of, ends_on, last_day

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from handfast.transition.models import Dates
    from handfast.transition.queries.effects import Effect, Move

SHOWN = 6


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One activity that moves with it."""

    id: UUID
    name: str
    lead: str
    kind: str
    begins_on: date
    from_on: date
    to_on: date
    days: int
    needs_acceptance: bool


@dataclass(frozen=True, slots=True)
class EffectView:
    """The preview: the activity's own dates before and after, the others that move, the first of them by name."""

    starts_on: date
    ends_on: date
    was_from: date
    was_to: date
    lines: tuple[MoveLine, ...]
    asked: int
    is_proposed: bool
    reason_why: str

    @property
    def shown(self) -> tuple[MoveLine, ...]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.lines) - SHOWN, 0)

    @property
    def stays(self) -> bool:
        """Whether not even the activity itself moves."""
        return (self.starts_on, self.ends_on) == (self.was_from, self.was_to) and not self.lines


def effect_view(
    activity: Activity, dates: Dates, effect: Effect, *, side: str, may_alone: bool
) -> EffectView:
    """Days are those of the contract's zone; what must be accepted stands first."""
    zone = activity.plan.engagement.zone
    itself = next((one for one in (*effect.moves, *effect.own) if one.activity_id == activity.pk), None)
    was_from, was_to = day_of(dates.starts_at, zone), ends_on(dates, zone)
    others = [_line(one, zone, side) for one in effect.moves if one.activity_id != activity.pk]
    others += [_line(one, zone, "") for one in effect.own if one.activity_id != activity.pk]
    asked = sum(one.needs_acceptance for one in others)
    return EffectView(
        day_of(itself.begins_at, zone) if itself else was_from, last_day(itself.begins_at, itself.to_at, zone) if itself else was_to,
        was_from, was_to, tuple(sorted(others, key=lambda one: not one.needs_acceptance)), asked, not may_alone,
        _why(activity, asked, side),
    )  # fmt: skip


def _line(one: Move, zone: str, side: str) -> MoveLine:
    to_on = last_day(one.begins_at, one.to_at, zone)
    lasts = one.kind == Activity.Kind.WORK
    from_on = day_of(one.from_at - A_MOMENT if lasts else one.from_at, zone)
    return MoveLine(
        one.activity_id, one.name, one.lead, one.kind, day_of(one.begins_at, zone), from_on, to_on,
        (to_on - from_on).days, bool(side) and one.needs_acceptance(side),
    )  # fmt: skip


def _why(activity: Activity, asked: int, side: str) -> str:
    """Why it must be proposed, for whoever may not do it alone."""
    if activity.kind != activity.Kind.WORK:
        return f"a {activity.kind} belongs to both sides"
    if activity.lead not in (side, "either"):
        return "both lead it together" if activity.lead == "joint" else "the other side leads it"
    return f"it moves {asked} that the other side must accept"
