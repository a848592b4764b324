"""The embedded engine and the reference engine answer alike, on whatever terms and logs chance brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories.agreements import terms_with
from tests.factories.logs import calls_log
from tests.factories.random_cases import case_of
from tests.factories.random_questions import everyone, interval_questions_of, interval_rows_of, questions_of

from handfast.kernel.servicelevels.engines.embedded import DuckdbEngine
from handfast.kernel.servicelevels.engines.reference import ReferenceEngine
from handfast.kernel.servicelevels.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handfast.kernel.servicelevels.questions import Question

QUESTIONS_A_CASE = 8
SEEDS = st.integers(0, 2**63)
# A smaller seed is no smaller case: there is nothing to shrink.
SLOW_BUT_FINE = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def assert_same_answers(evidence: Evidence, questions: Sequence[Question]) -> None:
    """Both engines, the same questions, in the same order."""
    reference, embedded = ReferenceEngine(evidence), DuckdbEngine(evidence, threads=1)
    try:
        for question in questions:
            assert embedded.answer(question) == reference.answer(question), question
    finally:
        embedded.close()


def assert_same_about_records(seed: int) -> None:
    case = case_of(seed)
    questions = [*everyone(seed, case), *questions_of(seed, case, QUESTIONS_A_CASE)]
    assert_same_answers(case.evidence, questions)


@settings(SLOW_BUT_FINE, max_examples=200)
@given(seed=SEEDS)
def test_engines_answer_alike_about_records(seed: int) -> None:
    assert_same_about_records(seed)


@pytest.mark.soak
@settings(SLOW_BUT_FINE, max_examples=20_000)
@given(seed=SEEDS)
def test_engines_answer_alike_about_records_in_the_long_run(seed: int) -> None:
    assert_same_about_records(seed)


@settings(SLOW_BUT_FINE, max_examples=100)
@given(seed=SEEDS)
def test_engines_answer_alike_about_intervals(seed: int) -> None:
    evidence = Evidence(terms_with(), {}, {}, {"calls": calls_log(interval_rows_of(seed))})
    assert_same_answers(evidence, interval_questions_of(seed, 10))


@settings(SLOW_BUT_FINE, max_examples=25)
@given(seed=SEEDS)
def test_warm_cache_answers_as_a_cold_one(tmp_path: Path, seed: int) -> None:
    case = case_of(seed)
    answers = []
    for _ in range(2):
        engine = DuckdbEngine(case.evidence, cache=tmp_path, threads=1)
        answers.append([engine.answer(question) for question in everyone(seed, case)])
        engine.close()
    assert answers[0] == answers[1]
