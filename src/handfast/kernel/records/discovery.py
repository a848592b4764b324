"""The process that an event log shows: its activities, what directly follows what and after how long, and its variants."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.records import arrow_tables

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Int64s
    from handfast.kernel.records.log import EventLog

MOST_ACTIVITIES, MOST_EDGES, MOST_VARIANTS, EXAMPLES = 500, 2000, 20, 3
SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Activity:
    """`begins` and `ends` count cases; `count` above `cases` says that it is done again."""

    name: str
    count: int
    cases: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What directly follows what; times are whole elapsed seconds, cut off, percentiles by nearest rank."""

    before: str
    after: str
    count: int
    cases: int
    median_s: int
    ninth_tenth_s: int
    mean_s: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One order of activities, and how many cases went so."""

    steps: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """The most frequent first, equal ones by name; the three `…_in_all` say how many there are, kept or not."""

    events: int
    cases: int
    cases_with_repeats: int
    activities: tuple[Activity, ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    activities_in_all: int
    edges_in_all: int
    variants_in_all: int


@dataclass(frozen=True, slots=True)
class _Coded:
    """Events in canonical order as numbers; an activity's number is its place among the sorted names."""

    record: Int64s
    event: Int64s
    at: Int64s
    first: Int64s
    records: tuple[str, ...]
    names: tuple[str, ...]


def discovered(log: EventLog) -> ProcessMap:
    """The map of a log. Events of one case that share an instant stand in the log's canonical order."""
    coded = _coded(log)
    activities, repeats = _activities(coded)
    edges, edges_in_all = _edges(coded)
    variants, variants_in_all = _variants(coded)
    return ProcessMap(
        events=coded.event.size,
        cases=coded.first.size,
        cases_with_repeats=repeats,
        activities=activities,
        edges=edges,
        variants=variants,
        activities_in_all=len(coded.names),
        edges_in_all=edges_in_all,
        variants_in_all=variants_in_all,
    )


def _coded(log: EventLog) -> _Coded:
    record, records = arrow_tables.codes_of(log.events, "record")
    event, found = arrow_tables.codes_of(log.events, "event")
    names = tuple(sorted(found))
    places = {name: place for place, name in enumerate(names)}
    ranks = np.array([places[name] for name in found], dtype=np.int64)
    first = np.flatnonzero(np.diff(record, prepend=-1))
    return _Coded(record, ranks[event], arrow_tables.integers_of(log.events, "at"), first, records, names)


def _activities(coded: _Coded) -> tuple[tuple[Activity, ...], int]:
    size = len(coded.names)
    pairs = np.unique(coded.record * size + coded.event)
    count = np.bincount(coded.event, minlength=size)
    cases = np.bincount(pairs % max(size, 1), minlength=size)
    begins = np.bincount(coded.event[coded.first], minlength=size)
    ends = np.bincount(coded.event[_last(coded)], minlength=size)
    kept = np.argsort(-count, kind="stable")[:MOST_ACTIVITIES].tolist()
    told = tuple(
        Activity(coded.names[one], int(count[one]), int(cases[one]), int(begins[one]), int(ends[one]))
        for one in kept
    )
    events_a_case = np.bincount(coded.record, minlength=len(coded.records))
    kinds_a_case = np.bincount(pairs // max(size, 1), minlength=len(coded.records))
    return told, int((events_a_case > kinds_a_case).sum())


def _last(coded: _Coded) -> Int64s:
    if not coded.first.size:
        return coded.first
    return np.append(coded.first[1:], coded.event.size) - 1


def _edges(coded: _Coded) -> tuple[tuple[Edge, ...], int]:
    size = len(coded.names)
    before = np.flatnonzero(coded.record[1:] == coded.record[:-1])
    elapsed = coded.at[before + 1] - coded.at[before]
    keys, edge = np.unique(coded.event[before] * size + coded.event[before + 1], return_inverse=True)
    times = elapsed[np.lexsort((elapsed, edge))]
    count = np.bincount(edge, minlength=keys.size)
    starts = np.cumsum(count) - count
    pairs = np.unique(edge * len(coded.records) + coded.record[before])
    cases = np.bincount(pairs // max(len(coded.records), 1), minlength=keys.size)
    pair_starts = np.cumsum(cases) - cases
    told = []
    for one in np.argsort(-count, kind="stable")[:MOST_EDGES].tolist():
        own = times[starts[one] : starts[one] + count[one]]
        shown = pairs[pair_starts[one] : pair_starts[one] + min(int(cases[one]), EXAMPLES)]
        told.append(
            Edge(
                before=coded.names[int(keys[one]) // size],
                after=coded.names[int(keys[one]) % size],
                count=int(count[one]),
                cases=int(cases[one]),
                median_s=_rank_s(own, 50),
                ninth_tenth_s=_rank_s(own, 90),
                mean_s=_mean_s(own),
                examples=tuple(coded.records[int(pair) % len(coded.records)] for pair in shown),
            )
        )
    return tuple(told), int(keys.size)


def _rank_s(ascending: Int64s, percent: int) -> int:
    """The nearest rank: the least time that so many percent do not exceed."""
    return int(ascending[-(-ascending.size * percent // 100) - 1]) // SECOND_US


def _mean_s(times: Int64s) -> int:
    """Seconds and the rest are summed apart: a sum of microseconds could outgrow its 64 bits."""
    whole, rest = int((times // SECOND_US).sum()), int((times % SECOND_US).sum())
    return (whole * SECOND_US + rest) // (SECOND_US * times.size)


def _variants(coded: _Coded) -> tuple[tuple[Variant, ...], int]:
    """Big-endian bytes of the names' places sort as the names do, so that no variant is decoded to be compared."""
    octets, width = coded.event.astype(">u4").tobytes(), 4
    bounds = (np.append(coded.first, coded.event.size) * width).tolist()
    ways = Counter(octets[begin:end] for begin, end in itertools.pairwise(bounds))
    kept = sorted(ways.items(), key=lambda way: (-way[1], way[0]))[:MOST_VARIANTS]
    return tuple(
        Variant(tuple(coded.names[place] for place in np.frombuffer(way, ">u4").tolist()), cases)
        for way, cases in kept
    ), len(ways)
