"""The random cases reach the corners in which engines could differ, so that conformance never shrinks to nothing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.factories.random_cases import MINUTE, Case, case_of

from handfast.kernel.servicelevels.engines import reference_clock as clockwork
from handfast.kernel.servicelevels.engines.reference import ReferenceEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.clock_terms import ClockTerms

HOUR = 60 * MINUTE
CASES = 400
FEWEST = 10
CORNERS = (
    "tie without sequence",
    "tie decided by sequence",
    "tie that changes the result",
    "record of one event",
    "record that never starts",
    "record that never stops",
    "event before the start",
    "event after as_of",
    "stopped twice",
    "reopened, continue",
    "reopened, restart",
    "reopened, ignore",
    "two kinds of pause",
    "pause open at the end",
    "pause of no length",
    "starts with any event",
    "starts and stops at once",
    "attribute missing",
    "no opening at all",
    "two openings in an hour",
    "always open",
    "record excluded",
    "pause revoked",
    "pause revoked in a span",
    "time excluded for all",
    "time excluded overlaps a pause",
    "time excluded twice over",
    "counted time is positive",
)


def test_cases_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in range(CASES):
        case = case_of(seed)
        reached.update({*_of_calendar(case), *_of_log(case), *_of_runs(case), *_of_adjustments(case)})
    rare = {corner: reached[corner] for corner in CORNERS if reached[corner] < FEWEST}
    assert not rare
    assert set(reached) == set(CORNERS)


def _clock(case: Case) -> ClockTerms:
    return case.evidence.clock(0, "resolution")


def _known(case: Case) -> list[list[dict[str, Any]]]:
    return list(ReferenceEngine(case.evidence)._records("desk"))


def _of_calendar(case: Case) -> Iterator[str]:
    calendar = case.evidence.calendars["office"]
    opens, closes = calendar.opens_us.tolist(), calendar.closes_us.tolist()
    if not opens:
        yield "no opening at all"
    if opens == [calendar.covers.starts_us] and closes == [calendar.covers.ends_us]:
        yield "always open"
    if any(after // HOUR == (close - 1) // HOUR for after, close in zip(opens[1:], closes[:-1], strict=True)):
        yield "two openings in an hour"


def _of_log(case: Case) -> Iterator[str]:
    log, clock = case.evidence.log("desk"), _clock(case)
    rows = log.events.to_pylist()
    if any(row["at"] > case.evidence.as_of_us for row in rows):
        yield "event after as_of"
    if any(row["kind"] is None or row["size"] is None for row in rows):
        yield "attribute missing"
    for events in _known(case):
        if len(events) == 1:
            yield "record of one event"
        for one, other in pairwise(events):
            if one["at"] == other["at"]:
                is_open = one["sequence"] == other["sequence"]
                yield "tie without sequence" if is_open else "tie decided by sequence"
        told = [
            clockwork.run_of(clock, clockwork.in_order(clock, events, ties), case.evidence.as_of_us)
            for ties in (log.ties, log.ties[::-1])
        ]
        if told[0] != told[1]:
            yield "tie that changes the result"


def _of_runs(case: Case) -> Iterator[str]:
    clock, log = _clock(case), case.evidence.log("desk")
    if clock.starts_first:
        yield "starts with any event"
    for events in _known(case):
        ordered = clockwork.in_order(clock, events, log.ties)
        run = clockwork.run_of(clock, ordered, case.evidence.as_of_us)
        if run is None:
            yield "record that never starts"
            continue
        said = {
            "record that never stops": run.stop is None,
            "event before the start": run.first_event is not ordered[0],
            f"reopened, {clock.reopening}": run.reopenings > 0,
            "starts and stops at once": run.stop_event is run.first_event,
            "stopped twice": sum(event["event"] in clock.stop for event in events) > 1,
            "two kinds of pause": len({kind for _, _, kind in run.pauses} - {"stopped"}) > 1,
            "pause of no length": any(from_ == to for from_, to, _ in run.pauses),
            "pause open at the end": run.stop is None
            and any(to == case.evidence.as_of_us for _, to, _ in run.pauses),
        }
        yield from (corner for corner, is_there in said.items() if is_there)


def _of_adjustments(case: Case) -> Iterator[str]:
    engine, clock = ReferenceEngine(case.evidence), _clock(case)
    desk = {kind: case.evidence.adjustments_of("desk", kind) for kind in ("pause revoked", "time excluded")}
    out = {r for a in case.evidence.adjustments_of("desk", "record excluded") for r in a.records or ()}
    for judged in engine._all_judged(0, "resolution"):
        if judged.elapsed:
            yield "counted time is positive"
        if judged.record in out:
            yield "record excluded"
        taken = [one for one in judged.blocked if one[2].startswith("excluded") and one[0] < one[1]]
        paused = [one for one in judged.blocked if not one[2].startswith("excluded")]
        if any(a[0] < b[1] and b[0] < a[1] for a in taken for b in paused):
            yield "time excluded overlaps a pause"
        if any(a[0] < b[1] and b[0] < a[1] for a in taken for b in taken if a is not b):
            yield "time excluded twice over"
        if taken and any(a.records is None and a.type in clock.excludes for a in desk["time excluded"]):
            yield "time excluded for all"
    yield from _revoked(case, desk["pause revoked"])


def _revoked(case: Case, revoked: tuple[Any, ...]) -> Iterator[str]:
    clock, log = _clock(case), case.evidence.log("desk")
    for events in _known(case):
        run = clockwork.run_of(clock, clockwork.in_order(clock, events, log.ties), case.evidence.as_of_us)
        for from_, to, kind in run.pauses if run else ():
            for a in revoked:
                if a.pause == kind and events[0]["record"] in a.records and from_ < to:
                    if a.starts_at is None:
                        yield "pause revoked"
                    elif a.span.holds(from_):
                        yield "pause revoked in a span"
