"""Clocks reckoned by hand; the office is open from Monday to Friday, 09:00 to 17:00, in Amsterdam.

2 March 2026 is a Monday. The arithmetic stands in each case; both engines must come to it.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.agreements import CLOCK, us
from tests.factories.asked import evidence_of, judged
from tests.factories.logs import desk_log

HOUR = 3_600_000_000
MINUTE = HOUR // 60
# 10-16 on Monday, paused until 10 on Tuesday, 10-12: 6 h + 2 h.
OVERNIGHT = desk_log(
    "R | 2026-03-02T10:00 | new",
    "R | 2026-03-02T16:00 | wait user",
    "R | 2026-03-03T10:00 | work",
    "R | 2026-03-03T12:00 | done",
)
# Two hours on Monday, reopened on Tuesday for one.
REOPENED = desk_log(
    "R | 2026-03-02T10:00 | new",
    "R | 2026-03-02T12:00 | done",
    "R | 2026-03-03T10:00 | work",
    "R | 2026-03-03T11:00 | done",
)
pytestmark = pytest.mark.parametrize("engine", ["duckdb", "reference"])


def test_response_over_a_weekend_counts_friday_afternoon_and_monday_morning(engine: str) -> None:
    log = desk_log("R | 2026-03-06T16:30 | new", "R | 2026-03-09T09:20 | done")
    # 16:30-17:00 and 09:00-09:20
    assert judged(engine, evidence_of(log, CLOCK))["R"].elapsed_us == 50 * MINUTE


def test_pause_over_a_night_takes_away_its_open_hours_only(engine: str) -> None:
    assert judged(engine, evidence_of(OVERNIGHT, CLOCK))["R"].elapsed_us == 8 * HOUR


def test_pause_without_an_end_runs_to_the_stop(engine: str) -> None:
    clock = CLOCK | {"resume": ["work"]}
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        "R | 2026-03-02T11:00 | wait user",
        "R | 2026-03-02T13:00 | note",
        "R | 2026-03-02T15:00 | done",
    )
    assert judged(engine, evidence_of(log, clock))["R"].elapsed_us == 1 * HOUR


def test_any_other_event_ends_a_pause_where_no_resume_is_named(engine: str) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        "R | 2026-03-02T11:00 | wait user",
        "R | 2026-03-02T13:00 | note",
        "R | 2026-03-02T15:00 | done",
    )
    # 10-11 and 13-15
    assert judged(engine, evidence_of(log, CLOCK))["R"].elapsed_us == 3 * HOUR


@pytest.mark.parametrize(
    ("reopening", "start", "stop", "hours"),
    [
        (
            "continue",
            "2026-03-02T10:00",
            "2026-03-03T11:00",
            3,
        ),  # 10-12 and 10-11; what lay between is not counted
        ("restart", "2026-03-03T10:00", "2026-03-03T11:00", 1),  # only 10-11 on Tuesday
        ("ignore", "2026-03-02T10:00", "2026-03-02T12:00", 2),  # only 10-12 on Monday
    ],
)
def test_reopening_continues_restarts_or_is_ignored(
    engine: str, reopening: str, start: str, stop: str, hours: int
) -> None:
    row = judged(engine, evidence_of(REOPENED, CLOCK | {"reopening": reopening}))["R"]
    assert (row.start_us, row.stop_us, row.elapsed_us) == (us(start), us(stop), hours * HOUR)


def test_event_that_is_no_reopening_leaves_the_stop_where_it_was(engine: str) -> None:
    row = judged(engine, evidence_of(REOPENED, CLOCK | {"reopen": ["new"]}))["R"]
    assert (row.stop_us, row.elapsed_us) == (us("2026-03-02T12:00"), 2 * HOUR)


@pytest.mark.parametrize(
    ("span", "hours"),
    [
        ({}, 10),  # 10-17 and 9-12
        (
            {"from": "2026-03-02T15:00:00Z", "to": "2026-03-02T15:00:01Z"},
            10,
        ),  # 16:00 in Amsterdam is 15:00 UTC
        (
            {"from": "2026-03-02T15:00:01Z", "to": "2026-03-04T00:00:00Z"},
            8,
        ),  # the pause began a second before
    ],
)
def test_revoked_pause_counts_again_where_it_began_inside_the_span(
    engine: str, span: dict[str, str], hours: int
) -> None:
    revoked: dict[str, Any] = {"kind": "pause revoked", "pause": "user", "records": ["R"], **span}
    assert judged(engine, evidence_of(OVERNIGHT, CLOCK, revoked))["R"].elapsed_us == hours * HOUR


def test_excluded_time_over_a_pause_is_taken_away_once(engine: str) -> None:
    outage = {
        "kind": "time excluded",
        "type": "outage",
        "from": "2026-03-02T15:00:00+01:00",
        "to": "2026-03-03T09:30:00+01:00",
    }
    evidence = evidence_of(OVERNIGHT, CLOCK | {"excludes": ["outage"]}, outage)
    # 10-15 on Monday; excluded or paused until 10 on Tuesday; 10-12
    assert judged(engine, evidence)["R"].elapsed_us == 7 * HOUR


def test_excluded_time_of_a_type_that_the_clock_does_not_name_counts(engine: str) -> None:
    strike = {
        "kind": "time excluded",
        "type": "strike",
        "from": "2026-03-02T00:00:00Z",
        "to": "2026-03-05T00:00:00Z",
    }
    assert (
        judged(engine, evidence_of(OVERNIGHT, CLOCK | {"excludes": ["outage"]}, strike))["R"].elapsed_us
        == 8 * HOUR
    )


@pytest.mark.parametrize(
    ("target_us", "due"),
    [
        (8 * HOUR, "2026-03-03T12:00"),  # 6 h until the pause, 2 h after it
        (6 * HOUR, "2026-03-02T16:00"),  # reached as the pause begins
        (6 * HOUR + 1, "2026-03-03T10:00:00.000001"),  # one microsecond is left, and it runs after the pause
        (0, "2026-03-02T10:00"),
    ],
)
def test_due_is_the_least_instant_at_which_the_counted_time_reaches_the_target(
    engine: str, target_us: int, due: str
) -> None:
    rows = judged(engine, evidence_of(OVERNIGHT, CLOCK), by="due", target_us=target_us)
    assert rows["R"].counted_at_us == us(due)


def test_due_over_a_weekend_is_on_monday(engine: str) -> None:
    log = desk_log("R | 2026-03-06T16:00 | new", "R | 2026-03-06T16:05 | done")
    rows = judged(engine, evidence_of(log, CLOCK), by="due", target_us=2 * HOUR)
    assert rows["R"].counted_at_us == us("2026-03-09T10:00")  # 16-17 on Friday, 9-10 on Monday


@pytest.mark.parametrize(
    ("start", "stop", "hours"),
    [
        ("2026-03-28T22:00", "2026-03-29T06:00", 7),  # the clock skips 02:00-03:00
        ("2026-10-24T22:00", "2026-10-25T06:00", 9),  # the clock shows 02:00-03:00 twice
        ("2026-10-31T22:00", "2026-11-01T06:00", 8),
    ],
)
def test_night_of_a_clock_change_has_its_true_length(engine: str, start: str, stop: str, hours: int) -> None:
    log = desk_log(f"R | {start} | new", f"R | {stop} | done")
    assert judged(engine, evidence_of(log, CLOCK, calendar="always"))["R"].elapsed_us == hours * HOUR


def test_unfinished_record_is_judged_as_of_and_knows_nothing_later(engine: str) -> None:
    row = judged(engine, evidence_of(OVERNIGHT, CLOCK, as_of="2026-03-03T11:00"))["R"]
    assert (row.stop_us, row.elapsed_us) == (None, 7 * HOUR)  # 10-16 and 10-11


def test_record_that_never_starts_counts_nowhere(engine: str) -> None:
    log = desk_log("R | 2026-03-02T10:00 | work", "R | 2026-03-02T12:00 | done")
    assert judged(engine, evidence_of(log, CLOCK)) == {}


@pytest.mark.parametrize(
    ("ties", "hours"),
    [
        (
            ("start", "pause", "resume", "stop", "name"),
            2,
        ),  # paused and resumed at 12: 10-12 and no pause left; stop at 12
        (("start", "stop", "pause", "resume", "name"), 2),
    ],
)
def test_stop_among_ties_stops_at_that_instant_in_every_order(
    engine: str, ties: tuple[str, ...], hours: int
) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        "R | 2026-03-02T12:00 | wait user",
        "R | 2026-03-02T12:00 | work",
        "R | 2026-03-02T12:00 | done",
        ties=ties,
    )
    clock = CLOCK | {"reopening": "ignore"}
    assert judged(engine, evidence_of(log, clock))["R"].elapsed_us == hours * HOUR


@pytest.mark.parametrize(
    ("ties", "hours"),
    [
        (("start", "pause", "resume", "stop", "name"), 6),  # the resume comes last: it runs 10-16
        (("start", "resume", "pause", "stop", "name"), 2),  # the pause comes last: 10-12 runs
    ],
)
def test_tie_of_pause_and_resume_is_decided_by_the_stated_order(
    engine: str, ties: tuple[str, ...], hours: int
) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        "R | 2026-03-02T12:00 | wait user",
        "R | 2026-03-02T12:00 | work",
        "R | 2026-03-02T16:00 | done",
        ties=ties,
    )
    assert judged(engine, evidence_of(log, CLOCK))["R"].elapsed_us == hours * HOUR


def test_sequence_decides_a_tie_before_any_stated_order(engine: str) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new | | | 1",
        "R | 2026-03-02T12:00 | work | | | 2",
        "R | 2026-03-02T12:00 | wait user | | | 3",
        "R | 2026-03-02T16:00 | done | | | 4",
    )
    assert judged(engine, evidence_of(log, CLOCK))["R"].elapsed_us == 2 * HOUR


def test_events_without_a_sequence_come_before_one_below_zero(engine: str) -> None:
    log = desk_log(
        "R | 2026-03-02T10:00 | new",
        "R | 2026-03-02T12:00 | wait user",
        "R | 2026-03-02T12:00 | wait vendor",
        "R | 2026-03-02T12:00 | note | | | -1",
        "R | 2026-03-02T12:00 | work | | | -1",
        "R | 2026-03-02T16:00 | done",
    )
    # waiting first, then at work: it runs 10-16
    assert judged(engine, evidence_of(log, CLOCK))["R"].elapsed_us == 6 * HOUR
