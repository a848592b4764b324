"""Events of a log as integer columns in the order in which one clock reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from handfast.kernel.records import arrow_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.clock_terms import ClockTerms

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
ROLES = ("start", "pause", "resume", "stop")


@dataclass(frozen=True, slots=True)
class Roles:
    """What each distinct event name is to a clock, by the name's code."""

    is_start: Flags
    is_stop: Flags
    kind: Ints  # the number of the pause kind, or -1
    is_resume: Flags
    is_reopen: Flags


@dataclass(frozen=True, slots=True)
class OrderedEvents:
    """`row` places each event in the log's table; `first` and `count` are by record."""

    row: Ints
    at: Ints
    event: Ints
    first: Ints
    count: Ints
    names: tuple[str, ...]
    ties: int  # records with events that share a stamp and a sequence


def roles_of(clock: ClockTerms, names: Sequence[str]) -> Roles:
    kinds = {event: place for place, events in enumerate(clock.pauses.values()) for event in events}
    is_stop = np.array([name in clock.stop for name in names], dtype=bool)
    return Roles(
        is_start=np.array([clock.starts_first or name in clock.start for name in names], dtype=bool),
        is_stop=is_stop,
        kind=np.array([-1 if name in clock.stop else kinds.get(name, -1) for name in names], dtype=np.int64),
        is_resume=np.array([clock.resume is None or name in clock.resume for name in names], dtype=bool),
        is_reopen=np.array([clock.reopen is None or name in clock.reopen for name in names], dtype=bool)
        & ~is_stop,
    )


def ordered_events(
    log: EventLog, clock: ClockTerms, as_of_us: int, *, is_reversed: bool = False
) -> OrderedEvents:
    """The events known at `as_of_us`; ties in the stated order, or in its reverse to see what it decides."""
    at = arrow_tables.integers_of(log.events, "at")
    known = np.flatnonzero(at <= as_of_us)
    record, _ = arrow_tables.codes_of(log.events, "record")
    event, names = arrow_tables.codes_of(log.events, "event")
    sequence = arrow_tables.integers_of(log.events, "sequence")
    has_sequence = arrow_tables.present_of(log.events, "sequence")
    record, event, at = record[known], event[known], at[known]
    sequence, has_sequence = sequence[known], has_sequence[known]
    same = (record[1:] == record[:-1]) & (at[1:] == at[:-1])
    same &= (sequence[1:] == sequence[:-1]) & (has_sequence[1:] == has_sequence[:-1])
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if tied.size:
        keys = _tie_keys(clock, log.ties, names, event[tied])
        if is_reversed:
            keys = [-key for key in keys]
        chosen = np.lexsort((*reversed(keys), sequence[tied], has_sequence[tied], at[tied], record[tied]))
        known[tied] = known[tied][chosen]
        event[tied] = event[tied][chosen]
    starts = (
        np.flatnonzero(np.append(True, record[1:] != record[:-1])) if record.size else np.empty(0, np.int64)
    )
    count = np.diff(np.append(starts, record.size))
    return OrderedEvents(known, at, event, starts, count, names, int(np.unique(record[tied]).size))


def _tie_keys(clock: ClockTerms, ties: Sequence[str], names: Sequence[str], event: Ints) -> list[Ints]:
    """One sort key for each word of the stated order, the most important first."""
    roles = roles_of(clock, names)
    starts = roles.is_start & (not clock.starts_first)
    role = np.where(starts, 0, np.where(roles.is_stop, 3, np.where(roles.kind >= 0, 1, 2)))
    by_name = np.empty(len(names), dtype=np.int64)
    by_name[np.array(sorted(range(len(names)), key=lambda code: names[code]), dtype=np.int64)] = np.arange(
        len(names)
    )
    return [
        by_name[event]
        if word == "name"
        else np.where(role[event] == ROLES.index(word), -1, 0).astype(np.int64)
        for word in ties
    ]
