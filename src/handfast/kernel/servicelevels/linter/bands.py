"""Rules about points: bands that hold every value once, and a ladder that climbs."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.consequence import percent_text
from handfast.kernel.servicelevels.linter.reach import Reach, reach_of
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.regime_terms import PointsRegime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from handfast.kernel.servicelevels.regime_terms import Band

Placed = tuple[int, "Band"]


def points_regime_of(case: Case) -> PointsRegime | None:
    return case.terms.regime if isinstance(case.terms.regime, PointsRegime) else None


def _all_bands(case: Case) -> Iterator[tuple[str, list[Placed], int]]:
    """Each level of the points regime: its bands with their places, and the digits its value is rounded to."""
    regime = points_regime_of(case)
    for level, written in regime.points.items() if regime else ():
        yield level, list(enumerate(written.bands)), case.terms.measure_of(level).rule.digits


def _steps(value: Decimal, digits: int) -> Fraction:
    """A border counted in the smallest steps that a rounded value can take."""
    return Fraction(value) * Fraction(10**digits)


def _ordered(bands: list[Placed]) -> list[Placed]:
    return sorted(bands, key=lambda one: (one[1].lowest is not None, one[1].lowest or 0, one[0]))


def _at(level: str, place: int, *rest: str) -> tuple[str | int, ...]:
    return ("regime", "points", level, "bands", place, *rest)


def shown(band: Band) -> str:
    if band.lowest is None:
        return f"up to {band.highest}"
    return f"{band.lowest} and over" if band.highest is None else f"{band.lowest} to {band.highest}"


@rule("gap-between-bands", "error")
def gap_between_bands(case: Case) -> Iterator[Fault]:
    """A value that the measure's rounding can give lies between two bands.

    98.9 to 99.0 is no gap at one digit and a gap at two: a month of 98.95 would have no points at all, and
    the statement would be refused.
    """
    for level, bands, digits in _all_bands(case):
        reached: Decimal | None = None
        for place, band in _ordered(bands):
            if reached is not None and band.lowest is not None:
                next_step = math.floor(_steps(reached, digits)) + 1
                if next_step < _steps(band.lowest, digits):
                    yield Fault(
                        _at(level, place, "from"),
                        f"{level}: nothing holds the values between {reached} and {band.lowest}, "
                        f"and its measure is rounded to {digits} digits",
                        f"begin the band at the next value after {reached}, or round the measure to fewer digits",
                    )
            if band.highest is None:
                break
            reached = band.highest if reached is None else max(reached, band.highest)


@rule("overlapping-bands", "error")
def overlapping_bands(case: Case) -> Iterator[Fault]:
    """Two bands hold the same value.

    Only the order in which they stand would decide between their points, and nobody signs an order.
    """
    for level, bands, digits in _all_bands(case):
        for (_, before), (place, after) in pairwise(_ordered(bands)):
            meets = before.highest is None or after.lowest is None
            if meets or _has_step_between(after.lowest, before.highest, digits):
                yield Fault(
                    _at(level, place),
                    f"{level}: the bands {shown(before)} and {shown(after)} hold the same values",
                    "borders are inclusive on both sides: let one band end one step before the other begins",
                )


def _has_step_between(lowest: Decimal | None, highest: Decimal | None, digits: int) -> bool:
    if lowest is None or highest is None:
        return True
    return math.ceil(_steps(lowest, digits)) <= math.floor(_steps(highest, digits))


@rule("bands-not-open", "error")
def bands_not_open(case: Case) -> Iterator[Fault]:
    """The best or the worst values lie outside all bands.

    The month in which the worst happens is the month in which the points matter.
    """
    for level, bands, _ in _all_bands(case):
        reach = reach_of(case.terms.measure_of(level))
        lows = [band.lowest for _, band in bands]
        highs = [band.highest for _, band in bands]
        if all(low is not None and not _covers(reach.least, low, is_least=True) for low in lows):
            yield _not_open(level, "under", min(low for low in lows if low is not None), "from")
        if all(high is not None and not _covers(reach.greatest, high, is_least=False) for high in highs):
            yield _not_open(level, "over", max(high for high in highs if high is not None), "to")


def _covers(bound: Fraction | None, border: Decimal, *, is_least: bool) -> bool:
    if bound is None:
        return False
    return border <= bound if is_least else border >= bound


def _not_open(level: str, side: str, border: Decimal, key: str) -> Fault:
    return Fault(
        ("regime", "points", level, "bands"),
        f"{level}: no band holds a value {side} {border}",
        f"leave `{key}` out of the outermost band, so that it stays open",
    )


@rule("band-never-holds", "warning")
def band_never_holds(case: Case) -> Iterator[Fault]:
    """A band that no value of the measure can fall into.

    Its points are written and can never be earned: a slip of a digit, or a measure rounded too coarsely.
    """
    for level, bands, digits in _all_bands(case):
        reach = reach_of(case.terms.measure_of(level))
        for place, band in bands:
            is_empty = band.lowest is not None and not _has_step_between(band.lowest, band.highest, digits)
            if is_empty or _is_outside(band, reach):
                yield Fault(
                    _at(level, place),
                    f"{level}: no value rounded to {digits} digits lies in the band {shown(band)}",
                    "widen the band, round the measure to more digits, or take the band away",
                )


def _is_outside(band: Band, reach: Reach) -> bool:
    over = reach.greatest is not None and band.lowest is not None and band.lowest > reach.greatest
    under = reach.least is not None and band.highest is not None and band.highest < reach.least
    return over or under


@rule("points-against-direction", "warning")
def points_against_direction(case: Case) -> Iterator[Fault]:
    """A better value earns more points than a worse one.

    Points are for failing; where they rise as the value improves, the bands or `better` stand upside down.
    """
    for level, bands, _ in _all_bands(case):
        is_higher = case.terms.levels[level].better == "higher"
        for (_, lower), (place, upper) in pairwise(_ordered(bands)):
            if (upper.points > lower.points) if is_higher else (upper.points < lower.points):
                yield Fault(
                    _at(level, place, "points"),
                    f"{level}: {shown(upper)} earns {upper.points} points and {shown(lower)} earns {lower.points}, "
                    f"though {case.terms.levels[level].better} is better",
                    "turn the points round, or the level's `better`",
                )


@rule("ladder-falls", "warning")
def ladder_falls(case: Case) -> Iterator[Fault]:
    """More points cost less than fewer points.

    A provider with a bad month would be better off with a worse one.
    """
    regime = points_regime_of(case)
    rungs = regime.ladder.rungs if regime and regime.ladder else ()
    for place, (lower, upper) in enumerate(pairwise(rungs), start=1):
        if upper.of_charges < lower.of_charges:
            yield Fault(
                ("regime", "ladder", "rungs", place, "of_charges"),
                f"{upper.points} points cost {percent_text(upper.of_charges)}, "
                f"{lower.points} points cost {percent_text(lower.of_charges)}",
                "let the shares rise with the points",
            )


@rule("rung-never-reached", "warning")
def rung_never_reached(case: Case) -> Iterator[Fault]:
    """A rung of the ladder that the worst month cannot reach.

    The credit that it promises is not there: the bands give too few points.
    """
    regime = points_regime_of(case)
    if regime is None or regime.ladder is None:
        return
    factor = regime.repeat.factor if regime.repeat else 1
    most = factor * sum(max(band.points for band in written.bands) for written in regime.points.values())
    rungs = regime.ladder.rungs
    for place, rung in enumerate(rungs):
        before = rungs[place - 1].points if place else 0
        entered_at = rung.points if regime.ladder.between == "lower rung" else before + 1
        if entered_at > most:
            yield Fault(
                ("regime", "ladder", "rungs", place),
                f"the rung of {rung.points} points is out of reach: the worst month earns {most}",
                "lower the rung, or give the bands more points",
            )


RULES: tuple[Rule, ...] = (
    gap_between_bands,
    overlapping_bands,
    bands_not_open,
    band_never_holds,
    points_against_direction,
    ladder_falls,
    rung_never_reached,
)
