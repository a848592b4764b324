"""All records through one clock at once: the n-th event of every record is one vectorised step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints, OrderedEvents, Roles

NOT_STARTED, RUNNING, STOPPED, PAUSED = 0, 1, 2, 3  # PAUSED + k is paused as kind k
STOPPED_KIND = -1


@dataclass(slots=True)
class Pauses:
    """Pauses side by side: record place, from, to (microseconds), kind."""

    record: Ints
    from_us: Ints
    to_us: Ints
    kind: Ints


@dataclass(slots=True)
class Runs:
    """By record: start and stop, the events that made them, reopenings; a start event of -1: never started."""

    start: Ints
    stop: Ints
    start_event: Ints
    stop_event: Ints
    last_event: Ints
    reopenings: Ints
    pauses: Pauses

    @property
    def has_started(self) -> Flags:
        return self.start_event >= 0

    @property
    def is_finished(self) -> Flags:
        return self.stop_event >= 0


@dataclass(slots=True)
class _Machine:
    """The state of every record while its events are read."""

    events: OrderedEvents
    roles: Roles
    reopening: str
    state: Ints
    since: Ints
    start: Ints
    stop: Ints
    start_event: Ints
    stop_event: Ints
    reopenings: Ints
    run: Ints
    is_away: Flags
    emitted: list[tuple[Ints, Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def emit(self, who: Ints, from_us: Ints, to_us: Ints, kind: Ints) -> None:
        if who.size:
            self.emitted.append((who, from_us, to_us, kind, self.run[who].copy()))

    def end_pauses(self, who: Ints, at: Ints) -> None:
        paused = self.state[who] >= PAUSED
        ended = who[paused]
        self.emit(ended, self.since[ended], at[paused], self.state[ended] - PAUSED)

    def enter(self, who: Ints, at: Ints, kind: Ints) -> None:
        """Run, or pause as `kind`, from `at` on."""
        self.state[who] = np.where(kind >= 0, PAUSED + kind, RUNNING)
        self.since[who] = at

    def step(self, who: Ints, place: Ints) -> None:
        at, code = self.events.at[place], self.events.event[place]
        before = self.state[who]
        self._start(who, place, at, code, (before == NOT_STARTED) & self.roles.is_start[code])
        self._go_on(who, place, at, code, before)
        self._reopen(who, at, code, before == STOPPED)

    def _start(self, who: Ints, place: Ints, at: Ints, code: Ints, chosen: Flags) -> None:
        new = who[chosen]
        self.start[new], self.start_event[new] = at[chosen], place[chosen]
        self.enter(new, at[chosen], self.roles.kind[code[chosen]])
        at_once = chosen & self.roles.is_stop[code]
        self.state[who[at_once]] = STOPPED
        self.stop[who[at_once]], self.stop_event[who[at_once]] = at[at_once], place[at_once]

    def _go_on(self, who: Ints, place: Ints, at: Ints, code: Ints, before: Ints) -> None:
        goes = (before == RUNNING) | (before >= PAUSED)
        stops = goes & self.roles.is_stop[code]
        self.end_pauses(who[stops], at[stops])
        stopped = who[stops]
        self.state[stopped], self.stop[stopped], self.stop_event[stopped] = STOPPED, at[stops], place[stops]
        kind = self.roles.kind[code]
        pauses = goes & ~stops & (kind >= 0) & (before != PAUSED + kind)
        resumes = goes & ~stops & (kind < 0) & (before >= PAUSED) & self.roles.is_resume[code]
        changes = pauses | resumes
        self.end_pauses(who[changes], at[changes])
        self.enter(who[changes], at[changes], kind[changes])

    def _reopen(self, who: Ints, at: Ints, code: Ints, is_stopped: Flags) -> None:
        back = is_stopped & self.roles.is_stop[code]
        self.is_away[who[back]] = False
        reopens = is_stopped & self.roles.is_reopen[code]
        fresh = reopens & ~self.is_away[who]
        self.reopenings[who[fresh]] += 1
        if self.reopening == "ignore":
            self.is_away[who[reopens]] = True
            return
        opened = who[reopens]
        if self.reopening == "restart":
            self.run[opened] += 1
            self.start[opened] = at[reopens]
        else:
            self.emit(opened, self.stop[opened], at[reopens], np.full(opened.size, STOPPED_KIND, np.int64))
        self.stop_event[opened] = -1
        self.enter(opened, at[reopens], self.roles.kind[code[reopens]])


def runs_of(events: OrderedEvents, roles: Roles, reopening: str, as_of_us: int) -> Runs:
    """Start, stop and pauses of every record; an open pause runs to `as_of_us`."""
    size = events.first.size

    def filled(value: int) -> Ints:
        return np.full(size, value, dtype=np.int64)

    machine = _Machine(
        events, roles, reopening, filled(NOT_STARTED), filled(0), filled(0), filled(0), filled(-1), filled(-1),
        filled(0), filled(0), np.zeros(size, dtype=bool),
    )  # fmt: skip
    who = np.arange(size, dtype=np.int64)
    for step in range(int(events.count.max()) if size else 0):
        who = who[events.count[who] > step]
        machine.step(who, events.first[who] + step)
    everyone = np.arange(size, dtype=np.int64)
    machine.end_pauses(everyone, filled(as_of_us))
    return Runs(
        machine.start,
        machine.stop,
        machine.start_event,
        machine.stop_event,
        events.first + events.count - 1,
        machine.reopenings,
        _standing(machine),
    )


def _standing(machine: _Machine) -> Pauses:
    """The pauses of each record's last run, without those that have no length."""
    none = np.empty(0, dtype=np.int64)
    parts = machine.emitted or [(none, none, none, none, none)]
    record, from_us, to_us, kind, run = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = (run == machine.run[record]) & (from_us < to_us)
    return Pauses(record[kept], from_us[kept], to_us[kept], kind[kept])
