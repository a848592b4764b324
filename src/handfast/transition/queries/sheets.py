"""A sheet of activities before it is saved: for each row what comes of it, and what all of them do to the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handfast.engagement.queries import party_of
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.exports import csv_content
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.additions import Addition
from handfast.transition.queries.bulk import Line, Together, change_of, together_from
from handfast.transition.queries.effects import effect_of, extended
from handfast.transition.queries.exports.rows import mark_of
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.sharing import space_to_plan_in
from handfast.transition.queries.sheet_links import links_in
from handfast.transition.queries.sheet_rows import TOLD_AS, Difference, Row, Sheet
from handfast.transition.queries.told import day_of, last_day
from handfast.transition.refusals import SheetRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.effects import Change, Effect
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.reading.tables import Table

Outcome = Literal["new", "changed", "proposed", "same", "refused"]
OUTCOMES: dict[str, Outcome] = {"at once": "changed", "proposed": "proposed", "refused": "refused"}
MOST_SAVED = 500
WHY = "Why it is refused"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row with what comes of it; `starts_on` and `ends_on` are those of a new activity."""

    number: int
    name: str
    outcome: Outcome
    differences: tuple[Difference, ...]
    faults: tuple[tuple[str, str], ...]
    why: str = ""
    is_stale: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The whole preview, and what saving it needs: changes of what stands there, and what is added."""

    space: Space
    lines: tuple[SheetLine, ...]
    together: Together
    addition: Addition
    effect: Effect | None
    refused: tuple[Row, ...]

    def of(self, outcome: Outcome) -> tuple[SheetLine, ...]:
        """The rows of which the same comes."""
        return tuple(one for one in self.lines if one.outcome == outcome)

    @property
    def said(self) -> str:
        """`37 changed, 2 new, 1 refused, 120 as they were`."""
        counted = [
            (outcome, len(self.of(outcome))) for outcome in ("changed", "new", "proposed", "refused", "same")
        ]
        words = {"proposed": "to be proposed", "same": "as it was"}
        parts = [f"{many} {words.get(outcome, outcome)}" for outcome, many in counted if many]
        return ", ".join(parts).replace("as it was", "as they were") if parts else "nothing"

    @property
    def proposed(self) -> tuple[SheetLine, ...]:
        """What the other side is asked for."""
        return self.of("proposed")

    @property
    def saved(self) -> int:
        """How many rows would be saved or proposed."""
        return len(self.of("changed")) + len(self.of("new")) + len(self.proposed)

    @property
    def has_something(self) -> bool:
        """Whether anything would be saved."""
        return self.saved > 0


def read_sheet(actor: Actor, plan: Plan, table: Table, *, is_internal: bool) -> SheetRead:
    """Hold a table against the plan; new rows go where `is_internal` says. Nothing is written.

    Raises NotPermitted, SheetRefused, ActivityRefused where rows wait for each other in a ring.
    """
    mine = party_of(plan.engagement, actor.organisation)
    if mine is None or not may_manage_plan(actor, plan):
        raise NotPermitted("bring rows in: your role does not include it")
    space = space_to_plan_in(actor, plan, is_internal=is_internal)
    rows = rows_of(plan)
    found = Sheet(rows, table, side=mine.side, own=f"only {mine.name}", space=space.pk).rows
    _check_named(table, found)
    if is_internal:
        _keep_apart(found)
    links = links_in(rows, found)
    changed = [row for row in found if row.activity and row.changes and not row.faults]
    added = [row for row in found if row.added is not None]
    if len(changed) + len(added) > MOST_SAVED:
        raise SheetRefused(
            f"{len(changed) + len(added):,} rows are new or changed: at most {MOST_SAVED} are saved at once",
            [("rows", "send fewer rows")],
        )
    wishes: list[tuple[Activity, dict[str, object]]] = [
        (row.activity, row.changes) for row in changed if row.activity and row.changes
    ]
    together = together_from(actor, plan, wishes)
    addition = Addition({str(row.number): row.added for row in added if row.added}, links)
    effect = _effect(plan, together, addition)
    if effect is not None:
        together = replace(together, effect=effect)
    lines = _lines(rows, found, together, effect)
    by_number = {row.number: row for row in found}
    refused = tuple(by_number[one.number] for one in lines if one.outcome == "refused")
    return SheetRead(space, lines, together, addition, effect, refused)


def refused_file(read: SheetRead) -> bytes:
    """The refused rows as CSV, to be mended and sent again: their cells as they came, the mark of today, and why."""
    heads = [head for meaning, head in TOLD_AS.items() if any(meaning in row.cells for row in read.refused)]
    meanings = {head: meaning for meaning, head in TOLD_AS.items()}
    whys = {one.number: one for one in read.lines}
    rows = []
    for row in read.refused:
        cells = dict(row.cells)
        if row.is_stale and row.activity is not None:
            cells["mark"] = mark_of(row.activity)
        line = whys[row.number]
        why = "; ".join([f"{head}: {said}" for head, said in line.faults] or [line.why])
        rows.append([*(cells.get(meanings[head], "") for head in heads), why])
    return csv_content([*heads, WHY], rows)


def _check_named(table: Table, found: list[Row]) -> None:
    """Raises SheetRefused: without a name or a key no row says what it is about."""
    if not table.rows:
        raise SheetRefused(
            f"{table.name}: there are heads and no rows below them", [("rows", "send some rows")]
        )
    if not any({"name", "key"} & row.cells.keys() for row in found):
        raise SheetRefused(
            f"{table.name}, row 1: no column is called Activity or Key: name the columns as the export does",
            [("rows", "name the columns in the first row")],
        )


def _keep_apart(found: list[Row]) -> None:
    """What is only one side's is added by itself: its trace must not stand beside a change that both sides see."""
    for row in found:
        if row.activity is not None and row.changes and not row.faults:
            row.fault(
                "audience", "rows that are only yours are added by themselves: bring changes in separately"
            )


def _effect(plan: Plan, together: Together, addition: Addition) -> Effect | None:
    at_once = together.of("at once")
    if not at_once and not addition.activities:
        return None
    change: Change = change_of(at_once, is_removed=False)
    grown = extended(addition.activities.values(), addition.links)
    return effect_of(plan.engagement_id, lambda rows: grown(change(rows)))


def _lines(
    rows: PlanRows, found: list[Row], together: Together, effect: Effect | None
) -> tuple[SheetLine, ...]:
    outcomes = {one.activity.pk: one for one in together.lines}
    zone = rows.plan.engagement.zone
    days: dict[UUID, tuple[date, date]] = {
        id_: (day_of(starts, zone), last_day(starts, ends, zone))
        for id_, starts, ends in (effect.added if effect else ())
    }
    return tuple(_line(row, outcomes, days) for row in found)


def _line(row: Row, outcomes: Mapping[UUID, Line], days: dict[UUID, tuple[date, date]]) -> SheetLine:
    known = row.activity
    name = row.cells.get("name") or (known.name if known else "")
    line = SheetLine(
        row.number, name, "same", row.differences, tuple(row.faults or ()), is_stale=row.is_stale
    )
    if row.faults:
        return replace(line, outcome="refused")
    if row.added is not None:
        starts_on, ends_on = days[row.added.pk]
        return replace(line, outcome="new", starts_on=starts_on, ends_on=ends_on)
    said = outcomes.get(known.pk) if known else None
    if said is None:
        return line
    return replace(line, outcome=OUTCOMES[said.outcome], why=said.why)
