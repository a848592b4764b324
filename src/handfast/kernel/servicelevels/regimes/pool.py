"""The pool: credit = pool share x allocation x at-risk amount, capped, with the cut shared out in writing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    cap = rounded(cap_share * Fraction(charges), digits, mode)
    before = {
        level: rounded(regime.pools[credit.pool].share * credit.allocation * at_risk, digits, mode)
        if defaults.get(level)
        else rounded(0, digits, mode)
        for level, credit in regime.credits.items()
    }
    total = sum(before.values(), start=rounded(0, digits, mode))
    excess = max(total - cap, rounded(0, digits, mode))
    cuts = _in_proportion(before, excess) if regime.cut == "in proportion" else _last_first(before, excess)
    lines = tuple(
        PoolLine(
            level,
            credit.pool,
            regime.pools[credit.pool].share,
            credit.allocation,
            defaults.get(level),
            before[level],
            cuts[level],
            before[level] - cuts[level],
        )
        for level, credit in regime.credits.items()
    )
    return PoolResult(charges, rounded(at_risk, digits, mode), cap, excess, total - excess, lines)


def _in_proportion(before: Mapping[str, Decimal], excess: Decimal) -> dict[str, Decimal]:
    """Each bears its part of the excess, to the smallest coin; the coins left over go to the largest remainders.

    Equal remainders are served in the order in which the terms list the credits.
    """
    total = sum(before.values(), start=Decimal(0))
    coin = Decimal(1).scaleb(int(excess.as_tuple().exponent))
    if not excess:
        return dict.fromkeys(before, excess)
    exact = {
        level: Fraction(excess) * Fraction(amount) / Fraction(total) / Fraction(coin)
        for level, amount in before.items()
    }
    coins = {level: int(part) for level, part in exact.items()}
    left = int(Fraction(excess) / Fraction(coin)) - sum(coins.values())
    by_remainder = sorted(exact, key=lambda level: coins[level] - exact[level])
    for level in by_remainder[:left]:
        coins[level] += 1
    return {level: count * coin for level, count in coins.items()}


def _last_first(before: Mapping[str, Decimal], excess: Decimal) -> dict[str, Decimal]:
    """The last credit in the terms' order is cut first."""
    cuts: dict[str, Decimal] = {}
    for level in reversed(list(before)):
        cuts[level] = min(before[level], excess)
        excess -= cuts[level]
    return {level: cuts[level] for level in before}
