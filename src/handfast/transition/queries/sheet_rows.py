"""A sheet of activities held against the plan, row by row: what is new, what would change, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from handfast.foundation.web.exports import csv_text
from handfast.records.reading.tables import unquoted
from handfast.transition.models import Activity
from handfast.transition.permissions import is_alone
from handfast.transition.queries.checking import POINTS, check_values
from handfast.transition.queries.exports.rows import BOTH, HEADS, MARK_LETTERS, activity_rows, mark_of
from handfast.transition.queries.exports.seen import keys_of
from handfast.transition.queries.waves import waves_of
from handfast.transition.reading.columns import columns_of
from handfast.transition.reading.sheet_cells import FIELDS, kind_of, needs_of_text, value_of
from handfast.transition.reading.templates import BLOCKS
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from handfast.foundation.web.exports import Cell
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.reading.tables import Table

# By meaning, the head under which our own export writes it: faults and differences are told so.
TOLD_AS = {
    "key": "Key", "step": "Step", "name": "Activity", "kind": "Kind", "lead": "Lead", "audience": "Seen by",
    "low": "At best", "likely": "Likely", "high": "At worst", "starts": "Not before", "fixed": "Fixed for",
    "deadline": "Deadline", "after": "Waits for", "wave": "Wave", "site": "Site", "needs": "Needs", "mark": "Mark",
}  # fmt: skip
HEAD_OF = {field: TOLD_AS[meaning] for meaning, field in FIELDS.items()} | {
    "step_key": "Step",
    "needs": "Needs",
}
STAYS = {
    "kind": "what it is stays: add a new row for another kind, and take this one out on its page",
    "audience": "who sees it stays for ever: leave the cell as it was",
    "after": "what it waits for is changed on its page",
}
STALE = "it was changed since this file was made: look at both, and send the row again with the mark of the refused file"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of a row that says something else than the plan."""

    head: str
    before: str
    after: str


@dataclass(slots=True)
class Row:
    """A row as it is understood: the activity that it changes, or a new one; what is wrong with it by head."""

    number: int
    cells: Mapping[str, str]
    activity: Activity | None = None
    added: Activity | None = None
    changes: dict[str, Any] | None = None
    differences: tuple[Difference, ...] = ()
    is_stale: bool = False
    faults: list[tuple[str, str]] | None = None

    def fault(self, meaning: str, said: object) -> None:
        self.faults = [*(self.faults or ()), (TOLD_AS.get(meaning, meaning), str(said))]


