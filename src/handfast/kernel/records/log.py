"""The two normalised logs: events of records, and totals of intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from handfast.kernel.records.arrow_tables import Table

EVENT_COLUMNS = ("record", "at", "sequence", "event")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of the log after the four fixed ones; with `digits` a scaled integer, else text."""

    name: str
    taken_at: Literal["start", "stop", "last"]
    digits: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """A summable column of an interval log: a scaled integer."""

    name: str
    digits: int


@dataclass(frozen=True, slots=True)
class EventLog:
    """Events in canonical order (record, at, sequence with none first, event, attributes), each once.

    `events`: record string, at int64 (microseconds UTC), sequence int64 or null, event string, then the
    attributes by name. `digest`: SHA-256 of the canonical CSV text of `events`.
    """

    source: str
    attributes: tuple[Attribute, ...]
    events: Table
    digest: str
    ties: tuple[str, ...]
    has_sequence: bool


@dataclass(frozen=True, slots=True)
class IntervalLog:
    """Interval totals in canonical order (at, keys), one row for each interval and keys.

    `rows`: at int64 (microseconds UTC, where the interval starts), keys string, totals int64, by name.
    """

    source: str
    minutes: int
    keys: tuple[str, ...]
    totals: tuple[Total, ...]
    rows: Table
    digest: str
