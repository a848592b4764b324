"""The oracle's clock: one record at a time, one event at a time, one open interval at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.clock_terms import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handfast.kernel.servicelevels.clock_terms import ClockTerms

Event = dict[str, Any]
Blocked = tuple[int, int, str]


@dataclass(slots=True)
class Run:
    """What one record's events make of one clock; instants in microseconds."""

    start: int
    first_event: Event
    stop: int | None = None
    stop_event: Event | None = None
    last_event: Event = field(default_factory=dict)
    pauses: list[Blocked] = field(default_factory=list)
    paused_as: str | None = None
    paused_since: int = 0
    reopenings: int = 0
    is_away: bool = False

    def end_pause(self, at: int) -> None:
        if self.paused_as is not None:
            self.pauses.append((self.paused_since, at, self.paused_as))
            self.paused_as = None

    def begin_pause(self, kind: str | None, at: int) -> None:
        if kind != self.paused_as:
            self.end_pause(at)
            if kind is not None:
                self.paused_as, self.paused_since = kind, at


def role_of(clock: ClockTerms, event: str) -> str:
    """The event's role where stamps are equal: start, stop, pause, or else resume."""
    if event in clock.start and not clock.starts_first:
        return "start"
    if event in clock.stop:
        return "stop"
    return "pause" if kind_of(clock, event) is not None else "resume"


def kind_of(clock: ClockTerms, event: str) -> str | None:
    for kind, events in clock.pauses.items():
        if event in events:
            return kind
    return None


def in_order(clock: ClockTerms, events: Sequence[Event], ties: Sequence[str]) -> list[Event]:
    """By instant, then sequence (none first), then the stated order of roles, then name."""

    def place(event: Event) -> tuple[int, bool, int, tuple[int | str, ...]]:
        role = role_of(clock, event["event"])
        words = tuple(
            event["event"] if word == "name" else int(word == role) * -1 for word in ties
        )  # -1 sorts before 0: an event stands where its own role's word stands
        return (event["at"], event["sequence"] is not None, event["sequence"] or 0, words)

    return sorted(events, key=place)


def run_of(clock: ClockTerms, events: Sequence[Event], as_of: int) -> Run | None:
    """The clock after the events, which are in order and not later than `as_of`; None if it never started."""
    run: Run | None = None
    for event in events:
        name, at = event["event"], event["at"]
        if run is None:
            if not clock.starts_first and name not in clock.start:
                continue
            run = Run(at, event)
            _enter(run, clock, event)
        elif run.stop is not None:
            _after_the_stop(run, clock, event)
        elif name in clock.stop:
            run.end_pause(at)
            run.stop, run.stop_event = at, event
        elif kind_of(clock, name) is not None:
            run.begin_pause(kind_of(clock, name), at)
        elif clock.resume is None or name in clock.resume:
            run.begin_pause(None, at)
    if run is not None:
        run.last_event = events[-1]
        run.end_pause(as_of)
    return run


def _enter(run: Run, clock: ClockTerms, event: Event) -> None:
    if event["event"] in clock.stop:
        run.stop, run.stop_event = event["at"], event
    else:
        run.begin_pause(kind_of(clock, event["event"]), event["at"])


def _after_the_stop(run: Run, clock: ClockTerms, event: Event) -> None:
    name, at = event["event"], event["at"]
    if name in clock.stop:
        run.is_away = False
        return
    if clock.reopen is not None and name not in clock.reopen:
        return
    if not run.is_away:
        run.reopenings += 1
    if clock.reopening == "ignore":
        run.is_away = True
        return
    stopped_at = run.stop
    run.stop = run.stop_event = None
    if clock.reopening == "restart":
        run.start, run.pauses = at, []
    elif stopped_at is not None:
        run.pauses.append((stopped_at, at, STOPPED))
    run.begin_pause(kind_of(clock, name), at)


def running(
    openings: Sequence[tuple[int, int]], starts: int, ends: int, blocked: Sequence[Blocked]
) -> Iterator[tuple[int, int]]:
    """The stretches inside [starts, ends) that are open and not blocked, in order."""
    for opens, closes in openings:
        if closes <= starts:
            continue
        if opens >= ends:
            return
        pieces = [(max(opens, starts), min(closes, ends))]
        for from_, to, _ in blocked:
            pieces = (
                [
                    piece
                    for left, right in pieces
                    for piece in ((left, min(right, from_)), (max(left, to), right))
                    if piece[0] < piece[1]
                ]
                if from_ < to
                else pieces
            )
        yield from pieces


def elapsed_of(
    openings: Sequence[tuple[int, int]], starts: int, ends: int, blocked: Sequence[Blocked]
) -> int:
    return sum(right - left for left, right in running(openings, starts, ends, blocked))


def due_of(
    openings: Sequence[tuple[int, int]], starts: int, target: int, blocked: Sequence[Blocked]
) -> int | None:
    """The least instant at which the counted time reaches `target`; None where the calendar ends before."""
    if target == 0:
        return starts
    counted = 0
    for left, right in running(openings, starts, openings[-1][1] if openings else starts, blocked):
        if counted + right - left >= target:
            return left + target - counted
        counted += right - left
    return None
