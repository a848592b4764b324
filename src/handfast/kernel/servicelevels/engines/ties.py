"""How much of one clock hangs on events that share a stamp, and how many of its records never ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.servicelevels.engines.ordered import ordered_events, roles_of
from handfast.kernel.servicelevels.engines.runs import runs_of

if TYPE_CHECKING:
    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints
    from handfast.kernel.servicelevels.engines.runs import Runs


def ties_that_matter(log: EventLog, clock: ClockTerms, as_of_us: int) -> int:
    """Records whose start, stop, reopenings or pauses differ between the stated order of ties and its reverse."""
    stated, turned = (_runs(log, clock, as_of_us, is_reversed=turn) for turn in (False, True))
    differs = (stated.has_started != turned.has_started) | (stated.is_finished != turned.is_finished)
    differs |= stated.has_started & (stated.start != turned.start)
    differs |= stated.is_finished & (stated.stop != turned.stop)
    differs |= stated.reopenings != turned.reopenings
    return int((differs | _with_other_pauses(stated, turned)).sum())


def never_ended(log: EventLog, clock: ClockTerms, as_of_us: int) -> int:
    """Records whose clock started and had not stopped for good at `as_of_us`."""
    runs = _runs(log, clock, as_of_us, is_reversed=False)
    return int((runs.has_started & ~runs.is_finished).sum())


def _runs(log: EventLog, clock: ClockTerms, as_of_us: int, *, is_reversed: bool) -> Runs:
    events = ordered_events(log, clock, as_of_us, is_reversed=is_reversed)
    return runs_of(events, roles_of(clock, events.names), clock.reopening, as_of_us)


def _with_other_pauses(stated: Runs, turned: Runs) -> Flags:
    """The records with a pause under one order that they do not have under the other."""
    rows = np.concatenate([_rows(stated), _rows(turned)])
    distinct, count = np.unique(rows, axis=0, return_counts=True)
    alone = distinct[count == 1]
    flags = np.zeros(stated.start.size, dtype=bool)
    flags[alone[:, 0]] = True
    return flags


def _rows(runs: Runs) -> Ints:
    """(record, from, to, kind), each once: a record has no pause twice."""
    pauses = runs.pauses
    return np.stack([pauses.record, pauses.from_us, pauses.to_us, pauses.kind], axis=1)
