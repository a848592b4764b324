"""Rows of a spreadsheet for the tests: read, saved, exported and edited."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from tests.transition.programme import AT, Programme

from handfast.foundation.scope import entered
from handfast.transition.actions import add_own_rows, save_sheet
from handfast.transition.models import Activity
from handfast.transition.queries.exports.files import plan_file
from handfast.transition.queries.pictures.leaves import Paper
from handfast.transition.queries.sheets import SheetRead, read_sheet
from handfast.transition.reading.tables import read_pasted, read_table

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.transition.reading.tables import Table

TWO = (
    "Check the line\tTrain\tclient\t2,5 days\t\t04.05.2026\t\n"
    "Check it again\tTrain\tclient\t16h\tCheck the line\t\t2026-09-01\t2 trainer (client)\n"
)


def read(
    programme: Programme, text: str, *, actor: Actor | None = None, is_internal: bool = False
) -> SheetRead:
    return read_of(programme, read_pasted(text), actor=actor, is_internal=is_internal)


def read_of(
    programme: Programme, table: Table, *, actor: Actor | None = None, is_internal: bool = False
) -> SheetRead:
    actor = actor or programme.client
    with entered(actor.reach):
        return read_sheet(actor, programme.plan(), table, is_internal=is_internal)


def save(programme: Programme, found: SheetRead, *, actor: Actor | None = None, reason: str = "") -> None:
    actor = actor or programme.client
    with entered(actor.reach):
        plan = programme.plan()
        if found.space.pk == plan.space_id:
            save_sheet(
                actor,
                plan,
                together=found.together,
                addition=found.addition,
                effect=found.effect,
                reason=reason,
                at=AT,
            )
        else:
            add_own_rows(actor, found.space, plan=plan, addition=found.addition, at=AT)


def exported(programme: Programme, form: str = "csv", *, actor: Actor | None = None) -> bytes:
    actor = actor or programme.client
    with entered(actor.reach):
        return plan_file(actor, programme.plan(), form, at=AT, paper=Paper()).content


def edited(content: bytes, **by_key: dict[str, str]) -> Table:
    """The exported CSV with other cells, as somebody saves it again."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    for row in rows:
        row.update(by_key.get(row["Key"].replace(".", "_"), {}))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return read_table(text.getvalue().encode(), "back.csv")


def rows_of_all(programme: Programme) -> set[tuple[Any, ...]]:
    with entered(programme.client.reach):
        return set(
            Activity.objects.filter(plan_id=programme.plan_id, removed_at__isnull=True).values_list(
                "pk", "version"
            )
        )


def faults(found: SheetRead) -> dict[int, tuple[tuple[str, str], ...]]:
    return {one.number: one.faults for one in found.of("refused")}
