"""Worked cases of public contracts come out right, from written terms and not from objects built by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from handfast.kernel.document import read_document
from handfast.kernel.servicelevels.linter import lint
from handfast.kernel.servicelevels.regime_terms import PointsRegime, PoolRegime
from handfast.kernel.servicelevels.regimes.points import monthly_points, rung_of
from handfast.kernel.servicelevels.regimes.pool import pool_credits
from handfast.kernel.servicelevels.terms import Terms, read_terms

CASES = Path(__file__).parents[4] / "shared/data/contracts/service_credit_cases.json"

pytestmark = pytest.mark.skipif(
    not CASES.exists(), reason="the cases of public contracts are not beside the repository"
)

HEAD = """
agreement: Contract case
zone: UTC
effective: {from: 2026-01-01, to: 2027-01-01}
"""
AVAILABILITY = """
measures: {availability: {kind: reported, reported_by: provider, unit: percent, rounding: {digits: 1, mode: half up}}}
levels: {availability: {name: Availability, measure: availability, expected: 99.0 %}}
"""
UK_POINTS = """
regime:
  kind: points
  currency: GBP
  rounding: {digits: 2, mode: half up}
  charges: 0.00
  points:
    availability:
      bands:
        - {name: target, from: 99.0, points: 0}
        - {name: minor, from: 98.0, to: 98.9, points: 1}
        - {name: serious, from: 97.0, to: 97.9, points: 2}
        - {name: severe, from: 96.0, to: 96.9, points: 3}
        - {name: threshold, to: 95.9, points: 4}
  repeat: {factor: 2}
"""
LADDER = """
regime:
  kind: points
  currency: CAD
  rounding: {digits: 2, mode: half up}
  charges: 50000.00
  points: {availability: {bands: [{from: 99.0, points: 0}, {to: 98.9, points: 30}]}}
  ladder: {between: STEP, rungs: RUNGS}
"""


def case(name: str) -> dict[str, Any]:
    oracles = json.loads(CASES.read_text("utf-8"), parse_float=str)["oracles"]
    found: dict[str, Any] = next(one for one in oracles if one["id"] == name)
    return found


def terms_of(*parts: str) -> Terms:
    return read_terms(read_document("".join(parts), name="case.yaml"))


def points_of(terms: Terms) -> PointsRegime:
    regime = terms.first.regime
    assert isinstance(regime, PointsRegime)
    return regime


def points_by_month(regime: PointsRegime, series: list[str]) -> list[int]:
    before: dict[str, Decimal | None] = {}
    points = []
    for value in series:
        now: dict[str, Decimal | None] = {"availability": Decimal(value)}
        points.append(monthly_points(regime, Decimal(0), now, before).points)
        before = now
    return points


@pytest.mark.parametrize("name", ["uk_msa_repeat_1", "uk_msa_reset"])
def test_british_model_agreement_counts_repeats_twice(name: str) -> None:
    wanted = case(name)
    regime = points_of(terms_of(HEAD, AVAILABILITY, UK_POINTS))
    assert points_by_month(regime, wanted["series"]) == wanted["expected_points"]


def test_texan_pool_multiplies_pool_allocation_and_amount_at_risk() -> None:
    given = case("tx_dir_pool")["inputs"]
    regime = terms_of(
        HEAD,
        AVAILABILITY,
        f"""
regime:
  kind: pool
  currency: USD
  rounding: {{digits: 2, mode: half up}}
  charges: {given["monthly_invoice"]}
  at_risk: {given["at_risk_pct"]}
  pool_total: 100 %
  pools:
    category: {{share: {given["pool_allocation_pct"]}}}
    other: {{share: 50 %}}
  credits: {{availability: {{pool: category, allocation: {given["sl_credit_allocation_pct"]}}}}}
""",
    ).first.regime
    assert isinstance(regime, PoolRegime)
    charges = regime.charges["every month"]  # type: ignore[index]  # written as one amount
    credited = pool_credits(regime, charges, {"availability": "missed"})
    assert credited.total == Decimal(case("tx_dir_pool")["expected_credit"]) == 2000


def virginian(allocations: list[str]) -> str:
    levels = "".join(
        f"  l{place}: {{name: Level {place}, measure: availability, expected: 99.0 %, minimum: 98.0 %}}\n"
        for place, _ in enumerate(allocations)
    )
    credited = "".join(
        f"    l{place}: {{pool: all, allocation: {share}}}\n" for place, share in enumerate(allocations)
    )
    return (
        HEAD
        + AVAILABILITY.partition("levels:")[0]
        + f"levels:\n{levels}"
        + "regime:\n  kind: pool\n  currency: USD\n  rounding: {digits: 2, mode: half up}\n  charges: reported\n"
        + "  at_risk: 10 %\n  pool_total: 100 %\n  largest_allocation: 25 %\n  most_levels: 20\n"
        + f"  pools: {{all: {{share: 100 %}}}}\n  credits:\n{credited}"
    )


def test_virginian_limits_are_found_by_the_linter() -> None:
    limits = {"allocation-over-largest", "more-levels-than-most"}
    for wanted in case("va_vita")["validation_cases"]:
        allocations = wanted.get("allocations") or ["0.01"] * wanted["n_levels"]
        document = read_document(virginian(allocations), name="case.yaml")
        found = {finding.rule for finding in lint(read_terms(document), document)}
        assert (found & limits == set()) == wanted["valid"], wanted


@pytest.mark.parametrize("step", ["lower rung", "upper rung"])
def test_canadian_ladder_is_exact_on_its_rungs_and_says_its_step_between_them(step: str) -> None:
    rungs = [
        (int(points), Fraction(str(percent)) / 100) for points, percent in case("bc_telus_points")["ladder"]
    ]
    written = (
        "[" + ", ".join(f"{{points: {points}, of_charges: {share * 100} %}}" for points, share in rungs) + "]"
    )
    regime = points_of(terms_of(HEAD, AVAILABILITY, LADDER.replace("STEP", step).replace("RUNGS", written)))
    assert regime.ladder is not None
    assert [rung_of(regime.ladder, points) for points, _ in rungs] == [share for _, share in rungs]
    assert rung_of(regime.ladder, 31) == rung_of(regime.ladder, 1000) == Fraction(1, 10)
    between = {points: rung_of(regime.ladder, points) * 100 for points in (1, 7, 12, 17, 22, 29)}
    lower = {1: 0, 7: 0, 12: 2, 17: 4, 22: 6, 29: 8}
    upper = {1: 0, 7: 2, 12: 4, 17: 6, 22: 8, 29: 10}
    assert between == (lower if step == "lower rung" else upper)


def test_canadian_ladder_without_its_step_is_refused() -> None:
    written = LADDER.replace("between: STEP, ", "").replace("RUNGS", "[{points: 5, of_charges: 0 %}]")
    with pytest.raises(Exception, match=r"case\.yaml, line 15: regime\.ladder\.between: is missing"):
        terms_of(HEAD, AVAILABILITY, written)
