"""The time scale of the plan's picture: days from left to right, heads that fit the zoom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from handfast.foundation.web.shapes import UNIT, label, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.foundation.web.shapes import Label, Line

Zoom = Literal["days", "weeks", "quarters"]
# Units of the drawing for one day.
DAY_WIDTH: dict[str, int] = {"days": 30 * UNIT, "weeks": 750, "quarters": 200}
A_DAY = timedelta(days=1)
A_WEEK = 7
BEFORE, AFTER = timedelta(days=7), timedelta(days=28)
HEAD_HEIGHT = 44 * UNIT
UPPER, LOWER = 15 * UNIT, 35 * UNIT
INSET = 5 * UNIT
LONGEST_DAYS = 3_700


@dataclass(frozen=True, slots=True)
class TimeScale:
    """From the Monday before `first` to some weeks after `last`."""

    first: date
    last: date
    zoom: Zoom

    @classmethod
    def around(cls, first: date, last: date, zoom: Zoom) -> TimeScale:
        """The scale that holds these days with room around them; ten years at most."""
        begin = first - BEFORE
        begin -= timedelta(days=begin.weekday())
        end = min(last + AFTER, begin + timedelta(days=LONGEST_DAYS))
        return cls(begin, end, zoom)

    @property
    def width(self) -> int:
        return self.x(self.last)

    def x(self, day: date) -> int:
        """Where a day begins, in hundredths of a unit."""
        return max((day - self.first).days, 0) * DAY_WIDTH[self.zoom]

    def middle(self, day: date) -> int:
        """The middle of a day: where a milestone stands."""
        return self.x(day) + DAY_WIDTH[self.zoom] // 2

    def heads(self) -> tuple[Label, ...]:
        """Months above, days below; at quarters years above and months below."""
        upper = [label(x + INSET, UPPER, text, "hf-gantt-head") for x, text in self._upper()]
        lower = [label(x + INSET, LOWER, text, "hf-gantt-day") for x, text in self._lower()]
        return (*upper, *lower)

    def grid(self, height: int) -> tuple[Line, ...]:
        """A line where each upper head begins."""
        return tuple(line(x, 0, x, height, "hf-gantt-grid") for x, _ in self._upper())

    def days(self) -> Iterator[date]:
        for step in range((self.last - self.first).days):
            yield self.first + step * A_DAY

    def _upper(self) -> Iterator[tuple[int, str]]:
        is_by_year = self.zoom == "quarters"
        for day in self.days():
            if is_by_year and (day.month, day.day) == (1, 1):
                yield self.x(day), str(day.year)
            elif not is_by_year and day.day == 1:
                yield self.x(day), f"{day:%B}" if day.month > 1 else f"{day:%B %Y}"

    def _lower(self) -> Iterator[tuple[int, str]]:
        for day in self.days():
            is_shown = {"days": True, "weeks": day.weekday() == 0, "quarters": day.day == 1}[self.zoom]
            if is_shown:
                yield self.x(day), f"{day:%b}" if self.zoom == "quarters" else str(day.day)
