"""The reference engine: plain Python, slow, obviously right; the oracle that other engines are held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.engines import reference_clock as clockwork
from handfast.kernel.servicelevels.engines.reference_intervals import (
    interval_sums,
    intervals_at_target,
    passes,
)
from handfast.kernel.servicelevels.engines.reference_rosters import answered
from handfast.kernel.servicelevels.evidence import OutsideAnnex
from handfast.kernel.servicelevels.questions import (
    AttributeTotal,
    Counted,
    IntervalsAtTarget,
    IntervalSums,
    JudgedRow,
    OutcomeCounts,
    Ranked,
    Roster,
    RosterPage,
    RosterPlace,
    RosterRow,
    Rows,
    Tally,
    TimeRanks,
    TimeTotal,
    WithinTarget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.evidence import Evidence
    from handfast.kernel.servicelevels.questions import (
        Answer,
        Outcome,
        Population,
        Question,
        RecordQuestion,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """One record under one clock; instants and times in microseconds.

    Of a record outside the annex only the start, the stop and what blocks it are known: its time is not.
    """

    record: str
    start: int
    stop: int | None
    elapsed: int
    blocked: tuple[clockwork.Blocked, ...]
    values: dict[str, Any]
    is_outside: bool


class ReferenceEngine:
    """Reads every record anew, keeps what it found for each clock."""

    name = "reference"

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._judged: dict[tuple[int, str], list[Judged]] = {}

    def close(self) -> None:
        self._judged.clear()

    def answer(self, question: Question) -> Answer:
        match question:
            case IntervalSums(intervals):
                return interval_sums(self._evidence, intervals)
            case IntervalsAtTarget():
                return intervals_at_target(self._evidence, question)
            case Roster(population, limit, offset):
                rows = sorted(self._roster(population), key=lambda row: row.record)
                return Rows(tuple(rows[offset : offset + limit]))
            case OutcomeCounts() | RosterPage() | RosterPlace():
                return answered(
                    question, [self._judged_rows(number, one) for number, one in enumerate(question.of)]
                )
            case _:
                return self._counted(question)

    def _judged_rows(self, part: int, question: RecordQuestion) -> list[JudgedRow]:
        """The records behind one question, each with what became of it."""
        found = []
        for judged, instant, excluded in self._members(question.population):
            row = RosterRow(judged.record, judged.start, judged.stop, instant, judged.elapsed, excluded)
            found.append(JudgedRow(part, self._outcome(judged, excluded, question), row))
        return found

    def _outcome(self, judged: Judged, excluded: str | None, question: RecordQuestion) -> Outcome:
        if excluded is not None:
            return "excluded"
        if judged.stop is None and self._is_left_out(judged, question):
            return "left out"
        match question:
            case WithinTarget():
                return "met" if judged.stop is not None and self._is_within(judged, question) else "missed"
            case Tally(_, also) if also:
                return "met" if all(passes(judged.values, test) for test in also) else "missed"
            case AttributeTotal(_, attribute):
                return "no value" if judged.values[attribute] is None else "counted"
        return "counted"

    def _counted(self, question: Question) -> Answer:
        population = question.population  # type: ignore[union-attr] # interval questions went another way
        excluded: Counter[str] = Counter()
        kept: list[Judged] = []
        left_out = 0
        for judged, _, why_excluded in self._members(population):
            if why_excluded is not None:
                excluded[why_excluded] += 1
            elif judged.stop is None and self._is_left_out(judged, question):
                left_out += 1
            else:
                kept.append(judged)
        return self._summed(question, kept, left_out, tuple(sorted(excluded.items())))

    def _is_left_out(self, judged: Judged, question: Question) -> bool:
        population = question.population  # type: ignore[union-attr] # only record questions come here
        if population.unfinished == "left out":
            return True
        if population.unfinished == "missed" or not isinstance(question, WithinTarget):
            return False
        return self._is_within(judged, question)

    @staticmethod
    def _is_within(judged: Judged, question: WithinTarget) -> bool:
        if question.is_met_at_target:
            return judged.elapsed <= question.target_us
        return judged.elapsed < question.target_us

    def _summed(
        self, question: Question, kept: list[Judged], left_out: int, excluded: tuple[tuple[str, int], ...]
    ) -> Answer:
        match question:
            case WithinTarget():
                hits = sum(1 for one in kept if one.stop is not None and self._is_within(one, question))
                return Counted(len(kept), hits, 0, left_out, excluded)
            case Tally(_, also):
                hits = sum(1 for one in kept if all(passes(one.values, test) for test in also))
                return Counted(len(kept), hits, 0, left_out, excluded)
            case TimeTotal():
                return Counted(len(kept), 0, sum(one.elapsed for one in kept), left_out, excluded)
            case AttributeTotal(_, attribute):
                given = [one.values[attribute] for one in kept if one.values[attribute] is not None]
                return Counted(len(given), 0, sum(given), left_out, excluded)
            case TimeRanks(_, ranks):
                times = sorted(one.elapsed for one in kept)
                return Ranked(len(times), tuple(times[rank - 1] for rank in ranks if 1 <= rank <= len(times)))
        raise TypeError(f"no such question: {question!r}")

    def _members(self, population: Population) -> Iterator[tuple[Judged, int, str | None]]:
        """Each record in the population with its counting instant and the type that excludes it."""
        clock = self._evidence.clock(population.version, population.clock)
        out: dict[str, str] = {}
        for adjustment in self._evidence.adjustments_of(clock.source, "record excluded"):
            if adjustment.type in population.excluded_types and adjustment.type is not None:
                for record in adjustment.records or ():
                    out[record] = min(adjustment.type, out.get(record, adjustment.type))
        for judged in self._all_judged(population.version, population.clock):
            if population.only not in (None, judged.record):
                continue
            if population.started_in is not None and not population.started_in.holds(judged.start):
                continue
            if not all(passes(judged.values, test) for test in population.where):
                continue
            if judged.is_outside:
                self._refuse_if_it_could_count(judged, population, clock)
                continue
            instant = self._counting_instant(judged, population, clock)
            if instant is not None and population.span.holds(instant):
                yield judged, instant, out.get(judged.record)

    def _refuse_if_it_could_count(self, judged: Judged, population: Population, clock: ClockTerms) -> None:
        """Before the annex the calendar may have been open all the time or never: what lies between is possible."""
        earliest = latest = self._counting_instant(judged, population, clock)
        begins = self._evidence.calendar(population.version, clock).covers.starts_us
        if population.counted_by == "due" and judged.start < begins:
            openings = [(judged.start, begins), *self._openings(population.version, clock)]
            earliest = clockwork.due_of(openings, judged.start, population.target_us or 0, judged.blocked)
        if earliest is None or earliest >= population.span.ends_us or not population.span.length_us:
            return
        if latest is None or latest >= population.span.starts_us:
            raise OutsideAnnex(
                f"record {judged.record}: its clock runs outside the calendar annex, and it could count here"
            )

    def _counting_instant(self, judged: Judged, population: Population, clock: ClockTerms) -> int | None:
        if population.counted_by == "start":
            return judged.start
        if population.counted_by == "stop":
            return judged.stop
        openings = self._openings(population.version, clock)
        return clockwork.due_of(openings, judged.start, population.target_us or 0, judged.blocked)

    def _roster(self, population: Population) -> Iterator[RosterRow]:
        for judged, instant, excluded in self._members(population):
            yield RosterRow(judged.record, judged.start, judged.stop, instant, judged.elapsed, excluded)

    def _openings(self, version: int, clock: ClockTerms) -> list[tuple[int, int]]:
        calendar = self._evidence.calendar(version, clock)
        return list(zip(calendar.opens_us.tolist(), calendar.closes_us.tolist(), strict=True))

    def _all_judged(self, version: int, name: str) -> list[Judged]:
        if (version, name) not in self._judged:
            clock = self._evidence.clock(version, name)
            openings = self._openings(version, clock)
            found = [self._judge(version, clock, openings, events) for events in self._records(clock.source)]
            self._judged[version, name] = [one for one in found if one is not None]
        return self._judged[version, name]

    def _records(self, source: str) -> Iterator[list[clockwork.Event]]:
        """The events of each record that were known at as_of."""
        known: dict[str, list[clockwork.Event]] = {}
        for event in self._evidence.log(source).events.to_pylist():
            if event["at"] <= self._evidence.as_of_us:
                known.setdefault(event["record"], []).append(event)
        yield from known.values()

    def _judge(
        self, version: int, clock: ClockTerms, openings: list[tuple[int, int]], events: list[clockwork.Event]
    ) -> Judged | None:
        log = self._evidence.log(clock.source)
        run = clockwork.run_of(clock, clockwork.in_order(clock, events, log.ties), self._evidence.as_of_us)
        if run is None:
            return None
        record = str(run.first_event["record"])
        covers = self._evidence.calendar(version, clock).covers
        ends = self._evidence.as_of_us if run.stop is None else run.stop
        is_outside = run.start < covers.starts_us or ends >= covers.ends_us
        blocked = self._blocked(clock, record, run, ends)
        by_moment = {
            "start": run.first_event,
            "stop": run.stop_event or run.last_event,
            "last": run.last_event,
        }
        values = {a.name: by_moment[a.taken_at][a.name] for a in log.attributes} | {
            "reopenings": run.reopenings
        }
        elapsed = 0 if is_outside else clockwork.elapsed_of(openings, run.start, ends, blocked)
        return Judged(record, run.start, run.stop, elapsed, blocked, values, is_outside)

    def _blocked(
        self, clock: ClockTerms, record: str, run: clockwork.Run, ends: int
    ) -> tuple[clockwork.Blocked, ...]:
        """The pauses that stand, and the time that adjustments take out while the clock is there to run."""
        revoked = [
            a
            for a in self._evidence.adjustments_of(clock.source, "pause revoked")
            if record in (a.records or ())
        ]
        standing = [
            pause
            for pause in run.pauses
            if not any(
                a.pause == pause[2] and (a.starts_at is None or a.span.holds(pause[0])) for a in revoked
            )
        ]
        taken_out = [
            (max(a.span.starts_us, run.start), min(a.span.ends_us, ends), f"excluded {a.id}")
            for a in self._evidence.adjustments_of(clock.source, "time excluded")
            if a.type in clock.excludes and (a.records is None or record in a.records)
        ]
        return (*standing, *taken_out)
