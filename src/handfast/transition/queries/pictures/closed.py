"""Closed days behind the plan: whose they are by their hatch, and in a row at a site what is different there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from handfast.foundation.web.shapes import Box
    from handfast.transition.queries.closed import Closed
    from handfast.transition.queries.pictures.timescale import TimeScale

WHOSE = ("both", "client", "provider")


def closed_boxes(scale: TimeScale, closed: Closed, top: int, height: int) -> Iterator[Box]:
    """Days closed for both in flat grey, for one side hatched its way; runs of days as one box."""
    for whose in WHOSE:
        for run in _runs(scale, closed[whose]):
            yield _box(scale, run, (top, height), f"hf-gantt-closed hf-gantt-closed--{whose}")


def site_boxes(
    scale: TimeScale,
    closed: Closed,
    here: Closed,
    top: int,
    height: int,
) -> Iterator[Box]:
    """In one row, the days that are closed otherwise at its site than elsewhere: wiped, then hatched anew."""
    differing = frozenset(day for whose in WHOSE for day in closed[whose] ^ here[whose])
    for run in _runs(scale, differing):
        yield _box(scale, run, (top, height), "hf-gantt-site")
    yield from closed_boxes(scale, {whose: here[whose] & differing for whose in WHOSE}, top, height)


def _runs(scale: TimeScale, days: Iterable[date]) -> Iterator[Sequence[date]]:
    """The days of the scale that are among these, as runs without a gap."""
    wanted = frozenset(days)
    run: list[date] = []
    for day in scale.days():
        if day in wanted:
            run.append(day)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _box(scale: TimeScale, run: Sequence[date], place: tuple[int, int], css: str) -> Box:
    top, height = place
    return box((scale.x(run[0]), top, len(run) * scale.day_width, height), css)
