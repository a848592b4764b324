"""What a simulation says of one date: quantiles, a histogram of working days, the chance of keeping it; as sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import Share
from handfast.kernel.scheduling.calendars import day_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from handfast.kernel.scheduling.calendars import Worktime

QUANTILES = (10, 50, 80, 90)
MOST_BINS = 40


@dataclass(frozen=True, slots=True)
class Bin:
    """The runs that end in `(after_us, until_us]`; the first bin also holds its own begin."""

    after_us: int
    until_us: int
    runs: int


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """When one milestone, or the plan (`id` is None), is reached: the instants of all runs, in order.

    `likely_us` is the date of `schedule`, which takes every activity's likely duration and no risk.
    """

    id: str | None
    likely_us: int
    reached_us: NDArray[np.int64] = field(repr=False)

    @property
    def runs(self) -> int:
        return int(self.reached_us.size)

    def at(self, percent: int) -> int:
        """The least instant by which at least so many of a hundred runs are done."""
        needed = -(-percent * self.runs // 100)
        return int(self.reached_us[max(needed, 1) - 1])

    @property
    def quantiles(self) -> dict[int, int]:
        """P10, P50, P80 and P90."""
        return {percent: self.at(percent) for percent in QUANTILES}

    def share_by(self, instant_us: int) -> Share:
        """The runs that are done by an instant, of all."""
        return Share(int(np.searchsorted(self.reached_us, instant_us, side="right")), self.runs)

    @property
    def mean_us(self) -> int:
        """The mean instant, rounded down; summed from the first run's, since instants overflow together."""
        first = int(self.reached_us[0])
        return first + int((self.reached_us - first).sum()) // self.runs

    def histogram(self, worktime: Worktime, *, most_bins: int = MOST_BINS) -> tuple[Bin, ...]:
        """Bins of whole working days of a calendar, as few days each as give no more bins than asked.

        The first begins with the first run. Raises OutsideCalendar where the calendar was compiled too short.
        """
        first, last = (worktime.worked(int(self.reached_us[place])) for place in (0, -1))
        days = max(1, -(-(last - first) // (worktime.day_us * most_bins)))
        width = days * worktime.day_us
        count = max(1, -(-(last - first) // width))
        borders = [first + width * number for number in range(1, count)]
        edges = [int(self.reached_us[0])]
        edges += [worktime.finish_at(border) for border in borders]
        edges.append(max(int(self.reached_us[-1]), edges[-1]))
        done = np.searchsorted(self.reached_us, edges, side="right").tolist()
        done[0] = 0
        return tuple(
            Bin(edges[place], edges[place + 1], done[place + 1] - done[place]) for place in range(count)
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """How often a date is kept: a deadline, a fixed start, or the end once agreed in the baseline."""

    id: str
    kind: str
    wanted_us: int
    share: Share


def chances_sentence(chances: Chances, zone: str) -> str:
    """`Even odds by 7 July 2026, four chances in five by 20 July 2026; if all goes as likely, 1 July 2026`."""
    even, four_in_five, likely = (
        _day(instant, zone) for instant in (chances.at(50), chances.at(80), chances.likely_us)
    )
    odds = (
        f"Even odds and four chances in five by {even}"
        if even == four_in_five
        else f"Even odds by {even}, four chances in five by {four_in_five}"
    )
    share = chances.share_by(chances.likely_us)
    return f"{odds}; if everything takes as long as is likely, {likely} ({share_in_words(share)})."


def kept_sentence(kept: Kept, zone: str) -> str:
    """`The deadline of 3 July 2026 is kept in 7 runs of 10`, in hundredths where tenths are too rough."""
    named = {"deadline": "The deadline of", "fixed": "The fixed start on", "baseline": "The agreed end on"}
    return f"{named[kept.kind]} {_day(kept.wanted_us, zone)} is kept in {share_in_words(kept.share)}."


def share_in_words(share: Share) -> str:
    """`never`-free words for a share of runs: all runs, no run, or so many of a hundred, never rounded to all or none."""
    if share.numerator == share.denominator:
        return "all runs"
    if not share.numerator:
        return "no run"
    hundredths = Fraction(100 * share.numerator, share.denominator)
    if hundredths < 1:
        return "fewer than 1 run of 100"
    if hundredths > 99:  # noqa: PLR2004 - of a hundred
        return "more than 99 runs of 100"
    number = int(hundredths + Fraction(1, 2))
    return f"{number} run{'' if number == 1 else 's'} of 100"


def _day(instant_us: int, zone: str) -> str:
    """The day of the last moment before an instant: what ends at midnight ends on the day before it."""
    day = day_of(instant_us - 1, zone)
    return f"{day.day} {day:%B %Y}"
