"""One interval at a time: elapsed, due, open or not, next opening. `vectors` gives the same answers for many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from handfast.kernel.quantity import iso_of
from handfast.kernel.worktime.refusals import EndsBeforeStart, NegativeDuration, OutsideCalendar

if TYPE_CHECKING:
    from handfast.kernel.worktime.compiled import CompiledCalendar


def elapsed(calendar: CompiledCalendar, starts_us: int, ends_us: int) -> int:
    """Open microseconds of a half-open interval.

    Law: elapsed(a, c) = elapsed(a, b) + elapsed(b, c).
    """
    covers = calendar.covers
    if not covers.starts_us <= starts_us <= ends_us <= covers.ends_us:
        if ends_us < starts_us:
            raise EndsBeforeStart(f"the end {iso_of(ends_us)} lies before the start {iso_of(starts_us)}")
        outside = starts_us if not covers.starts_us <= starts_us <= covers.ends_us else ends_us
        raise OutsideCalendar(said_outside(calendar, outside))
    return _worked_before(calendar, ends_us) - _worked_before(calendar, starts_us)


def due_at(calendar: CompiledCalendar, starts_us: int, duration_us: int) -> int:
    """The least instant at which the time elapsed since `starts_us` reaches `duration_us`; for 0 the start."""
    if duration_us < 0:
        raise NegativeDuration(f"a duration of {duration_us} microseconds is never due: write 0 or more")
    if not calendar.covers.starts_us <= starts_us <= calendar.covers.ends_us:
        raise OutsideCalendar(said_outside(calendar, starts_us))
    if duration_us == 0:
        return starts_us
    target = _worked_before(calendar, starts_us) + duration_us
    # The sums begin with the 0 before the first opening, so the place found is one past the opening that reaches it.
    place = bisect_left(calendar.before_list, target) - 1
    if place >= len(calendar.opens_list):
        raise OutsideCalendar(said_never_due(calendar, starts_us, duration_us))
    return calendar.opens_list[place] + target - calendar.before_list[place]


def is_open(calendar: CompiledCalendar, instant_us: int) -> bool:
    """Whether the calendar is open at an instant that it covers."""
    if not calendar.covers.holds(instant_us):
        raise OutsideCalendar(said_outside(calendar, instant_us))
    place = bisect_right(calendar.opens_list, instant_us) - 1
    return place >= 0 and instant_us < calendar.opens_list[place] + calendar.lengths_list[place]


def next_opening(calendar: CompiledCalendar, instant_us: int) -> int:
    """The least open instant at or after this one: itself while the calendar is open."""
    if is_open(calendar, instant_us):
        return instant_us
    place = bisect_left(calendar.opens_list, instant_us)
    if place == len(calendar.opens_list):
        raise OutsideCalendar(
            f"no opening after {iso_of(instant_us)} before {iso_of(calendar.covers.ends_us)}, where the calendar ends"
        )
    return calendar.opens_list[place]


def _worked_before(calendar: CompiledCalendar, instant_us: int) -> int:
    place = bisect_right(calendar.opens_list, instant_us) - 1
    if place < 0:
        return 0
    worked = min(instant_us - calendar.opens_list[place], calendar.lengths_list[place])
    return calendar.before_list[place] + worked


def said_outside(calendar: CompiledCalendar, instant_us: int) -> str:
    """The sentence of a refusal: which instant, and what the calendar covers."""
    covers = calendar.covers
    return (
        f"{iso_of(instant_us)} lies outside of the compiled calendar, which covers "
        f"{iso_of(covers.starts_us)} to {iso_of(covers.ends_us)}: compile it for longer"
    )


def said_never_due(calendar: CompiledCalendar, starts_us: int, duration_us: int) -> str:
    """The sentence of a refusal: a duration that the calendar does not reach."""
    return (
        f"{duration_us} microseconds of working time from {iso_of(starts_us)} are not reached before "
        f"{iso_of(calendar.covers.ends_us)}, where the compiled calendar ends: compile it for longer"
    )
