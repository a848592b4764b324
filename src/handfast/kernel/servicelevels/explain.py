"""Why a record's clock shows what it shows: segments that add up, and the event behind each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from handfast.kernel.quantity import instant_of, iso_of, moment_of
from handfast.kernel.records import arrow_tables
from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.clock_terms import STOPPED
from handfast.kernel.servicelevels.engines.blocked import EXCLUDED_KIND, with_excluded_time, without_revoked
from handfast.kernel.servicelevels.engines.ordered import ordered_events, roles_of
from handfast.kernel.servicelevels.engines.runs import STOPPED_KIND, runs_of
from handfast.kernel.servicelevels.evidence import OutsideAnnex
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.engines.runs import Pauses, Runs
    from handfast.kernel.servicelevels.evidence import Evidence
    from handfast.kernel.worktime.compiled import CompiledCalendar

State = Literal["running", "paused", "closed", "excluded"]


class NoSuchRecord(Refusal):
    """A record that the log does not hold, or whose clock never started."""

    code = "no-such-record"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch `[from_us, to_us)` in one state; `is_over` where the target was already reached."""

    from_us: int
    to_us: int
    state: State
    why: str
    is_over: bool = False

    @property
    def counts_us(self) -> int:
        return self.to_us - self.from_us if self.state == "running" else 0


@dataclass(frozen=True, slots=True)
class RecordStory:
    """One record under one clock: its segments, their sum, when it was due, and its events in order."""

    record: str
    zone: str
    start_us: int
    stop_us: int | None
    end_us: int
    elapsed_us: int
    target_us: int | None
    due_us: int | None
    segments: tuple[Segment, ...]
    events: tuple[tuple[int, str], ...]


def story_of(
    evidence: Evidence, version: int, clock_name: str, record: str, target_us: int | None
) -> RecordStory:
    """The story of one record; `target_us` marks where the target was reached."""
    clock = evidence.clock(version, clock_name)
    log = _only(evidence.log(clock.source), record)
    calendar = evidence.calendar(version, clock)
    events = ordered_events(log, clock, evidence.as_of_us)
    runs = runs_of(events, roles_of(clock, events.names), clock.reopening, evidence.as_of_us)
    if not events.first.size or not runs.has_started[0]:
        raise NoSuchRecord(
            f"record {record}: the clock {clock_name} never started by {moment_of(evidence.as_of_us)}"
        )
    named = tuple(
        (int(at), events.names[int(code)]) for at, code in zip(events.at, events.event, strict=True)
    )
    start, end = int(runs.start[0]), int(runs.stop[0]) if runs.is_finished[0] else evidence.as_of_us
    if start < calendar.covers.starts_us or end >= calendar.covers.ends_us:
        raise OutsideAnnex(
            f"record {record}: the clock {clock_name} runs from {iso_of(start)} to {iso_of(end)}, outside the "
            f"calendar annex ({iso_of(calendar.covers.starts_us)} to {iso_of(calendar.covers.ends_us)}): what was "
            "open there nobody agreed"
        )
    blocked = _blocked(evidence, clock, runs, record, end)
    segments = _segments(calendar, start, end, blocked, dict(reversed(named)))
    segments, due = _with_target(segments, start, target_us)
    return RecordStory(
        record,
        calendar.zone,
        start,
        end if runs.is_finished[0] else None,
        end,
        sum(segment.counts_us for segment in segments),
        target_us,
        due,
        segments,
        named,
    )


def _only(log: EventLog, record: str) -> EventLog:
    found = arrow_tables.rows_where(log.events, "record", record)
    if not found.num_rows:
        raise NoSuchRecord(f"record {record}: the source {log.source} holds no such record")
    return replace(log, events=found)


def _blocked(
    evidence: Evidence, clock: ClockTerms, runs: Runs, record: str, end: int
) -> list[tuple[int, int, State, str]]:
    """Pauses and excluded time of the one record: from, to, state, why."""
    places = {record: 0}
    revoked = [
        adjustment
        for adjustment in evidence.adjustments_of(clock.source, "pause revoked")
        if record in (adjustment.records or ())
    ]
    standing = without_revoked(runs.pauses, clock, revoked, places)
    excluded = [
        adjustment
        for adjustment in evidence.adjustments_of(clock.source, "time excluded")
        if adjustment.type in clock.excludes and (adjustment.records is None or record in adjustment.records)
    ]
    ends = np.array([end], dtype=np.int64)
    pauses = with_excluded_time(standing, clock, excluded, places, runs.start, ends)
    kinds = [*clock.pauses]
    found = _revoked(clock, runs.pauses, revoked)
    for from_us, to_us, kind in zip(
        pauses.from_us.tolist(), pauses.to_us.tolist(), pauses.kind.tolist(), strict=True
    ):
        if kind == EXCLUDED_KIND:
            found.append((from_us, to_us, "excluded", _why_excluded(excluded, from_us)))
        else:
            found.append((from_us, to_us, "paused", STOPPED if kind == STOPPED_KIND else kinds[kind]))
    return sorted(found)


