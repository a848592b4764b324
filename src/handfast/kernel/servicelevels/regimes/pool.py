"""The pool: credit = pool share x allocation x at-risk amount, capped, with the cut shared out in writing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from handfast.kernel.servicelevels.regime_terms import PoolRegime


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One level's credit with its working: shares of one, the amount before the cut, what was cut, what is owed."""

    level: str
    pool: str
    pool_share: Fraction
    allocation: Fraction
    why: str | None
    before_cut: Decimal
    cut: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class PoolResult:
    charges: Decimal
    at_risk_amount: Decimal
    cap: Decimal
    cut: Decimal
    total: Decimal
    lines: tuple[PoolLine, ...]


def pool_credits(regime: PoolRegime, charges: Decimal, defaults: Mapping[str, str | None]) -> PoolResult:
    """The month's credits; `defaults` says for each level why it is a default, None where it is not."""
    digits, mode = regime.rounding.digits, regime.rounding.mode
    at_risk = regime.at_risk * Fraction(charges)
    cap_share = regime.at_risk if regime.cap is None else regime.cap

    def coins(exact: Fraction) -> int:
        return int(Fraction(rounded(exact, digits, mode)) * 10**digits)

    def amount(count: int) -> Decimal:
        return rounded(Fraction(count, 10**digits), digits, mode)

    before = {
        level: coins(regime.pools[credit.pool].share * credit.allocation * at_risk)
        if defaults.get(level)
        else 0
        for level, credit in regime.credits.items()
    }
    cap = coins(cap_share * Fraction(charges))
    total = sum(before.values())
    excess = max(total - cap, 0)
    cuts = _in_proportion(before, excess) if regime.cut == "in proportion" else _last_first(before, excess)
    lines = tuple(
        PoolLine(
            level,
            credit.pool,
            regime.pools[credit.pool].share,
            credit.allocation,
            defaults.get(level),
            amount(before[level]),
            amount(cuts[level]),
            amount(before[level] - cuts[level]),
        )
        for level, credit in regime.credits.items()
    )
    return PoolResult(
        charges, rounded(at_risk, digits, mode), amount(cap), amount(excess), amount(total - excess), lines
    )


def _in_proportion(before: Mapping[str, int], excess: int) -> dict[str, int]:
    """Each bears its part of the excess in whole coins; the coins left over go to the largest remainders.

    Equal remainders are served in the order in which the terms list the credits.
    """
    if not excess:
        return dict.fromkeys(before, 0)
    total = sum(before.values())
    cuts = {level: excess * count // total for level, count in before.items()}
    left = excess - sum(cuts.values())
    by_remainder = sorted(before, key=lambda level: -(excess * before[level] % total))
    for level in by_remainder[:left]:
        cuts[level] += 1
    return cuts


def _last_first(before: Mapping[str, int], excess: int) -> dict[str, int]:
    """The last credit in the terms' order is cut first."""
    cuts: dict[str, int] = {}
    for level in reversed(list(before)):
        cuts[level] = min(before[level], excess)
        excess -= cuts[level]
    return {level: cuts[level] for level in before}
