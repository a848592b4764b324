"""Rules about clocks: events that happen, an order for those at one instant, and records that can count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handfast.kernel.names import near
from handfast.kernel.records.mapping import EventsMapping
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.measure_terms import OfRecords, ShareWithinTarget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from handfast.kernel.servicelevels.clock_terms import ClockTerms

MOST_NAMED = 5
_CLOSING = re.compile(r"clos|complet|cancel|resolv|solved|finish|done", re.IGNORECASE)


def _with_log(case: Case) -> Iterator[tuple[str, ClockTerms, AbstractSet[str]]]:
    """The clocks whose log is at hand, with the events that occur in it."""
    for clock_id, clock in case.terms.clocks.items():
        known = case.known_events.get(clock.source)
        if known:
            yield clock_id, clock, known


def _not_there(path: tuple[str, ...], event: str, known: AbstractSet[str]) -> Fault:
    meant = near(event, known)
    return Fault(
        path,
        f"the event {event!r} never occurs in the log",
        f"did you mean {meant!r}?" if meant else "spell it as the log does, or take it away",
    )


@rule("clock-never-runs", "error")
def clock_never_runs(case: Case) -> Iterator[Fault]:
    """None of the events that start a clock, or none of those that stop it, occurs in the log.

    The clock would never run or never stop, and every figure on it would be wrong in silence.
    """
    for clock_id, clock, known in _with_log(case):
        roles = {"start": () if clock.starts_first else clock.start, "stop": clock.stop}
        for role, events in roles.items():
            if events and not any(event in known for event in events):
                yield _not_there(("clocks", clock_id, role), events[0], known)


@rule("event-never-occurs", "warning")
def event_never_occurs(case: Case) -> Iterator[Fault]:
    """An event that a clock names does not occur in the log.

    Often a capital or a space: the pause is then never taken off.
    """
    for clock_id, clock, known in _with_log(case):
        roles = {("start",): () if clock.starts_first else clock.start, ("stop",): clock.stop}
        for role, events in roles.items():
            if any(event in known for event in events):
                yield from _absent(("clocks", clock_id, *role), events, known)
        for kind, events in clock.pauses.items():
            yield from _absent(("clocks", clock_id, "pauses", kind), events, known)
        yield from _absent(("clocks", clock_id, "resume"), clock.resume or (), known)
        yield from _absent(("clocks", clock_id, "reopen"), clock.reopen or (), known)


def _absent(path: tuple[str, ...], events: tuple[str, ...], known: AbstractSet[str]) -> Iterator[Fault]:
    for event in events:
        if event not in known:
            yield _not_there(path, event, known)


@rule("closing-event-reopens", "warning")
def closing_event_reopens(case: Case) -> Iterator[Fault]:
    """An event of the log that sounds like an end is not among the events that stop the clock.

    Where `reopen` is left out any other event reopens a stopped record, so that closing a resolved record
    would start its clock again.
    """
    for clock_id, clock, known in _with_log(case):
        for event in _reopening_unnamed(clock, known):
            if _CLOSING.search(event):
                yield Fault(
                    ("clocks", clock_id, "stop"),
                    f"the log has the event {event!r}, which would reopen a record that the clock has stopped",
                    f"add {event!r} to stop, or name the events that reopen",
                )


def _reopening_unnamed(clock: ClockTerms, known: AbstractSet[str]) -> list[str]:
    """The log's events that the clock names nowhere, and that reopen a stopped record all the same."""
    if clock.reopening == "ignore" or clock.reopen is not None:
        return []
    pauses = {event for events in clock.pauses.values() for event in events}
    return sorted(known - {*clock.stop, *clock.start, *pauses, *(clock.resume or ())})


