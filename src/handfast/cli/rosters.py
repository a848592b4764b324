"""The records behind a level: each with the version of the terms that judges it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from handfast.kernel.servicelevels import asking
from handfast.kernel.servicelevels.measure_terms import Mean, Ratio, ShareWithinTarget, Sum
from handfast.kernel.servicelevels.periods import month_of, pieces
from handfast.kernel.servicelevels.questions import Condition, Roster, Rows

if TYPE_CHECKING:
    from handfast.kernel.quantity import Span
    from handfast.kernel.servicelevels.questions import Engine, Population, RosterRow
    from handfast.kernel.servicelevels.terms import Terms

# More than a log may hold: a roster comes whole, since it is sorted by time and not by record.
ROSTER_LIMIT = 100_000_000
Outcome = Literal["met", "missed", "counted", "left out", "no value", "excluded"]


@dataclass(frozen=True, slots=True)
class Member:
    """One record in one population of a level."""

    population: Population
    row: RosterRow
    outcome: Outcome


def parts_of(terms: Terms, level: dict[str, Any]) -> list[tuple[int, Span]]:
    """The parts of all months that a level counts, by the version of the terms in force."""
    return [part for month in level["counted_from"] for part in pieces(terms, month_of(terms, month).span)]


def populations_of(terms: Terms, level: dict[str, Any]) -> list[Population]:
    """Who counts for a level; nobody where its measure is not one of records."""
    return asking.populations_of(terms, level["measure"], parts_of(terms, level))


def rows_of(engine: Engine, population: Population) -> tuple[RosterRow, ...]:
    answer = engine.answer(Roster(population, ROSTER_LIMIT))
    return answer.rows if isinstance(answer, Rows) else ()


def members_of(terms: Terms, engine: Engine, level: dict[str, Any]) -> list[Member]:
    """Every record of a level: those with the most time first, those that are not in n last."""
    found: list[Member] = []
    for population in populations_of(terms, level):
        measure = terms.versions[population.version].terms.measures[level["measure"]]
        passing = _passing(terms, engine, population, measure)
        found += [
            Member(population, row, _outcome(measure, row, passing)) for row in rows_of(engine, population)
        ]
    is_outside = {"excluded": 2, "left out": 1, "no value": 1}
    return sorted(
        found, key=lambda one: (is_outside.get(one.outcome, 0), -one.row.elapsed_us, one.row.record)
    )


def _passing(terms: Terms, engine: Engine, population: Population, measure: Any) -> set[str] | None:
    """The records that pass what a ratio or a sum further asks of them; None where nothing is."""
    also: tuple[Condition, ...] = ()
    if isinstance(measure, Ratio):
        written = terms.versions[population.version].terms
        also = asking.conditions_of(measure.of, written.sources[written.clocks[measure.clock].source])
    elif isinstance(measure, Mean | Sum) and measure.of is not None:
        also = (Condition(measure.of, is_missing=False),)
    if not also:
        return None
    return {row.record for row in rows_of(engine, replace(population, where=(*population.where, *also)))}


def _outcome(measure: Any, row: RosterRow, passing: set[str] | None) -> Outcome:
    if row.excluded is not None:
        return "excluded"
    if row.stop_us is None and measure.unfinished == "left out":
        return "left out"
    if isinstance(measure, ShareWithinTarget):
        return _held(measure, row)
    if isinstance(measure, Ratio):
        return "met" if passing is None or row.record in passing else "missed"
    return "counted" if passing is None or row.record in passing else "no value"


def _held(measure: ShareWithinTarget, row: RosterRow) -> Outcome:
    gap = row.elapsed_us - measure.target
    is_within = gap < 0 or (gap == 0 and measure.at_target == "met")
    if row.stop_us is None:
        # As it stands, a record that is over its target has missed; one that is not may still do both.
        return "left out" if is_within and measure.unfinished == "as it stands" else "missed"
    return "met" if is_within else "missed"
