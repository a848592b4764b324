"""The time scale of the plan's picture: days from left to right, heads that fit the zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from handfast.foundation.web.shapes import UNIT, label, line
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.foundation.web.shapes import Label, Line

Zoom = Literal["hours", "days", "weeks", "quarters"]
# Units of the drawing for one day.
DAY_WIDTH: dict[str, int] = {"hours": 240 * UNIT, "days": 30 * UNIT, "weeks": 750, "quarters": 200}
HOUR_STEP, HOURS = 3, 24
DAY_S = 86_400
A_DAY = timedelta(days=1)
BEFORE, AFTER = timedelta(days=7), timedelta(days=28)
HEAD_HEIGHT = 44 * UNIT
UPPER, LOWER = 15 * UNIT, 35 * UNIT
INSET, LETTER = 5 * UNIT, 8 * UNIT
LONGEST_DAYS = 3_700
SATURDAY = 5
# The narrowest day that leaves room for the number of each week, and for the name of each month.
NARROWEST_OF_WEEKS, NARROWEST_OF_MONTHS = 300, 110
FOUR_QUARTERS, TWELVE_MONTHS = (1, 4, 7, 10), range(1, 13)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """From the Monday before `first` to some weeks after `last`; hours are those of `zone`.

    `fitted` is the width of a day where the whole must fit a sheet of paper; 0 where the zoom says it.
    """

    first: date
    last: date
    zoom: Zoom
    zone: str
    fitted: int = 0

    @classmethod
    def around(cls, first: date, last: date, zoom: Zoom, zone: str) -> TimeScale:
        """The scale that holds these days with room around them; ten years at most."""
        begin = first - BEFORE
        begin -= timedelta(days=begin.weekday())
        end = min(last + AFTER, begin + timedelta(days=LONGEST_DAYS))
        return cls(begin, end, zoom, zone)

    @classmethod
    def fitting(cls, first: date, last: date, width: int, zone: str) -> TimeScale:
        """The scale that holds these days in a width; its heads name weeks where there is room for them."""
        wide = cls.around(first, last, "weeks", zone)
        day = width // (wide.last - wide.first).days
        zoom: Zoom = "weeks" if day >= NARROWEST_OF_WEEKS else "quarters"
        return replace(wide, zoom=zoom, fitted=max(day, 1))

    @property
    def width(self) -> int:
        return self.x(self.last)

    @property
    def day_width(self) -> int:
        return self.fitted or DAY_WIDTH[self.zoom]

    def x(self, day: date) -> int:
        """Where a day begins, in hundredths of a unit."""
        return max((day - self.first).days, 0) * self.day_width

    def x_at(self, instant: datetime) -> int:
        """Where an instant lies, by the clock of the zone; a day whose clock changes is as wide as any."""
        local = instant.astimezone(zone_named(self.zone))
        seconds = (local.hour * 60 + local.minute) * 60 + local.second
        return self.x(local.date()) + self.day_width * seconds // DAY_S

    def middle(self, day: date) -> int:
        """The middle of a day: where a milestone stands."""
        return self.x(day) + self.day_width // 2

    def heads(self) -> tuple[Label, ...]:
        """Months above, days below; at quarters years above and months below, at hours days above.

        One that would be cut at the right edge is left out.
        """
        upper = [(x, UPPER, text, "hf-gantt-head") for x, text in self._upper()]
        lower = [(x, LOWER, text, "hf-gantt-day") for x, text in self._lower()]
        return tuple(
            label(x + INSET, y, text, css)
            for x, y, text, css in (*upper, *lower)
            if x + INSET + len(text) * LETTER <= self.width
        )

    def grid(self, height: int) -> tuple[Line, ...]:
        """A line where each upper head begins."""
        return tuple(line(x, 0, x, height, "hf-gantt-grid") for x, _ in self._upper())

    def days(self) -> Iterator[date]:
        for step in range((self.last - self.first).days):
            yield self.first + step * A_DAY

    def _upper(self) -> Iterator[tuple[int, str]]:
        for day in self.days():
            if self.fitted and day == self.first:
                yield from self._opening()
            elif self.zoom == "hours":
                yield self.x(day), f"{day:%a} {day.day} {day:%B}"
            elif self.zoom == "quarters" and (day.month, day.day) == (1, 1):
                yield self.x(day), str(day.year)
            elif self.zoom != "quarters" and day.day == 1:
                yield self.x(day), f"{day:%B}" if day.month > 1 else f"{day:%B %Y}"

    def _lower(self) -> Iterator[tuple[int, str]]:
        months = FOUR_QUARTERS if self.day_width < NARROWEST_OF_MONTHS else TWELVE_MONTHS
        for day in self.days():
            if self.zoom == "hours":
                if day.weekday() < SATURDAY:
                    yield from self._hours_of(day)
            elif {
                "days": True,
                "weeks": day.weekday() == 0,
                "quarters": day.day == 1 and day.month in months,
            }[self.zoom]:
                yield self.x(day), f"{day:%b}" if self.zoom == "quarters" else str(day.day)

    def _opening(self) -> Iterator[tuple[int, str]]:
        """What the first day is of, where the next head leaves room for it: paper is not scrolled."""
        is_quarters = self.zoom == "quarters"
        text = str(self.first.year) if is_quarters else f"{self.first:%B %Y}"
        rest = (next_head(self.first, is_year=is_quarters) - self.first).days * self.day_width
        if rest >= len(text) * LETTER + 2 * INSET:
            yield 0, text

    def _hours_of(self, day: date) -> Iterator[tuple[int, str]]:
        for hour in range(0, HOURS, HOUR_STEP):
            yield self.x(day) + hour * self.day_width // HOURS, f"{hour:02d}"


def next_head(day: date, *, is_year: bool) -> date:
    """The first day of the next year, or of the next month."""
    if is_year:
        return date(day.year + 1, 1, 1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