@rule("any-event-reopens", "warning")
def any_event_reopens(case: Case) -> Iterator[Fault]:
    """The log holds events that the clock names nowhere, and `reopen` is left out.

    Any of them after the stop reopens the record: a comment on a solved ticket starts its hours again.
    """
    for clock_id, clock, known in _with_log(case):
        events = [event for event in _reopening_unnamed(clock, known) if not _CLOSING.search(event)]
        if events:
            more = f" and {len(events) - MOST_NAMED} more" if len(events) > MOST_NAMED else ""
            yield Fault(
                ("clocks", clock_id, "reopening"),
                f"{', '.join(map(repr, events[:MOST_NAMED]))}{more} after the stop would reopen a record",
                "name under reopen the events that reopen a record",
            )


@rule("restart-by-any-event", "warning")
def restart_by_any_event(case: Case) -> Iterator[Fault]:
    """After a stop any event at all starts the clock again from nothing.

    A comment on a closed record would wipe out the hours that it took.
    """
    for clock_id, clock in case.terms.clocks.items():
        if clock.reopening == "restart" and clock.reopen is None:
            yield Fault(
                ("clocks", clock_id, "reopening"),
                "any event after the stop restarts the clock, since `reopen` is left out",
                "name under reopen the events that reopen a record",
            )


@rule("role-idle", "warning")
def role_idle(case: Case) -> Iterator[Fault]:
    """An event under `resume` or `reopen` that cannot do what it is there for.

    There is no pause to end, or the event already stops or pauses the clock, which it then does instead.
    """
    for clock_id, clock in case.terms.clocks.items():
        pauses = {event for events in clock.pauses.values() for event in events}
        if clock.resume is not None and not clock.pauses:
            yield Fault(
                ("clocks", clock_id, "resume"), "there is no pause to end", "take resume away, or add pauses"
            )
        for role, others in (("resume", {*pauses, *clock.stop}), ("reopen", set(clock.stop))):
            for event in getattr(clock, role) or ():
                if event in others:
                    yield Fault(
                        ("clocks", clock_id, role),
                        f"the event {event!r} has another role already and never acts as {role}",
                        "keep it in one place",
                    )


@rule("ties-unordered", "warning")
def ties_unordered(case: Case) -> Iterator[Fault]:
    """A clock with pauses reads events that no column puts in order.

    Events that share a stamp are then ordered by their roles alone; in a real log a tenth of the waits
    depended on it.
    """
    for clock_id, clock in case.terms.clocks.items():
        source = case.terms.sources[clock.source]
        if clock.pauses and isinstance(source, EventsMapping) and source.sequence is None:
            yield Fault(
                ("clocks", clock_id, "pauses"),
                f"the source {clock.source} has no sequence: events at one instant stand in the order of `ties`",
                "name the column that numbers the events, if the tool has one",
            )


@rule("unfinished-never-counts", "warning")
def unfinished_never_counts(case: Case) -> Iterator[Fault]:
    """Records count by their stop, and unfinished ones are said to count too.

    A record without a stop lies in no month: what the terms say about unfinished records never happens, and
    a record left open for ever is never a miss.
    """
    for measure_id, measure in case.terms.measures.items():
        if not isinstance(measure, OfRecords):
            continue
        if measure.counted_by == "stop" and measure.unfinished != "left out":
            yield Fault(
                ("measures", measure_id, "unfinished"),
                f"an unfinished record has no stop, so it is never counted as {measure.unfinished!r}",
                "count by start or due, or write unfinished: left out",
            )


@rule("target-of-nothing", "error")
def target_of_nothing(case: Case) -> Iterator[Fault]:
    """A target of no time at all.

    Only records that stop in the instant in which they start would be within it.
    """
    for measure_id, measure in case.terms.measures.items():
        if isinstance(measure, ShareWithinTarget) and measure.target == 0:
            yield Fault(
                ("measures", measure_id, "target"),
                f"the target of {measure_id} is 0",
                "write the time that is allowed",
            )


RULES: tuple[Rule, ...] = (
    clock_never_runs,
    event_never_occurs,
    closing_event_reopens,
    any_event_reopens,
    restart_by_any_event,
    role_idle,
    ties_unordered,
    unfinished_never_counts,
    target_of_nothing,
)
