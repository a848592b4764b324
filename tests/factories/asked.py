"""Asking one engine about a few written records: what a golden case needs in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories.agreements import ALWAYS, OFFICE, adjustments_of, calendar_of, clocked, inputs_of, us

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.evidence import Evidence
from handfast.kernel.servicelevels.questions import Population, Roster, Rows
from handfast.kernel.servicelevels.statement import statement_body

if TYPE_CHECKING:
    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.questions import Question, RosterRow
    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.kernel.servicelevels.terms import Terms

CALENDARS = {"office": OFFICE, "always": ALWAYS}
WHOLE_YEAR = Span(us("2025-12-15T00:00"), us("2026-12-31T00:00"))


def evidence_of(
    log: EventLog,
    clock: dict[str, Any],
    *adjustments: dict[str, Any],
    as_of: str = "2026-12-01T00:00",
    calendar: str = "office",
) -> Evidence:
    """The records under one clock and the calendar by that name."""
    compiled = calendar_of(CALENDARS[calendar], "2025-12-01", "2026-12-31")
    in_force = adjustments_of(*adjustments).in_force(2**60)
    return Evidence(clocked(clock), {"office": compiled}, {"desk": log}, {}, in_force, us(as_of))


def answered(engine_name: str, evidence: Evidence, question: Question) -> Any:
    engine = open_engine(engine_name, evidence, threads=1)
    try:
        return engine.answer(question)
    finally:
        engine.close()


def judged(
    engine_name: str, evidence: Evidence, *, by: Any = "start", target_us: int | None = None
) -> dict[str, RosterRow]:
    """Every record that counts in the year, by its id."""
    question = Roster(Population(0, "resolution", WHOLE_YEAR, by, "as it stands", (), (), target_us), 1000)
    rows = answered(engine_name, evidence, question)
    assert isinstance(rows, Rows)
    return {row.record: row for row in rows.rows}


def body_of(engine_name: str, inputs: Inputs, period: str) -> dict[str, Any]:
    engine = open_engine(engine_name, inputs.evidence(), threads=1)
    try:
        return statement_body(inputs, engine, period)
    finally:
        engine.close()


def levels_of(
    terms: Terms, period: str, *, engine: str = "reference", **given: Any
) -> dict[str, dict[str, Any]]:
    """The lines of a statement by level; `given` are the inputs."""
    body = body_of(engine, inputs_of(terms, **given), period)
    return {line["id"]: line for line in body["levels"]}
