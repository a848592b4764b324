"""A plan of one side's own, out of the file that its people keep: Microsoft Project XML, a workbook, or CSV."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, TypeVar, get_args

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.calendars import open_days
from handfast.kernel.scheduling.mspdi_planning import plan_of
from handfast.kernel.scheduling.mspdi_reading import read_mspdi
from handfast.kernel.scheduling.plan import NOTHING, Activity, Duration, Estimate, Lead, Plan, Step
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.reading.columns import columns_of, day_of_text, length_of, links_of
from handfast.transition.reading.tables import MOST_BYTES, read_table
from handfast.transition.refusals import PlanFileRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.kernel.scheduling.plan import Kind, Party, Side
    from handfast.transition.reading.tables import Table

Read = TypeVar("Read")
MOST_ACTIVITIES = 2_000
MOST_FAULTS = 20
LONGEST_SPAN = timedelta(days=3660)
MILLION = 1_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file does not say: whose it is, both parties with their calendars, the zone and the start."""

    side: Side
    zone: str
    starts_us: int
    parties: tuple[Party, Party]

    @property
    def own(self) -> Party:
        return next(party for party in self.parties if party.side == self.side)


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """The plan, and in words what of the file has no place in one."""

    plan: Plan
    remarks: tuple[str, ...]


def read_offered(content: bytes, name: str, frame: Frame) -> OfferedFile:
    """What a file says, whatever its name claims. Raises PlanFileRefused, PlanRefused and what readers refuse.

    It is dated once, so that a plan that goes round in a ring is refused here and not later.
    """
    if len(content) > MOST_BYTES:
        raise PlanFileRefused(f"{name}: {len(content):,} bytes; a plan has at most {MOST_BYTES:,}")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        other = next(party for party in frame.parties if party.side != frame.side)
        mapped = plan_of(
            read_mspdi(content, name=name), zone=frame.own.calendar.zone, side=frame.side, other=other
        )
        found = OfferedFile(mapped.plan, mapped.remarks)
    else:
        found = OfferedFile(_Sheet(read_table(content, name), frame).plan(), ())
    if not found.plan.activities:
        raise PlanFileRefused(f"{name}: there is no activity in it")
    if len(found.plan.activities) > MOST_ACTIVITIES:
        raise PlanFileRefused(
            f"{name}: {len(found.plan.activities):,} activities; at most {MOST_ACTIVITIES:,} are compared"
        )
    schedule(found.plan)
    return replace(found, plan=_with_phases(found.plan))


def _with_phases(plan: Plan) -> Plan:
    """What stands under no phase stands under one of its own, so that it can be mapped like the others."""
    if all(one.step for one in plan.activities):
        return plan
    keys = {step.key for step in plan.steps}
    key = next(key for number in count() if (key := f"loose{number or ''}") not in keys)
    leads = {one.lead for one in plan.activities if not one.step}
    loose = Step(key, "Without a phase", leads.pop() if len(leads) == 1 else "joint")
    activities = tuple(one if one.step else replace(one, step=key) for one in plan.activities)
    return replace(plan, steps=(*plan.steps, loose), activities=activities)


