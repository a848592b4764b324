"""Calendars for many runs give what a calendar gives for one, however their openings lie."""

from __future__ import annotations

from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.kernel.quantity import Span
from handfast.kernel.scheduling.calendars import Worktime
from handfast.kernel.scheduling.simulate_calendars import MOST_STEPS, Places, RunsWorktime
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.refusals import OutsideCalendar

COVERS = Span(-50, 10**12)


def worktime_of(steps: list[tuple[int, int]]) -> Worktime:
    """A calendar of (closed, open) lengths in turn."""
    ends = np.cumsum(np.array(steps, np.int64).reshape(-1))
    return Worktime("drawn", CompiledCalendar(str(UTC), COVERS, ends[0::2], ends[1::2], ()), 10)


openings = st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=40)


@given(openings, st.data())
@settings(max_examples=150, deadline=None)
def test_every_conversion_of_many_equals_that_of_one(
    steps: list[tuple[int, int]], data: st.DataObject
) -> None:
    worktime = worktime_of(steps)
    many, total = RunsWorktime(worktime), sum(length for _, length in steps)
    last = sum(map(sum, steps))
    instants = data.draw(st.lists(st.integers(-50, last + 50), min_size=1, max_size=30))
    assert many.worked(np.array(instants)).tolist() == [worktime.worked(one) for one in instants]
    worked = data.draw(st.lists(st.integers(0, total - 1), min_size=1, max_size=30))
    edges = [one for one in worktime.before if 0 <= one < total]
    assert many.start_at(np.array(worked + edges)).tolist() == [
        worktime.start_at(one) for one in worked + edges
    ]
    done = [one + 1 for one in worked] + worktime.before[1:]
    assert many.finish_at(np.array(done)).tolist() == [worktime.finish_at(one) for one in done]


def test_edges_far_denser_than_their_buckets_are_found_all_the_same() -> None:
    edges = np.concatenate([np.arange(100), [10**9]]).astype(np.int64)
    places = Places(edges)
    assert places._steps > MOST_STEPS
    values = np.array([0, 1, 57, 99, 100, 10**9 - 1, 10**9, 10**10])
    assert places.of(values).tolist() == [0, 1, 57, 99, 99, 99, 100, 100]


@pytest.mark.parametrize(
    ("asked", "value"),
    [("worked", -51), ("worked", 10**12 + 1), ("start_at", -1), ("start_at", 5), ("finish_at", 0), ("finish_at", 6)],
)  # fmt: skip
def test_outside_of_the_calendar_is_refused_as_for_one(asked: str, value: int) -> None:
    worktime = worktime_of([(10, 5)])
    for one in (worktime, RunsWorktime(worktime)):
        with pytest.raises(OutsideCalendar):
            getattr(one, asked)(value if one is worktime else np.array([0, 1, value]))


def test_calendar_that_never_opens_works_nothing_and_is_never_done() -> None:
    empty = np.zeros(0, np.int64)
    worktime = Worktime("closed", CompiledCalendar("UTC", COVERS, empty, empty, ()), 10)
    many = RunsWorktime(worktime)
    assert many.worked(np.array([0, 7])).tolist() == [0, 0]
    for asked in (many.start_at, many.finish_at):
        with pytest.raises(OutsideCalendar):
            asked(np.array([0]))
