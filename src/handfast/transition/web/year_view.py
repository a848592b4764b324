"""The year of both sides as a page: months, days closed by name, shared hours, and what falls on such days."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.transition.queries.told import day_of, ends_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from handfast.transition.models import Activity, Freeze
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.queries.together import Together

HOUR_US = 3_600_000_000
MINUTES, MINUTE_US = 60, 60_000_000
A_DAY = timedelta(days=1)
TRAINING = ("train", "kt")
SIDES = ("client", "provider")
MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day: who is closed ("client", "provider", "both"), nobody ("open"), or no hours at all ("rest"); in words."""

    on: date
    kind: str
    is_named: bool
    is_frozen: bool
    said: str


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday, None pads; and the hours that both share in it."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]
    hours: str


@dataclass(frozen=True, slots=True)
class Special:
    """A day closed by name at one side."""

    on: date
    side: str
    name: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, less those on which a side is closed, that share the same hours."""

    first: date
    last: date
    hours: str


@dataclass(frozen=True, slots=True)
class Warned:
    """An activity of both, or a training, that meets a holiday or a freeze."""

    id: UUID
    name: str
    lead: str
    falls: bool
    said: str


@dataclass(frozen=True, slots=True)
class YearView:
    """The page."""

    number: int
    months: tuple[Month, ...]
    special: tuple[Special, ...]
    stretches: tuple[Stretch, ...]
    warnings: tuple[Warned, ...]
    freezes: tuple[Freeze, ...]
    common_days: int


def year_view(rows: PlanRows, found: Together, names: Mapping[str, str]) -> YearView:
    """The year of `found`; `names` are the sides' names."""
    frozen = {on for one in rows.freezes for on in _days(one.first_on, one.end_on - A_DAY)}
    first, last = date(found.number, 1, 1), date(found.number, 12, 31)
    days = [_day(found, on, names, on in frozen) for on in _days(first, last)]
    special = [Special(on, side, name) for side in SIDES for on, name in found.named[side].items()]
    return YearView(
        found.number,
        tuple(_month(found, days, month) for month in range(1, 13)),
        tuple(sorted(special, key=lambda one: (one.on, one.side))),
        tuple(_stretches(found)),
        tuple(_warnings(rows, found, names)),
        tuple(one for one in rows.freezes if one.first_on <= last and one.end_on > first),
        len(found.shared_us),
    )


def hours_text(open_us: int) -> str:
    """`3 h`, `2 h 30 min`."""
    hours, minutes = divmod(open_us // MINUTE_US, MINUTES)
    return " ".join([f"{hours:,} h"] * bool(hours or not minutes) + [f"{minutes} min"] * bool(minutes))


def _day(found: Together, on: date, names: Mapping[str, str], is_frozen: bool) -> Day:
    named = [f"{found.named[side][on]} ({names[side]})" for side in SIDES if on in found.named[side]]
    off = [side for side in SIDES if on not in found.works[side]]
    is_named = bool(named)
    kind = "open" if not off else off[0] if len(off) == 1 else "both" if len(named) == len(SIDES) else "rest"
    parts = [f"{on:%a} {on.day} {on:%b}"]
    parts += [f"closed: {', '.join(named)}"] if named else []
    parts += [f"{names[off[0]]} does not work"] if len(off) == 1 and not named else []
    shared = found.shared_us.get(on, 0)
    parts.append(f"{hours_text(shared)} together" if shared else "no hours together")
    parts += ["frozen"] if is_frozen else []
    return Day(on, kind, is_named, is_frozen, "; ".join(parts))


def _month(found: Together, days: list[Day], month: int) -> Month:
    mine = [day for day in days if day.on.month == month]
    padded: list[Day | None] = [*([None] * mine[0].on.weekday()), *mine]
    padded += [None] * (-len(padded) % 7)
    weeks = tuple(tuple(padded[start : start + 7]) for start in range(0, len(padded), 7))
    shared = sum(found.shared_us.get(day.on, 0) for day in mine)
    return Month(calendar.month_name[month], weeks, hours_text(shared))


def _stretches(found: Together) -> Iterator[Stretch]:
    """The shared hours a day, as long as they stay the same."""
    days = sorted(found.shared_us.items())
    begun = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place][1] != days[begun][1]:
            yield Stretch(days[begun][0], days[place - 1][0], hours_text(days[begun][1]))
            begun = place


def _warnings(rows: PlanRows, found: Together, names: Mapping[str, str]) -> Iterator[Warned]:
    zone = rows.plan.engagement.zone
    for one in rows.activities:
        dates = rows.dates.get(one.pk)
        if dates is None or one.finished_on is not None or not _is_of_both(one):
            continue
        first, last = day_of(dates.starts_at, zone), ends_on(dates, zone)
        met = [*_holidays(found, first, last, names), *_freezes(rows, one, first, last)]
        if met:
            said = ", ".join(words for _, words in met[:MOST_SAID])
            more = f" and {len(met) - MOST_SAID} more" if len(met) > MOST_SAID else ""
            falls = any(on in (first, last) for on, _ in met)
            yield Warned(one.pk, one.name, one.lead, falls, said + more)


def _is_of_both(one: Activity) -> bool:
    """What both lead, or a training: people of both sides sit together."""
    return one.lead == "joint" or one.step_key.startswith(TRAINING) or "training" in one.step_key


def _holidays(
    found: Together, first: date, last: date, names: Mapping[str, str]
) -> Iterator[tuple[date, str]]:
    for side in SIDES:
        for on, name in sorted(found.named[side].items()):
            if first <= on <= last:
                yield on, f"{name} ({on:%a} {on.day} {on:%b}, {names[side]})"


def _freezes(rows: PlanRows, one: Activity, first: date, last: date) -> Iterator[tuple[date, str]]:
    for freeze in rows.freezes:
        stops = (not freeze.leads or one.lead in freeze.leads) and (
            not freeze.step_keys or one.step_key in freeze.step_keys
        )
        if stops and freeze.first_on <= last and freeze.end_on > first:
            yield max(freeze.first_on, first), f"the freeze “{freeze.name}”"


def _days(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + step * A_DAY
