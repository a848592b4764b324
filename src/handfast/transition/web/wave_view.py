"""The waves as the pages tell them: when each begins and goes live, how sure that is, how far it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from handfast.transition.queries.lines import step_lines, wave_lines
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.outlook_view import sure_of_wave
from handfast.transition.queries.told import agreed_on, day_of, ends_on
from handfast.transition.queries.wave_standing import standings_of
from handfast.transition.queries.waves import risky_orders, rows_in_wave, running_wave, wave_in, waves_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.transition.models import Wave
    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.outlook import Outlook
    from handfast.transition.queries.outlook_view import Sure
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.queries.wave_standing import Standing

WHOLE = 100
ALL = "all"
Status = Literal["met", "risk", "missed", "running", "open", "no-data"]


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave: what it is, its days on the likely path, its odds, and how far it is."""

    wave: Wave
    starts_on: date | None
    ends_on: date | None
    later_days: int
    activities: int
    done: int
    late: int
    has_begun: bool
    sure: Sure | None

    @property
    def done_percent(self) -> int:
        return self.done * WHOLE // self.activities if self.activities else 0

    @property
    def is_done(self) -> bool:
        return bool(self.activities) and self.done == self.activities

    @property
    def standing(self) -> tuple[Status, str]:
        """The glyph and the words: late against the baseline or a deadline, or not."""
        if self.is_done:
            return "met", "Done"
        if self.late:
            return "missed", f"{self.late} miss{'es' if self.late == 1 else ''} a deadline"
        if self.later_days > 0:
            return "risk", f"{self.later_days} day{'' if self.later_days == 1 else 's'} later than agreed"
        return ("running", "Under way") if self.has_begun else ("open", "Not begun")


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view of the plan, in its address."""

    name: str
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True, slots=True)
class ChosenWave:
    """The part of the plan that is shown: one wave, or all of them; `key` is the word of the address."""

    key: str
    wave: Wave | None
    waves: tuple[Wave, ...]
    rows: PlanRows
    steps: tuple[StepLines, ...]


def chosen_wave(rows: PlanRows, asked: str) -> ChosenWave:
    """What the address asks for; where it names nothing, the wave that runs. A plan of one wave is shown whole."""
    waves = waves_of(rows.plan)
    if not waves:
        return ChosenWave("", None, (), rows, step_lines(rows))
    if asked == ALL:
        return ChosenWave(ALL, None, waves, rows, wave_lines(rows, waves))
    running = running_wave(rows, waves)
    number = int(asked) if asked.isascii() and asked.isdigit() else running
    wave = next((one for one in waves if one.number == number), None)
    wave = wave or next(one for one in waves if one.number == running)
    own = rows_in_wave(rows, wave.number, waves)
    return ChosenWave(str(wave.number), wave, waves, own, step_lines(own))


def wave_lines_of(rows: PlanRows, waves: Sequence[Wave]) -> tuple[WaveLine, ...]:
    """Every wave in the order of its number."""
    outlook = outlook_of(rows.plan)
    return tuple(_line(rows, one, outlook) for one in standings_of(rows, waves))


def tabs_of(rows: PlanRows, waves: Sequence[Wave], chosen: str, zoom: str) -> tuple[Tab, ...]:
    """One for each wave, and one for all; none where there are no waves."""
    if not waves:
        return ()
    named = [(f"Wave {one.number}: {one.name}", str(one.number)) for one in waves]
    counts = Counter(str(wave_in(one, waves)) for one in rows.activities)
    return tuple(
        Tab(name, f"?{urlencode({'zoom': zoom, 'wave': key})}", key == chosen, counts[key] if key != ALL else len(rows.activities))
        for name, key in (*named, ("All waves", ALL))
    )  # fmt: skip


def order_warnings(waves: Sequence[Wave]) -> tuple[str, ...]:
    """Where a more critical wave goes before a less critical one."""
    return tuple(one.said for one in risky_orders(waves))


def _line(rows: PlanRows, one: Standing, outlook: Outlook | None) -> WaveLine:
    zone = rows.plan.engagement.zone
    live_on = ends_on(rows.dates[one.live.pk], zone) if one.live else None
    agreed = agreed_on(one.live, zone) if one.live else None
    return WaveLine(
        one.wave,
        day_of(one.begins_at, zone) if one.begins_at else None,
        live_on,
        (live_on - agreed).days if live_on and agreed else 0,
        one.activities,
        one.done,
        one.late,
        one.has_begun,
        sure_of_wave(rows, outlook, one.wave.number),
    )
