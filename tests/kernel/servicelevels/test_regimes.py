"""The two regimes hold to their known answers and to the laws of sharing out a cut."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.servicelevels.regime_terms import PointsRegime, PoolRegime
from handfast.kernel.servicelevels.regimes.points import NoBandHolds, monthly_points, rung_of
from handfast.kernel.servicelevels.regimes.pool import PoolResult, pool_credits
from handfast.kernel.servicelevels.terms import read_terms

CHARGES = Decimal(100000)
law = settings(max_examples=50, deadline=None)  # every example reads its terms from text
FRAME = """
agreement: Sample
zone: UTC
effective: {from: 2026-01-01, to: 2027-01-01}
measures: {value: {kind: reported, reported_by: client, unit: percent, rounding: {digits: 1, mode: half up}}}
"""


def pool_of(
    allocations: list[str], *, more: str = "", digits: int = 2, names: list[str] | None = None
) -> PoolRegime:
    """One pool of 100 %, 10 % at risk, and a level for each allocation."""
    names = names or [f"l{place}" for place in range(len(allocations))]
    levels = "".join(f"  {name}: {{name: A, measure: value, minimum: 90 %}}\n" for name in names)
    shares = "".join(
        f"    {name}: {{pool: all, allocation: {share}}}\n"
        for name, share in zip(names, allocations, strict=True)
    )
    text = (
        f"{FRAME}levels:\n{levels}regime:\n  kind: pool\n  currency: EUR\n"
        f"  rounding: {{digits: {digits}, mode: half up}}\n  charges: 100000\n  at_risk: 10 %\n  pool_total: 100 %\n"
        f"  pools: {{all: {{share: 100 %}}}}\n  credits:\n{shares}{more}"
    )
    regime = read_terms(read_document(text, name="sample.yaml")).first.regime
    assert isinstance(regime, PoolRegime)
    return regime


def all_missed(regime: PoolRegime, charges: Decimal = CHARGES) -> PoolResult:
    return pool_credits(regime, charges, dict.fromkeys(regime.credits, "missed"))


def points_of(bands: str, more: str = "") -> PointsRegime:
    text = (
        f"{FRAME}levels: {{a: {{name: A, measure: value}}}}\nregime:\n  kind: points\n  currency: EUR\n"
        f"  rounding: {{digits: 2, mode: half up}}\n  charges: 100000\n  points: {{a: {{bands: {bands}}}}}\n{more}"
    )
    regime = read_terms(read_document(text, name="sample.yaml")).first.regime
    assert isinstance(regime, PointsRegime)
    return regime


UK_BANDS = (
    "[{from: 99.0, points: 0}, {from: 98.0, to: 98.9, points: 1}, {from: 97.0, to: 97.9, points: 2}, "
    "{from: 96.0, to: 96.9, points: 3}, {to: 95.9, points: 4}]"
)


def month(regime: PointsRegime, now: str | None, before: str | None = None) -> int:
    value = None if now is None else Decimal(now)
    previous = None if before is None else Decimal(before)
    return monthly_points(regime, CHARGES, {"a": value}, {"a": previous}).points


def test_three_defaults_over_the_cap_share_out_the_cut_in_proportion() -> None:
    result = all_missed(pool_of(["50 %", "40 %", "20 %"]))
    assert (result.at_risk_amount, result.cap) == (Decimal("10000.00"), Decimal("10000.00"))
    assert [line.before_cut for line in result.lines] == [5000, 4000, 2000]
    # 454.545…, 363.636…, 181.818…: the two coins left over go to the largest remainders.
    assert [str(line.cut) for line in result.lines] == ["454.54", "363.64", "181.82"]
    assert (result.cut, result.total) == (1000, 10000)


def test_three_defaults_over_the_cap_cut_the_last_first() -> None:
    result = all_missed(pool_of(["50 %", "42 %", "18 %"], more="  cut: last first\n"))
    assert [line.cut for line in result.lines] == [0, 0, 1000]
    result = all_missed(pool_of(["50 %", "55 %", "5 %"], more="  cut: last first\n"))
    assert [line.cut for line in result.lines] == [0, 500, 500]
    assert [line.credit for line in result.lines] == [5000, 5000, 0]


def test_sum_under_the_cap_is_not_cut() -> None:
    result = all_missed(pool_of(["40 %", "20 %"]))
    assert (result.cut, result.total, [line.cut for line in result.lines]) == (0, 6000, [0, 0])


def test_level_that_is_no_default_costs_nothing_and_bears_no_cut() -> None:
    result = pool_credits(
        pool_of(["90 %", "90 %", "90 %"]), CHARGES, {"l0": "missed", "l1": None, "l2": "missed"}
    )
    assert [line.credit for line in result.lines] == [5000, 0, 5000]
    assert [line.why for line in result.lines] == ["missed", None, "missed"]


def test_cap_of_its_own_counts_from_the_charges() -> None:
    assert all_missed(pool_of(["100 %"], more="  cap: 4 %\n")).total == 4000


def test_amounts_have_the_scale_of_the_rounding_rule() -> None:
    result = all_missed(pool_of(["33.333 %"], digits=0))
    assert [str(line.credit) for line in result.lines] == ["3333"]
    assert str(result.total) == "3333"


allocations = st.lists(
    st.integers(0, 100_000).map(lambda thousandth: f"{Decimal(thousandth) / 1000} %"), min_size=1, max_size=6
)
charges = st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100)
cut_rules = st.sampled_from(["in proportion", "last first"])
digits = st.integers(0, 4)


@law
@given(allocations, charges, cut_rules, digits)
def test_credits_after_the_cut_sum_exactly_to_the_lesser_of_sum_and_cap(
    shares: list[str], amount: Decimal, rule: str, places: int
) -> None:
    result = all_missed(pool_of(shares, more=f"  cut: {rule}\n", digits=places), amount)
    before = sum((line.before_cut for line in result.lines), Decimal(0))
    assert sum((line.credit for line in result.lines), Decimal(0)) == min(before, result.cap) == result.total
    assert all(0 <= line.cut <= line.before_cut for line in result.lines)
    assert sum((line.cut for line in result.lines), Decimal(0)) == result.cut


@law
@given(allocations, charges, digits)
def test_cut_in_proportion_is_within_a_coin_of_the_exact_part(
    shares: list[str], amount: Decimal, places: int
) -> None:
    result = all_missed(pool_of(shares, digits=places), amount)
    total = sum((Fraction(line.before_cut) for line in result.lines), Fraction(0))
    for line in result.lines:
        exact = Fraction(result.cut) * Fraction(line.before_cut) / total if total else Fraction(0)
        assert abs(Fraction(line.cut) - exact) < Fraction(1, 10**places)


@law
@given(allocations, charges, st.randoms(use_true_random=False))
def test_order_of_the_levels_moves_no_more_than_the_coin_of_a_tie(
    shares: list[str], amount: Decimal, random: Any
) -> None:
    names = [f"l{place}" for place in range(len(shares))]
    there = all_missed(pool_of(shares, names=names), amount)
    shuffled = random.sample(range(len(shares)), len(shares))
    turned = pool_of([shares[place] for place in shuffled], names=[names[place] for place in shuffled])
    here = all_missed(turned, amount)
    cuts = {line.level: (line.before_cut, line.cut) for line in there.lines}
    for line in here.lines:
        assert cuts[line.level][0] == line.before_cut
        assert abs(cuts[line.level][1] - line.cut) <= Decimal("0.01")
    assert here.total == there.total


def test_points_of_a_month_right_after_a_failure_count_twice() -> None:
    regime = points_of(UK_BANDS, "  repeat: {factor: 2}\n")
    assert [month(regime, "96.5"), month(regime, "98.5", "96.5"), month(regime, "96.5", "98.5")] == [3, 2, 6]


def test_month_on_target_and_month_without_data_break_the_run() -> None:
    regime = points_of(UK_BANDS, "  repeat: {factor: 2}\n")
    assert (month(regime, "98.5", "99.2"), month(regime, "98.5", None), month(regime, None, "98.5")) == (
        1,
        1,
        0,
    )


def test_without_a_repeat_rule_nothing_counts_twice() -> None:
    assert month(points_of(UK_BANDS), "98.5", "96.5") == 1


def test_bands_hold_their_borders() -> None:
    regime = points_of(UK_BANDS)
    values = ["100.0", "99.0", "98.9", "98.0", "97.9", "97.0", "96.9", "96.0", "95.9", "0.0"]
    assert [month(regime, value) for value in values] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_value_in_a_gap_between_bands_is_refused() -> None:
    with pytest.raises(NoBandHolds, match=r"a: no band of the terms holds 98\.95"):
        month(points_of(UK_BANDS), "98.95")


def test_ladder_turns_points_into_a_share_of_the_charges() -> None:
    more = "  ladder: {between: lower rung, rungs: [{points: 1, of_charges: 1.5 %}, {points: 3, of_charges: 4 %}]}\n"
    regime = points_of(UK_BANDS, more)
    result = monthly_points(regime, CHARGES, {"a": Decimal("97.0")}, {})
    assert (result.points, result.of_charges, str(result.total)) == (2, Fraction(3, 200), "1500.00")
    assert monthly_points(points_of(UK_BANDS), CHARGES, {"a": Decimal("97.0")}, {}).of_charges is None


rungs = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 100)), min_size=1, max_size=6, unique_by=lambda one: one[0]
)


@law
@given(rungs, st.integers(0, 80), st.sampled_from(["lower rung", "upper rung"]))
def test_ladder_agrees_with_a_table_written_out_point_by_point(
    steps: list[tuple[int, int]], points: int, between: str
) -> None:
    steps = sorted(steps)
    written = ", ".join(f"{{points: {at}, of_charges: {share} %}}" for at, share in steps)
    regime = points_of(UK_BANDS, f"  ladder: {{between: {between}, rungs: [{written}]}}\n")
    assert regime.ladder is not None
    table, share = [0], 0
    for one in range(1, 81):
        if between == "lower rung":
            share = dict(steps).get(one, share if one > 1 else dict(steps).get(0, 0))
        else:
            share = next((percent for at, percent in steps if at >= one), steps[-1][1])
        table.append(share)
    assert rung_of(regime.ladder, points) * 100 == table[points]


REFUSED = {
    "bands: [{points: 1}]": "a band needs from, to or both",
    "bands: [{from: 3, to: 2, points: 1}]": "a band from 3 to 2 holds nothing",
    "bands: []": "at least 1 item",
}


@pytest.mark.parametrize("bands", REFUSED)
def test_band_that_holds_nothing_is_refused(bands: str) -> None:
    with pytest.raises(DocumentRefused, match=REFUSED[bands]):
        points_of(bands.removeprefix("bands: "))


def test_ladder_whose_points_do_not_rise_is_refused() -> None:
    more = "  ladder: {between: lower rung, rungs: [{points: 3, of_charges: 1 %}, {points: 3, of_charges: 4 %}]}\n"
    with pytest.raises(DocumentRefused, match=r"regime\.ladder: the rungs' points must rise"):
        points_of(UK_BANDS, more)


def test_more_misses_than_months_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="5 misses cannot happen in 4 months"):
        pool_of(["10 %"], more="  expected_default: {misses: 5, months: 4}\n")
