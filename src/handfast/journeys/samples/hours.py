"""The hours in which a desk works, as whole seconds since 1970, and moving forward inside them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from handfast.kernel.worktime.zones import zone_named

HOUR = 3600
DAY = timedelta(days=1)


def second_of(day: date, hour: int, zone: str, minute: int = 0) -> int:
    """The instant of a wall-clock time; an hour of 24 is the next midnight."""
    if hour == 24:  # noqa: PLR2004 - the end of a day, as people write it
        return second_of(day + DAY, 0, zone)
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_named(zone)).timestamp())


def days_of(first: date, end: date) -> list[date]:
    """The days from `first` up to and without `end`."""
    return [first + DAY * number for number in range((end - first).days)]


@dataclass(frozen=True, slots=True)
class Hours:
    """Open stretches, in order and apart from each other."""

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]

    @classmethod
    def of(cls, stretches: list[tuple[int, int]]) -> Hours:
        """Stretches in any order; those that touch or overlap become one."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        lengths = [end - start for start, end in joined]
        return cls(
            tuple(start for start, _ in joined),
            tuple(end for _, end in joined),
            (0, *accumulate(lengths)),
        )

    def worked_until(self, at: int) -> int:
        """The open seconds before an instant."""
        place = bisect_right(self.opens, at) - 1
        if place < 0:
            return 0
        return self.before[place] + min(at, self.closes[place]) - self.opens[place]

    def worked(self, start: int, end: int) -> int:
        return self.worked_until(end) - self.worked_until(start)

    def later(self, at: int, seconds: int) -> int:
        """The instant at which so many open seconds have passed since `at`."""
        aim = self.worked_until(at) + seconds
        place = min(bisect_right(self.before, aim) - 1, len(self.opens) - 1)
        return self.opens[place] + aim - self.before[place]
