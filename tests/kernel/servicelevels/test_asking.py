"""What a written measure asks of an engine: filters in scaled integers, ranks by the named method."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.agreements import terms_with, us

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.asking import conditions_of, interval_question, population_of, ranks_of
from handfast.kernel.servicelevels.measure_terms import Percentile, RatioOfSums, ShareWithinTarget
from handfast.kernel.servicelevels.questions import Condition

MARCH = Span(us("2026-03-01T00:00"), us("2026-04-01T00:00"))
OF_RECORDS = {"clock": "resolution", "counted_by": "stop", "unfinished": "left out"}


def percentile(share: str, method: str) -> Percentile:
    return Percentile.model_validate({"kind": "percentile", "share": share, "method": method, **OF_RECORDS})


def conditions(where: dict[str, Any]) -> tuple[Condition, ...]:
    terms = terms_with(measures={"resolved": {"where": where}})
    measure = terms.first.measures["resolved"]
    assert isinstance(measure, ShareWithinTarget)
    return conditions_of(measure.where, terms.first.sources["desk"])


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_nearest_rank_is_the_least_that_reaches_the_share(n: int, share: int) -> None:
    (rank,) = ranks_of(percentile(f"{share // 100}.{share % 100:02d} %", "nearest rank"), n)
    assert 1 <= rank <= n
    assert Fraction(rank, n) >= Fraction(share, 10_000)
    assert rank == 1 or Fraction(rank - 1, n) < Fraction(share, 10_000)


@pytest.mark.parametrize(
    ("share", "n", "ranks"),
    [("50 %", 5, (3,)), ("50 %", 4, (2, 3)), ("100 %", 4, (4,)), ("90 %", 1, (1,)), ("90 %", 11, (10,))],
)
def test_linear_method_needs_one_rank_or_two_neighbours(share: str, n: int, ranks: tuple[int, ...]) -> None:
    assert ranks_of(percentile(share, "linear"), n) == ranks


def test_no_rank_is_asked_of_nothing() -> None:
    assert ranks_of(percentile("90 %", "linear"), 0) == ranks_of(percentile("90 %", "nearest rank"), 0) == ()


def test_filters_become_conditions_in_the_order_of_their_names() -> None:
    found = conditions({"size": {"at_least": "1.5", "at_most": "2"}, "kind": ["b", "a"]})
    assert found == (Condition("kind", among=("b", "a")), Condition("size", lowest=150, highest=200))


def test_border_between_two_scaled_values_closes_inwards() -> None:
    # with two digits, at least 1.234 is at least 1.24, and at most 1.234 is at most 1.23; the same below nothing
    assert conditions({"size": {"at_least": "1.234", "at_most": "1.239"}}) == (
        Condition("size", lowest=124, highest=123),
    )
    assert conditions({"size": {"at_least": "-1.234"}}) == (Condition("size", lowest=-123),)
    assert conditions({"reopenings": {"at_most": "0"}}) == (Condition("reopenings", highest=0),)


def test_negation_and_absence_are_kept_apart() -> None:
    assert conditions({"kind": {"is_not": ["a"]}}) == (Condition("kind", among=("a",), is_negated=True),)
    assert conditions({"kind": {"is_missing": "false"}}) == (Condition("kind", is_missing=False),)


def test_population_carries_the_target_by_which_records_are_due() -> None:
    terms = terms_with(
        measures={"resolved": {"counted_by": "due", "target": "4h", "excludes": ["duplicate"]}}
    )
    measure = terms.first.measures["resolved"]
    assert isinstance(measure, ShareWithinTarget)
    population = population_of(terms, 0, measure, MARCH)
    assert (population.counted_by, population.target_us) == ("due", 4 * 3_600_000_000)
    assert (population.span, population.excluded_types) == (MARCH, ("duplicate",))


def test_minus_before_a_total_is_its_sign() -> None:
    plain = {"kind": "ratio of sums", "source": "calls", "of": ["offered", "-in_time"], "to": "offered"}
    asked = interval_question(terms_with(), 0, RatioOfSums.model_validate(plain), MARCH)
    assert (asked.of, asked.to) == (((1, "offered"), (-1, "in_time")), ((1, "offered"),))
