"""The process that a log shows, against a plain count of the same events that shares no code with it."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.factories.logs import desk_log, event_log
from tests.kernel.records.test_real_logs import XES, imported

from handfast.kernel.records.discovery import MOST_EDGES, MOST_VARIANTS, discovered

if TYPE_CHECKING:
    from handfast.kernel.records.log import EventLog

EVENTS = some.lists(
    some.fixed_dictionaries(
        {
            "record": some.sampled_from(["L-1", "L-2", "L-3", "L-4"]),
            "at": some.integers(-3_000_000, 400_000_000),
            "event": some.sampled_from(["created", "wait", "solved", "ż"]),
        }
    ),
    max_size=40,
)


def plainly(log: EventLog) -> dict[str, Any]:
    """Every figure counted case by case."""
    traces: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in log.events.to_pylist():
        traces[row["record"]].append((row["at"], row["event"]))
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    whose: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case, trace in traces.items():
        for (at, one), (later, other) in itertools.pairwise(trace):
            times[one, other].append(later - at)
            if case not in whose[one, other]:
                whose[one, other].append(case)
    activities = {
        name: (
            sum(event == name for trace in traces.values() for _, event in trace),
            sum(any(event == name for _, event in trace) for trace in traces.values()),
            sum(trace[0][1] == name for trace in traces.values()),
            sum(trace[-1][1] == name for trace in traces.values()),
        )
        for name in {event for trace in traces.values() for _, event in trace}
    }
    edges = {
        pair: (
            len(found), len(whose[pair]), rank(found, Fraction(1, 2)), rank(found, Fraction(9, 10)),
            math.floor(Fraction(sum(found), len(found) * 1_000_000)), tuple(whose[pair][:3]),
        )
        for pair, found in times.items()
    }  # fmt: skip
    repeats = sum(len({event for _, event in trace}) < len(trace) for trace in traces.values())
    variants = Counter(tuple(event for _, event in trace) for trace in traces.values())
    return {"activities": activities, "edges": edges, "variants": variants, "repeats": repeats}


def rank(times: list[int], share: Fraction) -> int:
    return math.floor(Fraction(sorted(times)[math.ceil(share * len(times)) - 1], 1_000_000))


def agrees(log: EventLog) -> bool:
    """Whether every figure of the map is the plain one, in the order that is promised."""
    found, plain = discovered(log), plainly(log)
    edges = sorted(plain["edges"].items(), key=lambda one: (-one[1][0], one[0]))
    activities = sorted(plain["activities"].items(), key=lambda one: (-one[1][0], one[0]))
    variants = sorted(plain["variants"].items(), key=lambda one: (-one[1], one[0]))
    assert found.edges_in_all == len(edges)
    assert found.variants_in_all == len(variants)
    assert found.cases_with_repeats == plain["repeats"]
    assert [
        (one.name, (one.count, one.cases, one.begins, one.ends)) for one in found.activities
    ] == activities
    assert [
        (
            (one.before, one.after),
            (one.count, one.cases, one.median_s, one.ninth_tenth_s, one.mean_s, one.examples),
        )
        for one in found.edges
    ] == edges[:MOST_EDGES]
    return [(one.steps, one.cases) for one in found.variants] == variants[:MOST_VARIANTS]


@given(EVENTS)
def test_map_says_what_a_plain_count_says(events: list[dict[str, Any]]) -> None:
    assert agrees(event_log(events))


def test_events_of_one_instant_follow_each_other_by_name() -> None:
    found = discovered(desk_log("L-1 | 2026-03-02T10:00 | wait", "L-1 | 2026-03-02T10:00 | created"))
    assert [(one.before, one.after, one.mean_s) for one in found.edges] == [("created", "wait", 0)]


def test_log_without_events_has_an_empty_map() -> None:
    found = discovered(event_log([]))
    assert (found.events, found.cases, found.activities, found.edges, found.variants) == (0, 0, (), (), ())


def test_times_of_centuries_do_not_outgrow_their_sum() -> None:
    life = 8_000_000_000_000_000_000
    events = [
        {"record": f"L-{case}", "at": at, "event": name}
        for case in range(4)
        for at, name in ((0, "a"), (life, "b"))
    ]
    assert discovered(event_log(events)).edges[0].mean_s == life // 1_000_000


@pytest.mark.parametrize("place", ["italian_helpdesk", "permit_receipts"])
def test_real_log_says_what_a_plain_count_says(place: str) -> None:
    assert agrees(imported(f"tickets/{place}.csv.gz", XES).log)