class _Sheet:
    """A table as a plan; every fault is collected with its row and column before anything is refused."""

    def __init__(self, table: Table, frame: Frame) -> None:
        self._table, self._frame = table, frame
        self._columns = columns_of(table.heads)
        self._faults: list[str] = []
        if "name" not in self._columns:
            raise PlanFileRefused(
                f"{table.name}, row 1: no column names the activities; call it Activity, Task Name or Name"
            )
        self._ids = self._given_ids()
        self._steps: dict[str, Step] = {}
        self._open: dict[int, frozenset[date]] = {}

    def plan(self) -> Plan:
        """Raises PlanFileRefused with the first faults, PlanRefused."""
        frame = self._frame
        made = [self._activity(number, cells) for number, cells in self._table.rows]
        if self._faults:
            raise self._refused()
        activities = tuple(one for one in made if one is not None)
        return Plan(
            self._table.name, self._starts_us(activities), frame.zone, frame.parties, activities,
            tuple(self._steps.values()),
        )  # fmt: skip

    def _starts_us(self, activities: Sequence[Activity]) -> int:
        """A plan that begins before ours keeps its dates."""
        bounds = [one.not_before_us for one in activities if one.not_before_us is not None]
        return min([self._frame.starts_us, *bounds])

    def _refused(self) -> PlanFileRefused:
        shown = self._faults[:MOST_FAULTS]
        rest = len(self._faults) - len(shown)
        more = f"; and {rest} more" if rest else ""
        return PlanFileRefused(
            f"{self._table.name}: {'; '.join(shown)}{more}", [("file", fault) for fault in shown]
        )

    def _fault(self, number: int, meaning: str, said: object) -> None:
        head = self._table.heads[self._columns[meaning]]
        self._faults.append(f"row {number}, {head}: {said}")

    def _cell(self, cells: tuple[str, ...], meaning: str) -> str:
        place = self._columns.get(meaning)
        return "" if place is None else cells[place]

    def _given_ids(self) -> dict[int, str]:
        """By row; without a column of keys `r` and the number of the row."""
        found: dict[int, str] = {}
        first: dict[str, int] = {}
        for number, cells in self._table.rows:
            id_ = self._cell(cells, "key") or f"r{number}"
            if not _ID.fullmatch(id_):
                self._fault(number, "key", f"{id_[:40]!r}: a key is letters, digits, dots, dashes and _")
            elif id_ in first:
                self._fault(number, "key", f"{id_[:40]!r} stands in row {first[id_]} too")
            found[number] = id_
            first.setdefault(id_, number)
        return found

    def _activity(self, number: int, cells: tuple[str, ...]) -> Activity | None:
        name = self._cell(cells, "name")
        if not name:
            self._fault(number, "name", "is empty: name the activity, or remove the row")
            return None
        lead = self._lead(number, cells)
        estimate = self._estimate(number, cells)
        kind: Kind = "work"
        if self._is_milestone(cells) or not estimate.high.amount:
            kind, estimate = "milestone", Estimate.of(NOTHING)
        starts = self._day(number, cells, "starts")
        zone = self._frame.own.calendar.zone
        deadline, fixed = self._day(number, cells, "deadline"), self._day(number, cells, "fixed")
        try:
            return Activity(
                self._ids[number], name[:300], lead, estimate,
                links_of(self._cell(cells, "after"), frozenset(self._ids.values())), kind, self._step(cells, lead),
                not_before_us=_begin_us(starts, zone) if starts else None,
                fixed_us=_begin_us(fixed, zone) if fixed else None,
                deadline_us=_begin_us(deadline + A_DAY, zone) if deadline else None,
            )  # fmt: skip
        except ValueError as wrong:
            self._fault(number, "after", wrong)
        except PlanRefused as wrong:
            self._fault(number, "name", wrong)
        return None

    def _lead(self, number: int, cells: tuple[str, ...]) -> Lead:
        said = self._cell(cells, "lead").casefold()
        if said and said not in get_args(Lead):
            self._fault(number, "lead", f"{said[:40]!r}: write one of {', '.join(get_args(Lead))}")
        return next((lead for lead in get_args(Lead) if lead == said), self._frame.side)

    def _step(self, cells: tuple[str, ...], lead: Lead) -> str:
        name = self._cell(cells, "step")
        if not name:
            return ""
        known = self._steps.setdefault(name, Step(f"p{len(self._steps) + 1}", name, lead))
        if known.lead != lead:
            self._steps[name] = Step(known.key, name, "joint")
        return known.key

    def _day(self, number: int, cells: tuple[str, ...], meaning: str) -> date | None:
        return self._read(number, cells, meaning, day_of_text)

    def _read(
        self, number: int, cells: tuple[str, ...], meaning: str, read: Callable[[str], Read]
    ) -> Read | None:
        said = self._cell(cells, meaning)
        if not said:
            return None
        try:
            return read(said)
        except ValueError as wrong:
            self._fault(number, meaning, wrong)
            return None

    def _estimate(self, number: int, cells: tuple[str, ...]) -> Estimate:
        """The duration that is written, in one or three points; else the own working days from start to finish."""
        low, likely, high = (
            self._read(number, cells, meaning, length_of) for meaning in ("low", "likely", "high")
        )
        if likely is None and not self._cell(cells, "likely") and not self._is_milestone(cells):
            likely = self._between(number, cells)
        likely = likely or NOTHING
        try:
            return Estimate(low or likely, likely, high or likely)
        except PlanRefused as wrong:
            self._fault(number, "likely", wrong)
            return Estimate.of(NOTHING)

    def _is_milestone(self, cells: tuple[str, ...]) -> bool:
        return self._cell(cells, "kind").casefold() in {"milestone", "gate", "yes"}

    def _between(self, number: int, cells: tuple[str, ...]) -> Duration:
        starts, ends = self._day(number, cells, "starts"), self._day(number, cells, "ends")
        if starts is None or ends is None:
            if not self._cell(cells, "starts") or not self._cell(cells, "ends"):
                self._fault(number, "name", "has no duration: write 5d, or a start and a finish")
            return NOTHING
        if not starts <= ends < starts + LONGEST_SPAN:
            self._fault(number, "ends", "lies before its start, or over ten years after it")
            return NOTHING
        years = range(starts.year, ends.year + 1)
        days = sum(starts <= day <= ends for year in years for day in self._open_in(year))
        return Duration(days * MILLION, "d")

    def _open_in(self, year: int) -> frozenset[date]:
        """The own side's working days of a year, found once for all rows."""
        if year not in self._open:
            first, last = date(year, 1, 1), date(year, 12, 31)
            self._open[year] = open_days(compile_calendar(self._frame.own.calendar, first=first, last=last))
        return self._open[year]


def _begin_us(day: date, zone: str) -> int:
    return instant_of(datetime.combine(day, time(), zone_named(zone)))