class Sheet:
    """The rows of a table beside the plan that the asker sees; `own` is how the export marks what is only theirs."""

    def __init__(self, rows: PlanRows, table: Table, *, side: str, own: str, space: UUID) -> None:
        self._rows, self._side, self._space = rows, side, space
        self._columns = columns_of(table.heads)
        self._is_internal = space != rows.plan.space_id
        self._own = own
        self._keys = {key: pk for pk, key in keys_of(rows).items()}
        self._known = {one.pk: one for one in rows.activities}
        self._steps = {one.key: one.name for one in rows.steps}
        self._waves = {one.number for one in waves_of(rows.plan)} | {1}
        told = activity_rows(rows, {}, own)
        self._told = {
            one.pk: dict(zip(HEADS, cells, strict=True))
            for one, cells in zip(rows.activities, told, strict=True)
        }
        first: dict[str, int] = {}
        self.rows = [self._row(number, cells, first) for number, cells in table.rows]

    def _row(self, number: int, cells: tuple[str, ...], first: dict[str, int]) -> Row:
        row = Row(number, {meaning: cells[place] for meaning, place in self._columns.items()})
        key = row.cells.get("key", "")
        if key and key in first:
            row.fault("key", f"{key[:60]!r} stands in row {first[key]} too")
            return row
        first.setdefault(key, number)
        found = self._keys.get(key)
        if found is not None:
            self._compare(row, self._known[found])
        elif key and "mark" in self._columns:
            row.fault(
                "key", f"{key[:60]!r} is no activity of this plan that you see: leave it empty for a new row"
            )
        else:
            self._add(row)
        return row

    def _compare(self, row: Row, one: Activity) -> None:
        row.activity = one
        one.plan = self._rows.plan
        mark = row.cells.get("mark", "")
        if mark and not mark.endswith(one.pk.hex[:MARK_LETTERS]):
            row.fault("mark", "this row is of another plan: export this one, and edit that file")
            return
        told, changes, differences = self._told[one.pk], {}, []
        for meaning in (each for each in TOLD_AS if each in row.cells and each not in {"key", "mark"}):
            before, text = told[TOLD_AS[meaning]], row.cells[meaning]
            if text in _texts_of(before):
                continue
            if meaning in STAYS:
                row.fault(meaning, STAYS[meaning])
                continue
            field, value = self._read(row, meaning, one.lead)
            if field and getattr(one, field) != value:
                changes[field] = value
                differences.append(Difference(TOLD_AS[meaning], csv_text(before), text))
        row.changes, row.differences = changes, tuple(differences)
        row.is_stale = bool(changes and mark and mark != mark_of(one))
        if row.is_stale:
            row.fault("mark", STALE)
        elif changes:
            points = {name: getattr(one, name) for name in POINTS}
            self._check(row, points | changes, lasts=one.kind == one.Kind.WORK)

    def _read(self, row: Row, meaning: str, lead: str) -> tuple[str, Any]:
        """The field and its new value; no field where the cell is none."""
        text = row.cells[meaning]
        try:
            if meaning == "step":
                return "step_key", self._step(text)
            if meaning == "needs":
                return "needs", needs_of_text(text, lead if lead in ("client", "provider") else self._side)
            return FIELDS[meaning], value_of(meaning, text)
        except ValueError as wrong:
            row.fault(meaning, wrong)
            return "", None

    def _step(self, text: str) -> str:
        """A step by its key or its name. Raises ValueError."""
        if not text or text in self._steps:
            return text
        found = [key for key, name in self._steps.items() if name.casefold() == text.casefold()]
        if len(found) != 1:
            said = (
                "several steps are called so: write its key" if found else "there is no such step in the plan"
            )
            raise ValueError(f"{text[:60]!r}: {said}")
        return found[0]

    def _block(self, text: str) -> str:
        """The block of a light plan, by whose key its activities are found; empty where none is named."""
        if self._rows.plan.size != "light":
            return ""
        return next((key for key, name in BLOCKS.items() if text.casefold() == name.casefold()), "")

    def _add(self, row: Row) -> None:
        """A new activity out of a row; where it has no lead it is the own side's."""
        values: dict[str, Any] = {"lead": self._side, "wave": 1, "site": ""}
        block = self._block(row.cells.get("step", ""))
        read = ("lead", "name", *(() if block else ("step",)), *FIELDS, "needs")
        for meaning in (each for each in read if row.cells.get(each)):
            field, value = self._read(row, meaning, str(values["lead"]))
            if field:
                values[field] = value
        try:
            kind = kind_of(row.cells.get("kind", ""))
        except ValueError as wrong:
            row.fault("kind", wrong)
            return
        likely = values.get("likely", "")
        if kind == "work" and likely.rstrip("dhm") == "0":
            kind = "milestone"
        lasts = kind == "work"
        points = {name: values.get(name) or likely for name in POINTS} if lasts else dict.fromkeys(POINTS, "")
        self._check(row, {"name": "", **values, **points}, lasts=lasts)
        self._check_audience(row, str(values["lead"]))
        if not row.faults:
            row.added = Activity(
                id=uuid4(), space_id=self._space, plan=self._rows.plan, key=f"{block or 'added'}.{uuid4().hex}", kind=kind,
                **values | points,
            )  # fmt: skip

    def _check_audience(self, row: Row, lead: str) -> None:
        said = row.cells.get("audience", "")
        if said and said != (self._own if self._is_internal else BOTH):
            row.fault(
                "audience",
                f"{said[:40]!r}: new rows of one sheet are seen by whom you choose for all of them",
            )
        if not self._is_internal and lead not in (self._side, "either") and not is_alone(self._rows.plan):
            row.fault("lead", "what the other side leads, or both together, is not added by one side alone")

    def _check(self, row: Row, values: Mapping[str, Any], *, lasts: bool) -> None:
        if lasts and not row.faults and not all(values.get(name) for name in POINTS):
            row.fault("likely", "an activity lasts some time: write 5d, 0.5d or 16h")
        if values.get("wave", 1) not in self._waves:
            row.fault("wave", "there is no such wave in this plan")
        if values.get("site") and values["site"] not in self._rows.plan.site_names:
            row.fault("site", "no side has this site: choose one of the plan's calendars")
        try:
            check_values(values)
        except ActivityRefused as refused:
            for name, said in refused.fields:
                row.fault(HEAD_OF.get(name, name), said)


def _texts_of(before: Cell) -> frozenset[str]:
    """How a value of the plan stands in a file that nobody edited: in CSV, and in a sheet."""
    plain = "" if before is None else str(before)
    return frozenset({plain.strip(), csv_text(before).strip(), unquoted(plain.strip())})
