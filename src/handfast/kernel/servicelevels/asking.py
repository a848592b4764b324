"""From a written measure to the typed questions that an engine answers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.measure_terms import (
    Mean,
    OfRecords,
    Percentile,
    Ratio,
    ShareOfIntervals,
    ShareWithinTarget,
    Sum,
    Test,
)
from handfast.kernel.servicelevels.questions import (
    AttributeTotal,
    Condition,
    IntervalQuestion,
    IntervalsAtTarget,
    Population,
    Tally,
    TimeTotal,
    WithinTarget,
)
from handfast.kernel.servicelevels.references import REOPENINGS

if TYPE_CHECKING:
    from decimal import Decimal

    from handfast.kernel.servicelevels.measure_terms import RatioOfSums, Where
    from handfast.kernel.servicelevels.questions import RecordQuestion
    from handfast.kernel.servicelevels.terms import Terms

EVER_US = 2**62


def population_of(terms: Terms, version: int, measure: OfRecords, span: Span) -> Population:
    """The records that a measure counts in a span, under one version of the terms."""
    source = terms.versions[version].terms.sources[terms.versions[version].terms.clocks[measure.clock].source]
    return Population(
        version,
        measure.clock,
        span,
        measure.counted_by,
        measure.unfinished,
        conditions_of(measure.where, source),
        tuple(measure.excludes),
        measure.target if isinstance(measure, ShareWithinTarget) else None,
    )


def populations_of(terms: Terms, measure_id: str, parts: list[tuple[int, Span]]) -> list[Population]:
    """Who counts for a measure over the parts of a period: each part under its own version of the terms.

    Counted by start or stop, the version in force at that instant judges the record. The due instant depends on
    the target of a version, so there the version in force at the record's start does: each record once.
    """
    versions = terms.versions
    measure = versions[parts[-1][0]].terms.measures[measure_id]
    if getattr(measure, "counted_by", None) != "due":
        return [
            population_of(terms, number, one, span)
            for number, span in parts
            if isinstance(one := versions[number].terms.measures.get(measure_id), OfRecords)
        ]
    whole = Span(parts[0][1].starts_us, parts[-1][1].ends_us)
    found = []
    for number, version in enumerate(versions):
        one = version.terms.measures.get(measure_id)
        if isinstance(one, ShareWithinTarget) and version.in_force.starts_us < whole.ends_us:
            population = population_of(terms, number, one, whole)
            found.append(replace(population, started_in=_started_in(terms, number)))
    return found


def record_question(terms: Terms, measure_id: str, population: Population) -> RecordQuestion:
    """What a measure asks about one of its populations; of a percentile only who counts."""
    written = terms.versions[population.version].terms
    match measure := written.measures[measure_id]:
        case ShareWithinTarget():
            return WithinTarget(population, measure.target, measure.at_target == "met")
        case Ratio():
            source = written.sources[written.clocks[measure.clock].source]
            return Tally(population, conditions_of(measure.of, source))
        case Mean() | Sum():
            return TimeTotal(population) if measure.of is None else AttributeTotal(population, measure.of)
    return Tally(population)


def _started_in(terms: Terms, number: int) -> Span | None:
    """The starts that a version judges; the first also those before the agreement, the last those after it."""
    if len(terms.versions) == 1:
        return None
    in_force = terms.versions[number].in_force
    starts = -EVER_US if number == 0 else in_force.starts_us
    return Span(starts, EVER_US if number == len(terms.versions) - 1 else in_force.ends_us)


def conditions_of(where: Where, source: Any) -> tuple[Condition, ...]:
    """A written filter as conditions, in the order of the attributes' names."""
    return tuple(_condition(name, where[name], source) for name in sorted(where))


def _condition(name: str, written: Test | tuple[str, ...], source: Any) -> Condition:
    if not isinstance(written, Test):
        return Condition(name, among=tuple(written))
    attribute = getattr(source, "attributes", {}).get(name)
    digits = 0 if name == REOPENINGS or attribute is None else attribute.digits or 0
    return Condition(
        name,
        among=None if written.is_not is None else tuple(written.is_not),
        is_negated=written.is_not is not None,
        lowest=None if written.at_least is None else math.ceil(_scaled(written.at_least, digits)),
        highest=None if written.at_most is None else math.floor(_scaled(written.at_most, digits)),
        is_missing=written.is_missing,
    )


def _scaled(number: Decimal, digits: int) -> Decimal:
    return number.scaleb(digits)


def interval_question(
    terms: Terms, version: int, measure: RatioOfSums | ShareOfIntervals, span: Span
) -> IntervalQuestion:
    source = terms.versions[version].terms.sources[measure.source]
    return IntervalQuestion(
        measure.source, span, conditions_of(measure.where, source), _signed(measure.of), _signed(measure.to)
    )


def intervals_at_target(measure: ShareOfIntervals, intervals: IntervalQuestion) -> IntervalsAtTarget:
    return IntervalsAtTarget(
        intervals,
        measure.target.numerator,
        measure.target.denominator,
        measure.better == "higher",
        measure.at_target == "met",
        measure.empty == "met",
    )


def _signed(names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((-1, name[1:]) if name.startswith("-") else (1, name) for name in names)


def ranks_of(measure: Percentile, n: int) -> tuple[int, ...]:
    """The 1-based ranks that the method needs: one, or the two it interpolates between.

    nearest rank: the least rank k with k/n >= share. linear: position 1 + (n - 1) x share
    (type 7 of Hyndman and Fan, 1996).
    """
    if n == 0:
        return ()
    if measure.method == "nearest rank":
        return (max(1, math.ceil(measure.share * n)),)
    position = 1 + (n - 1) * measure.share
    low = math.floor(position)
    return (low,) if position == low else (low, low + 1)
