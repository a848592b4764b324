"""What the verdicts of a month mean in points and money, with the working of every amount."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import plain_text, rounded
from handfast.kernel.servicelevels.evidence import EvidenceMissing
from handfast.kernel.servicelevels.periods import last_months
from handfast.kernel.servicelevels.regime_terms import PoolRegime
from handfast.kernel.servicelevels.regimes.points import PointsResult, monthly_points
from handfast.kernel.servicelevels.regimes.pool import PoolLine, PoolResult, pool_credits
from handfast.kernel.servicelevels.verdicts import UNDER_EXPECTED

if TYPE_CHECKING:
    from decimal import Decimal

    from handfast.kernel.servicelevels.periods import Period
    from handfast.kernel.servicelevels.regime_terms import PointsRegime
    from handfast.kernel.servicelevels.verdicts import Assessor

EXACT_DIGITS = 40


def consequence_of(assessor: Assessor, regime: PoolRegime | PointsRegime, period: Period) -> dict[str, Any]:
    """The consequence as plain JSON values; amounts are texts at the regime's scale."""
    charges = _charges(assessor, regime, period)
    if isinstance(regime, PoolRegime):
        defaults = {level: _default(assessor, regime, level, period) for level in regime.credits}
        return _pool_plain(regime, pool_credits(regime, charges, defaults))
    before = last_months(assessor.asked.terms, period, 2)[1:]
    now = {level: assessor.assess(level, period).banded for level in regime.points}
    previous = {level: assessor.assess(level, before[0]).banded for level in regime.points} if before else {}
    return _points_plain(regime, monthly_points(regime, charges, now, previous))


def _charges(assessor: Assessor, regime: PoolRegime | PointsRegime, period: Period) -> Decimal:
    stated = assessor.asked.reported.written.charges if regime.charges == "reported" else regime.charges
    found = stated.get(period.name, stated.get("every month"))
    if found is None:
        raise EvidenceMissing(
            f"the charges of {period.name} are not known: write them under regime.charges, or report them"
        )
    return found


def _default(assessor: Assessor, regime: PoolRegime, level: str, period: Period) -> str | None:
    """Why a level is a default in the period, in words; None where it is not."""
    verdict = assessor.assess(level, period).verdict
    if verdict == "missed":
        return "missed"
    if verdict not in UNDER_EXPECTED:
        return None
    if regime.default_at == "expected":
        return "below expected"
    rule = regime.expected_default
    if rule is None:
        return None
    months = last_months(assessor.asked.terms, period, rule.months)
    misses = sum(assessor.assess(level, month).verdict in UNDER_EXPECTED for month in months)
    return f"expected missed {misses} times in {rule.months} months" if misses >= rule.misses else None


def _pool_plain(regime: PoolRegime, result: PoolResult) -> dict[str, Any]:
    lines = [
        {
            "level": line.level,
            "pool": line.pool,
            "pool_share": percent_text(line.pool_share),
            "allocation": percent_text(line.allocation),
            "default": line.why,
            "before_cut": plain_text(line.before_cut),
            "cut": plain_text(line.cut),
            "credit": plain_text(line.credit),
            "working": _working(regime, line, result.charges) if line.why else None,
        }
        for line in result.lines
    ]
    return {
        "regime": "pool",
        "currency": regime.currency,
        "charges": plain_text(result.charges),
        "at_risk": percent_text(regime.at_risk),
        "at_risk_amount": plain_text(result.at_risk_amount),
        "cap": plain_text(result.cap),
        "cut": plain_text(result.cut),
        "cut_rule": regime.cut,
        "lines": lines,
        "credit": plain_text(result.total),
    }


def _working(regime: PoolRegime, line: PoolLine, charges: Decimal) -> str:
    """The product that gives the amount: the at-risk amount stands here unrounded, as it was multiplied."""
    at_risk = exact_text(regime.at_risk * Fraction(charges), regime.rounding.digits)
    return f"{percent_text(line.pool_share)} x {percent_text(line.allocation)} x {at_risk}"


def _points_plain(regime: PointsRegime, result: PointsResult) -> dict[str, Any]:
    lines = [
        {
            "level": line.level,
            "value": None if line.value is None else plain_text(line.value),
            "band": line.band,
            "band_points": line.band_points,
            "is_repeat": line.is_repeat,
            "points": line.points,
        }
        for line in result.lines
    ]
    return {
        "regime": "points",
        "currency": regime.currency,
        "charges": plain_text(result.charges),
        "lines": lines,
        "points": result.points,
        "of_charges": None if result.of_charges is None else percent_text(result.of_charges),
        "credit": plain_text(result.total),
    }


def percent_text(share: Fraction) -> str:
    """A share as `12.5 %`, exact: every written share ends within fourteen digits."""
    return f"{exact_text(share * 100, 0)} %"


def exact_text(number: Fraction, digits: int) -> str:
    """A number that ends within forty digits, with at least `digits` of them after the point."""
    text = plain_text(rounded(number, EXACT_DIGITS, "half even"))
    whole, _, fraction = text.partition(".")
    kept = fraction.rstrip("0").ljust(digits, "0")
    return f"{whole}.{kept}" if kept else whole
