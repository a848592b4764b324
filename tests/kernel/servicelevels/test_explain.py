"""A record's story: contiguous segments whose sum is the time that the engines count."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from tests.factories.agreements import adjustments_of, annex_of, terms_with, us
from tests.factories.logs import desk_log
from tests.factories.random_cases import Case, cases

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.engines.reference import ReferenceEngine
from handfast.kernel.servicelevels.evidence import Evidence, OutsideAnnex
from handfast.kernel.servicelevels.explain import NoSuchRecord, RecordStory, story_of
from handfast.kernel.servicelevels.questions import Population, Roster, RosterRow, Rows

HOUR = 3_600_000_000
EVER = Span(-(2**50), 2**60)


def roster(evidence: Evidence) -> tuple[RosterRow, ...]:
    everyone = Population(0, "resolution", EVER, "start", "as it stands")
    answer = ReferenceEngine(evidence).answer(Roster(everyone, 100))
    assert isinstance(answer, Rows)
    return answer.rows


def story(
    *rows: str, target_us: int | None = None, adjusted: tuple[dict[str, object], ...] = ()
) -> RecordStory:
    terms = terms_with(clocks={"resolution": {"excludes": ["outage"]}})
    as_of = us("2026-06-01T00:00:00Z")
    in_force = adjustments_of(*adjusted).in_force(as_of)
    evidence = Evidence(terms, annex_of(terms).calendars, {"desk": desk_log(*rows)}, {}, in_force, as_of)
    return story_of(evidence, 0, "resolution", "R1", target_us)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_segments_touch_from_start_to_end_and_sum_to_what_the_reference_counts(case: Case) -> None:
    for row in roster(case.evidence):
        told = story_of(case.evidence, 0, "resolution", row.record, None)
        assert (told.start_us, told.stop_us, told.elapsed_us) == (row.start_us, row.stop_us, row.elapsed_us)
        assert sum(segment.counts_us for segment in told.segments) == row.elapsed_us
        assert all(one.to_us == other.from_us for one, other in pairwise(told.segments))
        if told.segments:
            assert (told.segments[0].from_us, told.segments[-1].to_us) == (told.start_us, told.end_us)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_target_cuts_where_the_counted_time_reaches_it(case: Case) -> None:
    for row in roster(case.evidence):
        target = row.elapsed_us // 2 + 1
        told = story_of(case.evidence, 0, "resolution", row.record, target)
        assert told.elapsed_us == row.elapsed_us
        before = sum(segment.counts_us for segment in told.segments if not segment.is_over)
        assert before == min(target, row.elapsed_us)
        assert (told.due_us is not None) == (row.elapsed_us >= target)


def test_a_pause_over_a_night_is_paused_while_open_and_closed_while_closed() -> None:
    told = story(
        "R1 | 2026-03-03T15:00 | new",
        "R1 | 2026-03-03T16:00 | wait user",
        "R1 | 2026-03-04T10:00 | work",
        "R1 | 2026-03-04T12:00 | done",
    )
    states = [(segment.state, segment.why) for segment in told.segments]
    assert states == [
        ("running", "new"),
        ("paused", "user"),
        ("closed", "closed"),
        ("paused", "user"),
        ("running", "work"),
    ]
    assert told.elapsed_us == 3 * HOUR  # 15 to 16, 10 to 12


def test_a_revoked_pause_runs_and_names_the_adjustment() -> None:
    told = story(
        "R1 | 2026-03-03T10:00 | new",
        "R1 | 2026-03-03T11:00 | wait user",
        "R1 | 2026-03-03T13:00 | done",
        adjusted=({"kind": "pause revoked", "pause": "user", "records": "R1", "clause": "5.1"},),
    )
    assert [(segment.state, segment.why) for segment in told.segments] == [
        ("running", "new"),
        ("running", "A1 revoked the pause, 5.1"),
    ]
    assert told.elapsed_us == 3 * HOUR


def test_excluded_time_names_its_adjustment_and_counts_nothing() -> None:
    span = {"from": us("2026-03-03T11:00"), "to": us("2026-03-03T12:30")}
    told = story(
        "R1 | 2026-03-03T10:00 | new",
        "R1 | 2026-03-03T13:00 | done",
        adjusted=({"kind": "time excluded", "type": "outage", "clause": "7.3 b", **span},),
    )
    assert [(segment.state, segment.why, segment.counts_us) for segment in told.segments] == [
        ("running", "new", HOUR),
        ("excluded", "A1, 7.3 b", 0),
        ("running", "", HOUR // 2),
    ]


def test_a_record_that_is_not_in_the_log_is_refused_by_its_name() -> None:
    with pytest.raises(NoSuchRecord, match="record R1: the source desk holds no such record"):
        story("R2 | 2026-03-03T10:00 | new")


def test_a_record_whose_clock_never_started_is_refused() -> None:
    with pytest.raises(NoSuchRecord, match="never started"):
        story("R1 | 2026-03-03T10:00 | work")


def test_a_record_that_runs_outside_the_annex_is_not_explained_as_closed() -> None:
    with pytest.raises(OutsideAnnex, match=r"record R1: .* outside the calendar annex"):
        story("R1 | 1999-03-02T10:00 | new", "R1 | 1999-03-02T12:00 | done")
