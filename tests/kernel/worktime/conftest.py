"""The oracle of working time: what `zdump` says of every zone, and minutes counted one by one.

It shares no code with what it judges: offsets come from the C library's `zdump`, windows are read by its own few
lines, and a minute is open if the wall clock shows an open minute.
"""

from __future__ import annotations

import calendar
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_YEAR, LAST_YEAR = 2020, 2035
DAY_MIN = 1440
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LINE_BEGINS = date(2019, 12, 25)
LINE_ENDS = date(2036, 1, 8)
_LINE = re.compile(r"(\S+)\s+\w+ (\w+ +\d+ [\d:]+ \d+) UT = .* gmtoff=(-?\d+)")


@dataclass(frozen=True)
class Behaviour:
    """What all names of one group do: the offset at first, then (instant, new offset), in minutes."""

    names: tuple[str, ...]
    first_offset: int
    changes: tuple[tuple[int, int], ...]

    def local(self, minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The wall clock, in minutes since 1970-01-01T00:00 local, at minutes UTC."""
        shown = minutes + self.first_offset
        before = self.first_offset
        for instant, offset in self.changes:
            shown = shown + np.where(minutes >= instant, offset - before, 0)
            before = offset
        return shown


def tzif_folder() -> Path:
    return Path(str(files("tzdata").joinpath("zoneinfo")))


def zone_list() -> list[str]:
    return files("tzdata").joinpath("zones").read_text("ascii").split()


def _minutes(text: str) -> int:
    moment = datetime.strptime(f"{text} +0000", "%b %d %H:%M:%S %Y %z")
    return calendar.timegm(moment.timetuple()) // 60


def _zdump(flag: str, names: list[str]) -> str:
    folder = tzif_folder()
    wanted = ["zdump", flag, "-c", f"{FIRST_YEAR},{LAST_YEAR + 1}", *(str(folder / name) for name in names)]
    return subprocess.run(wanted, capture_output=True, text=True, check=True).stdout


def _behaviour_of_changing(names: list[str]) -> dict[str, tuple[int, tuple[tuple[int, int], ...]]]:
    """From `zdump -v`: the last second before and the first after each change."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in _zdump("-v", names).splitlines():
        match = _LINE.match(line)
        if match:
            name = str(Path(match[1]).relative_to(tzif_folder()))
            seen[name].append((_minutes(match[2]), int(match[3]) // 60))
    found = {}
    for name, lines in seen.items():
        pairs = list(zip(lines[0::2], lines[1::2], strict=True))
        changes = tuple(after for before, after in pairs if after[1] != before[1])
        found[name] = (lines[0][1], changes)
    return found


def _offset_of_fixed(names: list[str]) -> dict[str, int]:
    """From `zdump -i`: the one offset of a zone that does not change in these years."""
    found = {}
    for block in _zdump("-i", names).strip().split("\n\n"):
        title, first, *_ = block.splitlines()
        hours, minutes = int(first.split("\t")[2][:3]), int(first.split("\t")[2][3:5] or "0")
        sign = -1 if first.split("\t")[2].startswith("-") else 1
        found[str(Path(title[4:-1]).relative_to(tzif_folder()))] = hours * 60 + sign * minutes
    return found


@pytest.fixture(scope="session")
def behaviours() -> list[Behaviour]:
    """Every distinct behaviour of the IANA zones from 2020 to 2035, with the names that share it."""
    if shutil.which("zdump") is None:
        pytest.skip("zdump is not installed: it comes with the package libc-bin")
    names = zone_list()
    changing = _behaviour_of_changing(names)
    fixed = _offset_of_fixed([name for name in names if name not in changing])
    groups: dict[Any, list[str]] = defaultdict(list)
    for name in names:
        groups[changing.get(name) or (fixed[name], ())].append(name)
    return [Behaviour(tuple(names), first, changes) for (first, changes), names in groups.items()]


def _minutes_written(text: str) -> tuple[int, int]:
    begin, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return begin, end if end > begin else end + DAY_MIN


def _week_written(hours: dict[str, list[str]]) -> list[list[tuple[int, int]]]:
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for key, texts in hours.items():
        ends = key.split("-")
        place, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        week[place] = [_minutes_written(text) for text in texts]
        while place != last:
            place = (place + 1) % 7
            week[place] = [_minutes_written(text) for text in texts]
    return week


class MinuteLine:
    """The wall clock from 2019-12-25 to 2036-01-08, one truth value a minute, for a calendar as plain values."""

    def __init__(self, written: dict[str, Any]) -> None:
        week = _week_written(written["hours"])
        holidays = written.get("holidays", {})
        self.begins = (LINE_BEGINS - date(1970, 1, 1)).days * DAY_MIN
        self.is_open = np.zeros(((LINE_ENDS - LINE_BEGINS).days + 2) * DAY_MIN, dtype=bool)
        for number in range((LINE_ENDS - LINE_BEGINS).days):
            day = LINE_BEGINS + timedelta(days=number)
            windows = [] if day.isoformat() in holidays.get("add", {}) else week[day.weekday()]
            if day.isoformat() in holidays.get("half", {}):
                windows = [_minutes_written(text) for text in holidays["half"][day.isoformat()]]
            for begin, end in windows:
                self.is_open[number * DAY_MIN + begin : number * DAY_MIN + end] = True

    def shown_open(self, local: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the calendar is open while the wall clock shows these minutes."""
        return self.is_open[local - self.begins]


@pytest.fixture(scope="session")
def minute_line() -> type[MinuteLine]:
    return MinuteLine
