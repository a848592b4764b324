"""A record whose clock runs outside the annex refuses the periods in which it could count, and no others."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories.agreements import openings_of, us
from tests.factories.asked import evidence_of
from tests.factories.logs import desk_log
from tests.factories.random_cases import DAY, MINUTE, Case, case_of
from tests.factories.random_questions import everyone, questions_of

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.engines.embedded import DuckdbEngine
from handfast.kernel.servicelevels.engines.reference import ReferenceEngine
from handfast.kernel.servicelevels.evidence import Evidence, OutsideAnnex
from handfast.kernel.servicelevels.questions import Condition, Counted, Population, Roster, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.servicelevels.questions import Engine, Question
    from handfast.kernel.worktime.compiled import CompiledCalendar

CLOCK = {"start": ["new"], "stop": ["done"], "pauses": {"user": ["wait user"]}, "reopening": "continue"}
MARCH = Span(us("2026-03-01T00:00"), us("2026-04-01T00:00"))
APRIL = Span(us("2026-04-01T00:00"), us("2026-05-01T00:00"))
HOUR = 60 * MINUTE
GOOD = ("R5 | 2026-03-03T09:00 | new | a", "R5 | 2026-03-03T12:00 | done | a")
ENGINES = pytest.mark.parametrize("engine", ["duckdb", "reference"])

SEEDS = st.integers(0, 2**63)
# A smaller seed is no smaller case: there is nothing to shrink.
SLOW_BUT_FINE = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


def is_refused(engine: str, evidence: Evidence, span: Span, by: Any, **more: Any) -> bool:
    """Whether a count over a span is refused; the record that is named is always R1."""
    question = Tally(Population(0, "resolution", span, by, "as it stands", **more))
    opened = open_engine(engine, evidence, threads=1)
    try:
        answer = told(opened, question)
    finally:
        opened.close()
    count = 1 if span is MARCH else 0
    assert answer in ("record R1", Counted(count, count))
    return isinstance(answer, str)


@ENGINES
def test_a_stray_stamp_of_1999_refuses_no_month_but_its_own(engine: str) -> None:
    evidence = evidence_of(
        desk_log("R1 | 1999-03-03T09:00 | new | b", "R1 | 1999-03-03T10:00 | done | b", *GOOD), CLOCK
    )
    assert not is_refused(engine, evidence, MARCH, "start")
    assert not is_refused(engine, evidence, MARCH, "stop")
    assert not is_refused(engine, evidence, MARCH, "due", target_us=8 * HOUR)
    assert is_refused(engine, evidence, Span(us("1999-03-01T00:00"), us("1999-04-01T00:00")), "start")


@ENGINES
def test_a_record_that_began_before_the_annex_refuses_the_month_of_its_stop(engine: str) -> None:
    evidence = evidence_of(
        desk_log("R1 | 2019-03-03T09:00 | new | b", "R1 | 2026-03-03T10:00 | done | b", *GOOD), CLOCK
    )
    assert is_refused(engine, evidence, MARCH, "stop")
    assert not is_refused(engine, evidence, APRIL, "stop")
    assert not is_refused(engine, evidence, MARCH, "start")


@ENGINES
def test_a_record_that_the_measure_does_not_count_refuses_nothing(engine: str) -> None:
    evidence = evidence_of(
        desk_log("R1 | 2019-03-03T09:00 | new | b", "R1 | 2026-03-03T10:00 | done | b", *GOOD), CLOCK
    )
    of_a = (Condition("kind", among=("a",)),)
    assert not is_refused(engine, evidence, MARCH, "stop", where=of_a)
    this_year = Span(us("2026-01-01T00:00"), us("2027-01-01T00:00"))
    assert not is_refused(engine, evidence, MARCH, "stop", started_in=this_year)


@ENGINES
def test_an_unfinished_record_from_before_the_annex_is_refused_where_it_could_be_due(engine: str) -> None:
    evidence = evidence_of(desk_log("R1 | 2019-03-03T09:00 | new | b", *GOOD), CLOCK)
    begins = Span(us("2025-12-01T00:00"), us("2025-12-03T00:00"))
    # Even if the office was closed for years, its first day in the annex has eight open hours.
    assert is_refused(engine, evidence, begins, "due", target_us=8 * HOUR)
    assert not is_refused(engine, evidence, MARCH, "due", target_us=8 * HOUR)
    # From its start to the annex lie 59,151 hours: 150 open ones more are over in 2025, 1,850 in the autumn.
    assert is_refused(engine, evidence, APRIL, "due", target_us=59_300 * HOUR)
    assert not is_refused(engine, evidence, APRIL, "due", target_us=61_000 * HOUR)
    assert not is_refused(engine, evidence, MARCH, "stop")


@ENGINES
def test_a_record_paused_since_before_the_annex_is_refused_where_it_could_be_due(engine: str) -> None:
    rows = ("R1 | 2019-03-01T09:00 | new | b", "R1 | 2019-03-01T10:00 | wait user | b")
    evidence = evidence_of(desk_log(*rows, "R1 | 2026-04-07T09:00 | work", *GOOD), CLOCK)
    # Two hours are over after the pause, whatever was open before it; one may have been over before it began.
    assert is_refused(engine, evidence, APRIL, "due", target_us=2 * HOUR)
    assert not is_refused(engine, evidence, MARCH, "due", target_us=2 * HOUR)
    assert is_refused(engine, evidence, MARCH, "due", target_us=HOUR)


@ENGINES
def test_a_record_open_behind_the_end_of_the_annex_is_refused_where_it_is_due_only(engine: str) -> None:
    evidence = evidence_of(
        desk_log("R1 | 2026-04-07T09:00 | new | b", *GOOD), CLOCK, as_of="2027-06-01T00:00"
    )
    assert not is_refused(engine, evidence, MARCH, "due", target_us=8 * HOUR)
    assert is_refused(engine, evidence, APRIL, "due", target_us=8 * HOUR)
    assert is_refused(engine, evidence, APRIL, "start")
    assert not is_refused(engine, evidence, APRIL, "stop")


@ENGINES
def test_a_target_of_nothing_is_due_at_the_start_even_outside_the_annex(engine: str) -> None:
    evidence = evidence_of(
        desk_log("R1 | 2019-03-03T09:00 | new | b", *GOOD), CLOCK, as_of="2027-06-01T00:00"
    )
    assert not is_refused(engine, evidence, MARCH, "due", target_us=0)
    assert is_refused(
        engine, evidence, Span(us("2019-03-03T09:00"), us("2019-03-03T09:01")), "due", target_us=0
    )


def shorter(seed: int, case: Case) -> Evidence:
    """The case under an annex that is cut at two of its instants, or beside them."""
    rng = Random(seed)  # noqa: S311 - chance, no secret
    calendar = case.evidence.calendars["office"]
    first, last = sorted(rng.sample(case.instants, 2))
    starts = max(calendar.covers.starts_us, first + rng.choice((-DAY, -1, 0, 1)))
    ends = min(calendar.covers.ends_us, max(last + rng.choice((-1, 0, 1, DAY)), starts))
    return replace(case.evidence, calendars={"office": cut(calendar, Span(starts, ends))})


def cut(calendar: CompiledCalendar, covers: Span) -> CompiledCalendar:
    opens = np.maximum(calendar.opens_us, covers.starts_us).tolist()
    closes = np.minimum(calendar.closes_us, covers.ends_us).tolist()
    return openings_of([pair for pair in zip(opens, closes, strict=True) if pair[0] < pair[1]], covers)


def told(engine: Engine, question: Question) -> Any:
    """The answer, or the record whose clock is refused."""
    try:
        return engine.answer(question)
    except OutsideAnnex as refused:
        return str(refused).split(":")[0]


def told_all(engine: Engine, questions: Sequence[Question]) -> list[Any]:
    try:
        return [told(engine, question) for question in questions]
    finally:
        engine.close()


def inside(question: Any, covers: Span) -> Any:
    """The question about as much of its span as the annex covers."""
    if hasattr(question, "of"):
        return replace(question, of=tuple(inside(one, covers) for one in question.of))
    span = question.population.span
    starts = min(max(span.starts_us, covers.starts_us), covers.ends_us)
    held = Span(starts, max(min(span.ends_us, covers.ends_us), starts))
    return replace(question, population=replace(question.population, span=held))


@settings(SLOW_BUT_FINE, max_examples=80)
@given(seed=SEEDS)
def test_engines_refuse_the_same_questions_for_the_same_record(seed: int) -> None:
    case = case_of(seed)
    evidence = shorter(seed, case)
    questions = [*everyone(seed, case), *questions_of(seed, case, 8)]
    embedded = told_all(DuckdbEngine(evidence, threads=1), questions)
    for question, one, other in zip(
        questions, embedded, told_all(ReferenceEngine(evidence), questions), strict=True
    ):
        assert one == other, question


@settings(SLOW_BUT_FINE, max_examples=300)
@given(seed=SEEDS)
def test_a_longer_annex_changes_no_answer_of_a_shorter_one(seed: int) -> None:
    case = case_of(seed)
    evidence = shorter(seed, case)
    covers = evidence.calendars["office"].covers
    questions = [inside(one, covers) for one in (*everyone(seed, case), *questions_of(seed, case, 8))]
    short, longer = (told_all(ReferenceEngine(one), questions) for one in (evidence, case.evidence))
    for question, one, other in zip(questions, short, longer, strict=True):
        assert isinstance(one, str) or one == other, question


@settings(SLOW_BUT_FINE, max_examples=150)
@given(seed=SEEDS)
def test_a_period_by_start_or_stop_is_refused_only_for_a_record_that_counts_in_it(seed: int) -> None:
    case = case_of(seed)
    evidence = shorter(seed, case)
    covers = evidence.calendars["office"].covers
    questions = [one for one in everyone(seed, case) if isinstance(one, Roster)][:2]
    for question, one, other in zip(
        questions,
        told_all(ReferenceEngine(evidence), questions),
        told_all(ReferenceEngine(case.evidence), questions),
        strict=True,
    ):
        ends = [evidence.as_of_us if row.stop_us is None else row.stop_us for row in other.rows]
        outside = [
            row.record
            for row, end in zip(other.rows, ends, strict=True)
            if row.start_us < covers.starts_us or end >= covers.ends_us
        ]
        assert (f"record {outside[0]}" if outside else other) == one, question


def test_random_annexes_are_short_enough_to_refuse_and_long_enough_to_answer() -> None:
    answers = []
    for seed in range(60):
        case = case_of(seed)
        evidence = shorter(seed, case)
        covers = evidence.calendars["office"].covers
        questions = [inside(one, covers) for one in questions_of(seed, case, 8)]
        answers += told_all(ReferenceEngine(evidence), questions)
    refused = sum(isinstance(one, str) for one in answers)
    assert 40 < refused < 240
