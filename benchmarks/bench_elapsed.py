"""Working time of many intervals: one by one, all at once and as a command, beside the two libraries on PyPI for it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from business_duration import businessDuration
from businesstimedelta import HolidayRule, Rules, WorkDayRule

from handfast.kernel.quantity import moment_of
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.reckoning import elapsed
from handfast.kernel.worktime.vectors import elapsed_many
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from handfast.kernel.worktime.compiled import CompiledCalendar

RUNS = 5
RECORDS, SLOW_RECORDS = 1_000_000, 400
FIRST_SECOND, YEARS_S = 1_577_836_800, 4 * 365 * 86_400
LONGEST_S = 14 * 86_400
HANDFAST = Path(sys.executable).parent / "handfast"
CALENDAR = '{"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": {"country": "NL"}}'


def main() -> None:
    """Print one line a way, the median of five runs, after all of them gave the same answers."""
    calendar = compile_calendar(
        WrittenCalendar.model_validate_json(CALENDAR), first=date(2019, 12, 1), last=date(2024, 12, 31)
    )
    rng = np.random.default_rng(1)
    starts = (FIRST_SECOND + rng.integers(0, YEARS_S, RECORDS)) * 1_000_000
    ends = starts + rng.integers(0, LONGEST_S, RECORDS) * 1_000_000
    pairs = list(zip(starts[:100_000].tolist(), ends[:100_000].tolist(), strict=True))
    moments = [(moment_of(begin), moment_of(end)) for begin, end in pairs[:SLOW_RECORDS]]
    truth = elapsed_many(calendar, starts, ends)[:SLOW_RECORDS] // 1_000_000

    rules, days = _rules(calendar), [day for day, _ in calendar.closed_days]
    ways: list[tuple[str, int, Callable[[], object]]] = [
        ("businesstimedelta", SLOW_RECORDS, lambda: _by_rules(rules, moments)),
        ("business-duration", SLOW_RECORDS, lambda: _by_duration(days, moments)),
        ("handfast, one by one", len(pairs), lambda: [elapsed(calendar, begin, end) for begin, end in pairs]),
        ("handfast, all at once", RECORDS, lambda: elapsed_many(calendar, starts, ends)),
    ]
    medians = {name: _median(way) / records for name, records, way in ways}
    agreeing = {
        "businesstimedelta": int((np.array(_by_rules(rules, moments)) == truth).sum()),
        "business-duration": int((np.array(_by_duration(days, moments)) == truth).sum()),
    }
    print("| way | records | microseconds a record | times slower than all at once | same answer |")
    print("|---|---|---|---|---|")
    for name, records, _ in ways:
        same = f"{agreeing[name]} of {SLOW_RECORDS}" if name in agreeing else "is the measure"
        times = medians[name] / medians["handfast, all at once"]
        print(f"| {name} | {records:,} | {medians[name] * 1e6:,.3f} | {times:,.0f} | {same} |")
    print(
        f"\n`handfast elapsed`, {RECORDS:,} rows from CSV to CSV: {_command(starts, ends):.2f} s with process start."
    )


def _rules(calendar: CompiledCalendar) -> Rules:
    office = WorkDayRule(start_time=clock_time(9), end_time=clock_time(17), working_days=[0, 1, 2, 3, 4])
    return Rules([office, HolidayRule(dict(calendar.closed_days))])


def _by_rules(rules: Rules, moments: Sequence[tuple[datetime, datetime]]) -> list[int]:
    worked = [rules.difference(begin, end) for begin, end in moments]
    return [int(delta.hours * 3600 + delta.seconds) for delta in worked]


def _by_duration(days: list[date], moments: Sequence[tuple[datetime, datetime]]) -> list[int]:
    ends = (clock_time(9), clock_time(17))
    return [
        round(
            businessDuration(
                begin.replace(tzinfo=None), end.replace(tzinfo=None), *ends, holidaylist=days, unit="sec"
            )
        )
        for begin, end in moments
    ]


def _median(way: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        way()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _command(starts: np.ndarray, ends: np.ndarray) -> float:
    """The whole command on varied years: the same lengths, spread over six decades."""
    spread = starts * 13 % (60 * 365 * timedelta(days=1) // timedelta(microseconds=1))
    stamps = [
        np.datetime_as_string(part.astype("M8[us]"), unit="s") for part in (spread, spread + ends - starts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        table, written, out = (Path(folder) / name for name in ("intervals.csv", "calendar.yaml", "out.csv"))
        rows = [f"{number},{begin}Z,{end}Z" for number, (begin, end) in enumerate(zip(*stamps, strict=True))]
        table.write_text("\n".join(["record,start,end", *rows, ""]))
        written.write_text(CALENDAR)
        typed = [HANDFAST, "elapsed", written, table, "--out", out]
        return _median(lambda: subprocess.run(typed, check=True))


if __name__ == "__main__":
    main()
