"""Records whose clock hangs on the order of events that share a stamp, and records that never ended."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.agreements import CLOCK, us
from tests.factories.asked import evidence_of
from tests.factories.logs import desk_log
from tests.factories.random_cases import case_of

from handfast.kernel.servicelevels.engines import reference_clock as clockwork
from handfast.kernel.servicelevels.engines.reference import ReferenceEngine
from handfast.kernel.servicelevels.engines.ties import never_ended, ties_that_matter

END = us("2026-12-01T00:00")


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        ("wait user", "work", 1),  # paused or running from noon on
        ("note", "work", 0),  # neither says anything to the clock
        ("wait user", "wait vendor", 1),  # paused as one kind or as the other
        ("done", "work", 1),  # stopped and reopened, or stopped
    ],
)
def test_tie_matters_where_its_order_changes_the_clock(second: str, third: str, expected: int) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        f"R | 2026-03-02T12:00 | {second}",
        f"R | 2026-03-02T12:00 | {third}",
        "R | 2026-03-02T16:00 | done",
        "S | 2026-03-02T12:00 | new",
        "S | 2026-03-02T13:00 | done",
    )
    assert ties_that_matter(log, evidence_of(log, CLOCK).clock(0, "resolution"), END) == expected


def test_sequence_leaves_no_tie_to_matter() -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new | | | 1",
        "R | 2026-03-02T12:00 | wait user | | | 2",
        "R | 2026-03-02T12:00 | work | | | 3",
    )
    assert ties_that_matter(log, evidence_of(log, CLOCK).clock(0, "resolution"), END) == 0


def test_record_never_ended_if_it_started_and_runs_or_was_reopened() -> None:
    log = desk_log(
        "runs | 2026-03-02T10:00 | new",
        "reopened | 2026-03-02T10:00 | new",
        "reopened | 2026-03-02T11:00 | done",
        "reopened | 2026-03-02T12:00 | work",
        "ended | 2026-03-02T10:00 | new",
        "ended | 2026-03-02T11:00 | done",
        "never started | 2026-03-02T10:00 | work",
    )
    assert never_ended(log, evidence_of(log, CLOCK).clock(0, "resolution"), END) == 2


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**63))
def test_counts_are_those_of_one_record_after_the_other(seed: int) -> None:
    evidence = case_of(seed).evidence
    clock, log = evidence.clock(0, "resolution"), evidence.log("desk")
    matters = ended = 0
    for events in ReferenceEngine(evidence)._records("desk"):
        stated = clockwork.in_order(clock, events, log.ties)
        told = [told_of(clockwork.run_of(clock, one, evidence.as_of_us)) for one in (stated, turned(stated))]
        matters += told[0] != told[1]
        ended += told[0] is not None and told[0][1] is None
    assert ties_that_matter(log, clock, evidence.as_of_us) == matters
    assert never_ended(log, clock, evidence.as_of_us) == ended


def told_of(run: clockwork.Run | None) -> tuple[object, ...] | None:
    """Start, stop, reopenings and the pauses that have a length."""
    if run is None:
        return None
    return run.start, run.stop, run.reopenings, sorted(pause for pause in run.pauses if pause[0] < pause[1])


def turned(stated: list[clockwork.Event]) -> list[clockwork.Event]:
    """Events of one stamp, sequence, name and record stay as they lay; all other ties are turned round."""
    groups: dict[tuple[object, ...], list[list[clockwork.Event]]] = {}
    for event in stated:
        same = groups.setdefault((event["at"], event["sequence"]), [])
        if same and same[-1][0]["event"] == event["event"]:
            same[-1].append(event)
        else:
            same.append([event])
    return [event for same in groups.values() for alike in reversed(same) for event in alike]
