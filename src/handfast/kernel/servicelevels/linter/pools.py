"""Rules about pools: what the terms share out, held against the totals that they name themselves."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.consequence import percent_text
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.regime_terms import PoolRegime

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = Fraction(1)
A_YEAR_MONTHS = 12


def pool_regime_of(case: Case) -> PoolRegime | None:
    return case.terms.regime if isinstance(case.terms.regime, PoolRegime) else None


def _allocated(regime: PoolRegime) -> dict[str, Fraction]:
    """What the credits of each pool add up to."""
    sums = dict.fromkeys(regime.pools, Fraction(0))
    for credit in regime.credits.values():
        sums[credit.pool] += credit.allocation
    return sums


@rule("allocations-over-total", "error")
def allocations_over_total(case: Case) -> Iterator[Fault]:
    """The allocations of one pool add up to more than the terms allow.

    Then the credits of a bad month are not what the parties shared out, and the cap decides instead.
    """
    regime = pool_regime_of(case)
    if regime is None or regime.allocation_total is None:
        return
    for pool, total in _allocated(regime).items():
        if total > regime.allocation_total:
            yield Fault(
                ("regime", "pools", pool),
                f"the allocations of {pool} add up to {percent_text(total)}, "
                f"over the allocation_total of {percent_text(regime.allocation_total)}",
                f"take {percent_text(total - regime.allocation_total)} away from its credits, or agree a higher total",
            )


@rule("allocation-total-unnamed", "warning")
def allocation_total_unnamed(case: Case) -> Iterator[Fault]:
    """The allocations of one pool add up to more than 100 % and no total says that this is meant.

    Pools of 200 % exist, and so do slips: naming the total tells one from the other.
    """
    regime = pool_regime_of(case)
    if regime is None or regime.allocation_total is not None:
        return
    for pool, total in _allocated(regime).items():
        if total > WHOLE:
            yield Fault(
                ("regime", "pools", pool),
                f"the allocations of {pool} add up to {percent_text(total)} and no allocation_total is named",
                f"write allocation_total: {percent_text(total)} if that is meant",
            )


@rule("pool-shares-over-total", "error")
def pool_shares_over_total(case: Case) -> Iterator[Fault]:
    """The shares of the pools add up to more than the total that the terms name.

    More than the whole amount at risk would be shared out.
    """
    regime = pool_regime_of(case)
    if regime is None:
        return
    total = sum((pool.share for pool in regime.pools.values()), Fraction(0))
    if total > regime.pool_total:
        yield Fault(
            ("regime", "pools"),
            f"the pools share out {percent_text(total)}, over the pool_total of {percent_text(regime.pool_total)}",
            f"take {percent_text(total - regime.pool_total)} away, or agree a higher pool_total",
        )


@rule("pool-shares-under-total", "warning")
def pool_shares_under_total(case: Case) -> Iterator[Fault]:
    """The pools share out less than the amount at risk.

    A part of what is said to be at risk belongs to no pool, so that no miss can ever cost it.
    """
    regime = pool_regime_of(case)
    if regime is None:
        return
    total = sum((pool.share for pool in regime.pools.values()), Fraction(0))
    whole = min(WHOLE, regime.pool_total)
    if total < whole:
        yield Fault(
            ("regime", "pools"),
            f"the pools share out {percent_text(total)}, under {percent_text(whole)} of the amount at risk",
            f"share out the other {percent_text(whole - total)}, or put less at risk",
        )


@rule("allocation-over-largest", "error")
def allocation_over_largest(case: Case) -> Iterator[Fault]:
    """One allocation is larger than the largest that the terms allow.

    The limit keeps one level from carrying the whole month; here it is broken by the same file that sets it.
    """
    regime = pool_regime_of(case)
    if regime is None or regime.largest_allocation is None:
        return
    for level, credit in regime.credits.items():
        if credit.allocation > regime.largest_allocation:
            yield Fault(
                ("regime", "credits", level, "allocation"),
                f"{level} is allocated {percent_text(credit.allocation)}, "
                f"over the largest_allocation of {percent_text(regime.largest_allocation)}",
                "lower it, or agree a larger limit",
            )


@rule("more-levels-than-most", "error")
def more_levels_than_most(case: Case) -> Iterator[Fault]:
    """More levels carry an allocation than the terms allow.

    Every level more makes the others' allocations thinner than was agreed.
    """
    regime = pool_regime_of(case)
    if regime is None or regime.most_levels is None:
        return
    carrying = sum(credit.allocation > 0 for credit in regime.credits.values())
    if carrying > regime.most_levels:
        yield Fault(
            ("regime", "credits"),
            f"{carrying} levels carry an allocation; most_levels is {regime.most_levels}",
            f"take {carrying - regime.most_levels} away, or set an allocation to 0 %",
        )


@rule("pool-unused", "warning")
def pool_unused(case: Case) -> Iterator[Fault]:
    """A pool to which no credit belongs.

    Its share of the amount at risk can never be owed.
    """
    regime = pool_regime_of(case)
    if regime is None:
        return
    used = {credit.pool for credit in regime.credits.values()}
    for pool in regime.pools:
        if pool not in used:
            yield Fault(
                ("regime", "pools", pool),
                f"no credit belongs to the pool {pool}",
                "give it a credit, or take it away and share its part out",
            )


@rule("at-risk-over-charges", "error")
def at_risk_over_charges(case: Case) -> Iterator[Fault]:
    """More than all the charges are at risk.

    A month could cost the provider more than it is paid: a percent sign or a digit slipped.
    """
    regime = pool_regime_of(case)
    if regime is not None and regime.at_risk > 1:
        yield Fault(
            ("regime", "at_risk"),
            f"{percent_text(regime.at_risk)} of the charges are at risk",
            "write 100 % or less",
        )


@rule("cap-over-at-risk", "warning")
def cap_over_at_risk(case: Case) -> Iterator[Fault]:
    """The cap of a month lies over the amount that the terms say is at risk.

    With pools of more than 100 % a month can then cost more than the share that everyone quotes.
    """
    regime = pool_regime_of(case)
    if regime is not None and regime.cap is not None and regime.cap > regime.at_risk:
        yield Fault(
            ("regime", "cap"),
            f"the cap of {percent_text(regime.cap)} lies over the {percent_text(regime.at_risk)} at risk",
            "lower the cap, or say in the contract that more than the amount at risk can be owed",
        )


@rule("long-look-back", "warning")
def long_look_back(case: Case) -> Iterator[Fault]:
    """A default that looks back over more than twelve months.

    Evidence must be kept that long, and a statement needs all of it to be recomputed.
    """
    regime = pool_regime_of(case)
    rule_ = None if regime is None else regime.expected_default
    if rule_ is not None and rule_.months > A_YEAR_MONTHS:
        yield Fault(
            ("regime", "expected_default", "months"),
            f"every statement looks back over {rule_.months} months of records",
            "agree 12 months or fewer, or keep the records that long",
        )


RULES: tuple[Rule, ...] = (
    allocations_over_total,
    allocation_total_unnamed,
    pool_shares_over_total,
    pool_shares_under_total,
    allocation_over_largest,
    more_levels_than_most,
    pool_unused,
    at_risk_over_charges,
    cap_over_at_risk,
    long_look_back,
)
