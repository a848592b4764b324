"""What the page of a process shows in words and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.records.discovery import Edge, ProcessMap, Variant

HEADS = ("from", "to", "times", "cases", "median_seconds", "p90_seconds", "mean_seconds", "example_cases")
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One edge with its times as people read them."""

    edge: Edge
    share: str
    median: str
    ninth_tenth: str
    mean: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One order of activities with its share of all cases."""

    variant: Variant
    share: str


def process_sentence(told: ProcessMap | None) -> str:
    """What the page opens with."""
    if told is None or not told.cases:
        return "No events stand here yet."
    first = told.variants[0]
    return (
        f"{told.cases:,} cases went {told.variants_in_all:,} ways through {told.activities_in_all:,} activities; "
        f"the most frequent way took {percent(first.cases, told.cases)} of them, and "
        f"{percent(told.cases_with_repeats, told.cases)} did something again."
    )


def edge_rows(edges: Iterable[Edge], cases: int) -> list[EdgeRow]:
    return [
        EdgeRow(one, percent(one.cases, cases), span(one.median_s), span(one.ninth_tenth_s), span(one.mean_s))
        for one in edges
    ]


def variant_rows(told: ProcessMap) -> list[VariantRow]:
    return [VariantRow(one, percent(one.cases, told.cases)) for one in told.variants]


def edge_cells(edge: Edge) -> list[Any]:
    """One edge as the export tells it."""
    return [
        edge.before, edge.after, edge.count, edge.cases, edge.median_s, edge.ninth_tenth_s, edge.mean_s,
        ", ".join(edge.examples),
    ]  # fmt: skip


def percent(part: int, whole: int) -> str:
    """A share with one decimal, rounded half up in whole numbers."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def span(seconds: int) -> str:
    """Elapsed time in its two largest units: '3 d 4 h', '2 h 05 min', '40 s'."""
    if seconds >= DAY:
        return f"{seconds // DAY:,} d {seconds % DAY // HOUR} h"
    if seconds >= HOUR:
        return f"{seconds // HOUR} h {seconds % HOUR // MINUTE:02} min"
    return f"{seconds // MINUTE} min {seconds % MINUTE:02} s" if seconds >= MINUTE else f"{seconds} s"