def _revoked(
    clock: ClockTerms, pauses: Pauses, revoked: list[Adjustment]
) -> list[tuple[int, int, State, str]]:
    """What would have been paused but for an adjustment: it runs, and says why."""
    found: list[tuple[int, int, State, str]] = []
    for adjustment in revoked:
        kept = without_revoked(pauses, clock, [adjustment], dict.fromkeys(adjustment.records or (), 0))
        standing = set(zip(kept.from_us.tolist(), kept.to_us.tolist(), strict=True))
        why = f"{adjustment.id} revoked the pause, {adjustment.clause or adjustment.pause}"
        found += [
            (from_us, to_us, "running", why)
            for from_us, to_us in zip(pauses.from_us.tolist(), pauses.to_us.tolist(), strict=True)
            if (from_us, to_us) not in standing
        ]
    return found


def _why_excluded(excluded: list[Adjustment], from_us: int) -> str:
    holding = [adjustment for adjustment in excluded if adjustment.span.holds(from_us)]
    last = holding[-1]
    return f"{last.id}, {last.clause or last.type}"


def _segments(
    calendar: CompiledCalendar,
    start: int,
    end: int,
    blocked: list[tuple[int, int, State, str]],
    events: dict[int, str],
) -> tuple[Segment, ...]:
    """Every border cuts: an opening, a closing, a pause's two ends; neighbours that say the same are one."""
    borders = {start, end}
    first = max(bisect_right(calendar.opens_list, start) - 1, 0)
    last = bisect_right(calendar.opens_list, end)
    openings = list(
        zip(calendar.opens_list[first:last], calendar.closes_us[first:last].tolist(), strict=True)
    )
    borders |= {instant for opening in openings for instant in opening if start < instant < end}
    borders |= {
        instant for from_us, to_us, _, _ in blocked for instant in (from_us, to_us) if start < instant < end
    }
    borders |= {instant for instant in _holiday_borders(calendar, start, end) if start < instant < end}
    cuts = sorted(borders)
    found: list[Segment] = []
    for from_us, to_us in pairwise(cuts):
        state, why = _state_at(calendar, openings, blocked, events, from_us)
        if found and found[-1].state == state and state != "running" and found[-1].why == why:
            found[-1] = replace(found[-1], to_us=to_us)
        else:
            found.append(Segment(from_us, to_us, state, why))
    return tuple(found)


def _holiday_borders(calendar: CompiledCalendar, start: int, end: int) -> set[int]:
    """The midnights at both ends of each holiday near the span, so that a closed day is called by its name."""
    zone = zone_named(calendar.zone)
    days = {moment_of(start).astimezone(zone).date(), moment_of(end).astimezone(zone).date()}
    named = [day for day, _ in calendar.closed_days if min(days) <= day <= max(days)]
    return {
        instant_of(datetime(one.year, one.month, one.day, tzinfo=zone))
        for day in named
        for one in (day, day + timedelta(days=1))
    }


def _state_at(
    calendar: CompiledCalendar,
    openings: list[tuple[int, int]],
    blocked: list[tuple[int, int, State, str]],
    events: dict[int, str],
    at: int,
) -> tuple[State, str]:
    if not any(opens <= at < closes for opens, closes in openings):
        return "closed", _why_closed(calendar, at)
    holding = [(state, why) for from_us, to_us, state, why in blocked if from_us <= at < to_us]
    # A revoked pause only says why the clock runs; whatever still blocks goes before it.
    return next(
        (one for one in holding if one[0] != "running"), (holding or [("running", events.get(at, ""))])[0]
    )


def _why_closed(calendar: CompiledCalendar, at: int) -> str:
    day = moment_of(at).astimezone(zone_named(calendar.zone)).date()
    return dict(calendar.closed_days).get(day, "closed")


def _with_target(
    segments: tuple[Segment, ...], start: int, target_us: int | None
) -> tuple[tuple[Segment, ...], int | None]:
    """The segments cut where the target is reached, and that instant; None while it is not reached."""
    if target_us is None:
        return segments, None
    counted = 0
    found: list[Segment] = []
    due: int | None = start if target_us == 0 else None
    for segment in segments:
        if due is not None:
            found.append(replace(segment, is_over=True))
            continue
        if segment.state == "running" and counted + segment.counts_us >= target_us:
            due = segment.from_us + target_us - counted
            found.append(replace(segment, to_us=due))
            if due < segment.to_us:
                found.append(Segment(due, segment.to_us, "running", "target reached", is_over=True))
        else:
            found.append(segment)
        counted += segment.counts_us
    return tuple(found), due
