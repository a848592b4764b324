"""Where one record stands in each level: counted and how, or not counted and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handfast.cli.timeline import local_text
from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.asking import EVER_US
from handfast.kernel.servicelevels.evidence import OutsideAnnex
from handfast.kernel.servicelevels.questions import Roster, Rows
from handfast.kernel.servicelevels.rosters import level_roster

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.questions import Condition, Engine, JudgedRow, Population, RosterRow
    from handfast.kernel.servicelevels.statement import Inputs

DOES_NOT_COUNT = "does not count"


@dataclass(frozen=True, slots=True)
class Place:
    """A record in a level; `version` is the version of the terms that judges it."""

    level: str
    name: str
    version: int
    clock: str
    target_us: int | None
    outcome: str
    said: str

    @property
    def is_in(self) -> bool:
        return self.outcome != DOES_NOT_COUNT


def places_of(inputs: Inputs, engine: Engine, levels: list[dict[str, Any]], record: str) -> list[Place]:
    """The record in each of the levels that count records."""
    found = []
    for level in levels:
        roster = level_roster(inputs.terms, engine, level["measure"], level["counted_from"])
        if not roster.of:
            continue
        mine = roster.rows_of(record)
        if mine:
            found += [_place(inputs, level, roster.population(one), one.outcome, _said(one)) for one in mine]
        else:
            populations = [one.population for one in roster.of]
            population, why = _why_not(inputs, engine, level, populations, record)
            found.append(_place(inputs, level, population, DOES_NOT_COUNT, why))
    return found


def _place(inputs: Inputs, level: dict[str, Any], population: Population, outcome: str, said: str) -> Place:
    measure = inputs.terms.versions[population.version].terms.measures[level["measure"]]
    target = getattr(measure, "target", None)
    return Place(level["id"], level["name"], population.version, population.clock, target, outcome, said)


def _said(member: JudgedRow) -> str:
    match member.outcome:
        case "excluded":
            return f"excluded: {member.row.excluded}"
        case "left out":
            return "left out as unfinished"
        case "no value":
            return "left out: it has no value to add"
        case "counted":
            return "counts"
    return f"counts, {member.outcome}"


def _why_not(
    inputs: Inputs, engine: Engine, level: dict[str, Any], populations: list[Population], record: str
) -> tuple[Population, str]:
    """The population that comes nearest to counting the record, and what keeps it out."""
    months = level["counted_from"]
    name = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
    found: tuple[Population, str] | None = None
    for population in populations:
        try:
            row = _ever(engine, population, record)
        except OutsideAnnex:
            found = population, f"does not count in {name}: its clock runs outside the calendar annex"
            continue
        if row is None:
            continue
        if population.span.holds(row.counted_at_us) and _starts_in(population, row):
            return population, f"does not count in {name}, because {_failing(engine, population, record)}"
        zone = inputs.terms.first.zone
        instant = "would be due" if population.counted_by == "due" else f"{population.counted_by}s"
        instant = {"stops": "stopped", "starts": "started"}.get(instant, instant)
        said = f"it {instant} {local_text(row.counted_at_us, zone)}, and the level counts by {population.counted_by}"
        found = population, f"does not count in {name}, because {said}"
    if found is not None:
        return found
    last = populations[-1]
    why = "it never started, or had not stopped" if last.counted_by == "stop" else "its clock never started"
    return last, f"does not count in {name}, because {why} by the statement's as_of"


def _ever(engine: Engine, population: Population, record: str) -> RosterRow | None:
    """The record under the population's clock whenever it counts and whatever its attributes are."""
    wide = replace(population, span=Span(-EVER_US, EVER_US), where=(), started_in=None)
    return _row(engine, wide, record)


def _row(engine: Engine, population: Population, record: str) -> RosterRow | None:
    answer = engine.answer(Roster(replace(population, only=record), 1))
    return answer.rows[0] if isinstance(answer, Rows) and answer.rows else None


def _starts_in(population: Population, row: RosterRow) -> bool:
    return population.started_in is None or population.started_in.holds(row.start_us)


def _failing(engine: Engine, population: Population, record: str) -> str:
    failing = [
        test for test in population.where if _row(engine, replace(population, where=(test,)), record) is None
    ]
    said = " and ".join(_wanted(test) for test in failing)
    return f"the level counts only records whose {said}"


def _wanted(test: Condition) -> str:
    said = []
    if test.among is not None:
        said.append(f"{'is none of' if test.is_negated else 'is'} {' or '.join(test.among)}")
    if test.lowest is not None:
        said.append(f"is at least {test.lowest} in the log's own digits")
    if test.highest is not None:
        said.append(f"is at most {test.highest} in the log's own digits")
    if test.is_missing is not None:
        said.append("is missing" if test.is_missing else "is there")
    return f"{test.attribute} {' and '.join(said)}"
