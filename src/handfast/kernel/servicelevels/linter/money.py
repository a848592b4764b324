"""Rules about money: credits that no month can reach, defaults that nothing makes, charges that nobody wrote."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.linter.bands import points_regime_of
from handfast.kernel.servicelevels.linter.pools import pool_regime_of
from handfast.kernel.servicelevels.linter.reach import is_ever_below_expected, is_ever_missed
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.measure_terms import Reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.regime_terms import PoolRegime

DECEMBER = 12


@rule("credit-never-reached", "warning")
def credit_never_reached(case: Case) -> Iterator[Fault]:
    """A credit that no value of the measure can make due.

    The client believes it has a remedy; the file says it has none.
    """
    regime = pool_regime_of(case)
    for level in regime.credits if regime else ():
        if regime and (why := _why_never(case, regime, level)):
            yield Fault(
                ("regime", "credits", level),
                f"the credit of {level} can never be reached: {why}",
                "mend that, or take the credit away",
            )
    points = points_regime_of(case)
    for level, written in points.points.items() if points else ():
        if not any(band.points for band in written.bands):
            yield Fault(
                ("regime", "points", level),
                f"{level} can never earn a point: every band gives 0",
                "give the bad values points, or take the level out of the regime",
            )


def _why_never(case: Case, regime: PoolRegime, level_id: str) -> str | None:
    credit, level = regime.credits[level_id], case.terms.levels[level_id]
    nothing = {
        "nothing is at risk (at_risk is 0 %)": regime.at_risk == 0,
        "the cap is 0 %": regime.cap == 0,
        f"the share of the pool {credit.pool} is 0 %": regime.pools[credit.pool].share == 0,
        "its allocation is 0 %": credit.allocation == 0,
        "it promises neither minimum nor expected": level.minimum is None and level.expected is None,
    }
    if why := next((said for said, holds in nothing.items() if holds), None):
        return why
    if is_ever_missed(case.terms, level_id):
        return None
    counts = regime.default_at == "expected" or regime.expected_default is not None
    if counts and is_ever_below_expected(case.terms, level_id):
        return None
    decisive = "minimum" if level.minimum is not None else "expected"
    return f"no value lies on the wrong side of {decisive} {getattr(level, decisive)}"


@rule("expected-taken-as-minimum", "warning")
def expected_taken_as_minimum(case: Case) -> Iterator[Fault]:
    """A credit is due at the minimum, and the level has only an expected value.

    Without a minimum, one miss of what is expected is a miss of the level and costs the whole credit at once.
    """
    regime = pool_regime_of(case)
    for level_id in regime.credits if regime and regime.default_at == "minimum" else ():
        level = case.terms.levels[level_id]
        if level.minimum is None and level.expected is not None:
            yield Fault(
                ("levels", level_id),
                f"{level_id} has no minimum: a miss of expected {level.expected} is a default at once",
                "write the minimum, or say default_at: expected if that is meant",
            )


@rule("expected-default-idle", "warning")
def expected_default_idle(case: Case) -> Iterator[Fault]:
    """Repeated misses of expected count as a default, but nothing in the terms can make them count.

    With default_at: expected each of them is a default already; without a level that has both an expected
    value and a minimum there is nothing to repeat.
    """
    regime = pool_regime_of(case)
    if regime is None or regime.expected_default is None:
        return
    if regime.default_at == "expected":
        why = "default_at: expected makes every single miss a default"
    elif not any(is_ever_below_expected(case.terms, level) for level in regime.credits):
        why = "no credited level has both a minimum and an expected value that can be missed"
    else:
        return
    yield Fault(
        ("regime", "expected_default"), f"expected_default never acts: {why}", "take one of the two away"
    )


@rule("charges-missing", "warning")
def charges_missing(case: Case) -> Iterator[Fault]:
    """A month of the term for which the charges are not written.

    Its statement is refused, since no credit can be reckoned from an amount that nobody stated.
    """
    regime = case.terms.regime
    if regime is None or regime.charges == "reported" or "every month" in regime.charges:
        return
    missing = [month for month in _months(case.first, case.end) if month not in regime.charges]
    if missing:
        more = f" and {len(missing) - 1} months more" if len(missing) > 1 else ""
        yield Fault(
            ("regime", "charges"),
            f"there are no charges for {missing[0]}{more}",
            "write the amounts, one for `every month`, or `reported`",
        )


def _months(first: date, end: date) -> Iterator[str]:
    """The months that begin in [first, end)."""
    month = first.replace(day=1)
    while month < end:
        if month >= first:
            yield f"{month.year:04d}-{month.month:02d}"
        month = date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)


@rule("reported-by-who-gains", "warning")
def reported_by_who_gains(case: Case) -> Iterator[Fault]:
    """Money hangs on a value that one of the two parties reports about itself.

    The provider saves the credit and the client receives it: whoever reports, gains by the figure.
    """
    pool, points = pool_regime_of(case), points_regime_of(case)
    paid = [*(pool.credits if pool else ()), *(points.points if points else ())]
    for level in paid:
        measure = case.terms.measure_of(level)
        if isinstance(measure, Reported):
            gain = "saves" if measure.reported_by == "provider" else "receives"
            yield Fault(
                ("levels", level, "measure"),
                f"the {measure.reported_by} reports the value of {level} and {gain} its credit",
                "measure it from a log, or agree who may inspect the file that it rests on",
            )


RULES: tuple[Rule, ...] = (
    credit_never_reached,
    expected_taken_as_minimum,
    expected_default_idle,
    charges_missing,
    reported_by_who_gains,
)
