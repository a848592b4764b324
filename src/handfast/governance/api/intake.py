"""The operation that takes rows of a spreadsheet into a register. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.queries.things import AUDIENCES
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.actions import take_in
from handfast.governance.api.schemas import IntakeIn, IntakeOut, UsualOut
from handfast.governance.permissions import may_keep_registers
from handfast.governance.queries.entries import register_seen_by, space_to_write_in
from handfast.governance.queries.intake import look_at
from handfast.governance.reading.columns import suggested
from handfast.governance.reading.rows import ReadAs
from handfast.governance.reading.tables import Table, checked_table, read_table
from handfast.governance.reading.usual import usual_rows
from handfast.governance.refusals import TableRefused
from handfast.governance.registers import Register

router = Router(tags=["governance"])
SENT = "what was sent"


@router.post("/engagements/{uuid:engagement}/registers/{register_key}/intake", response=IntakeOut)
def post_intake(
    request: ActorRequest, engagement: UUID, register_key: str, given: IntakeIn
) -> dict[str, Any]:
    """Take in what is new, all of it or nothing; what stands stays, and what is refused is told row by row."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries taken in: your role does not include it")
    if given.audience not in AUDIENCES:
        said = f"choose one of {', '.join(AUDIENCES)}"
        raise TableRefused(f"nothing is taken in: audience: {said}", [("audience", said)])
    space = space_to_write_in(request.actor, deal, is_internal=given.audience == "own")
    table = _table(given)
    found = look_at(request.actor, space, kept, table, _read_as(kept, table, given))
    last = ""
    if not given.dry_run:
        last = take_in(request.actor, space, register=kept, rows=found.rows, at=request.at).name
    lines = [
        {
            "row": one.row.number, "title": one.row.said.title, "outcome": one.outcome, "why": one.why,
            "faults": [{"field": name, "said": said} for name, said in one.row.faults],
        }
        for one in found.lines
    ]  # fmt: skip
    return {"said": found.said, "last": last, "lines": lines}


@router.post("/engagements/{uuid:engagement}/registers/{register_key}/usual", response=UsualOut)
def post_usual(request: ActorRequest, engagement: UUID, register_key: str) -> dict[str, Any]:
    """Take over the entries that a deal of this size usually begins with, those that are new."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries taken in: your role does not include it")
    space = space_to_write_in(request.actor, deal, is_internal=bool(kept.side))
    rows = usual_rows(kept, deal.size)
    return {"last": take_in(request.actor, space, register=kept, rows=rows, at=request.at).name}


def _table(given: IntakeIn) -> Table:
    if bool(given.csv) == bool(given.lines):
        raise TableRefused("send `csv` or `lines`, one of them", [("csv", "send this or lines")])
    if given.csv:
        return read_table(given.csv.encode("utf-8", "replace"), SENT)
    heads = tuple(dict.fromkeys(head for one in given.lines for head in one))
    rows = [tuple(one.get(head, "").strip() for head in heads) for one in given.lines]
    return checked_table(
        SENT, [(1, heads), *((place, cells) for place, cells in enumerate(rows, start=2) if any(cells))]
    )


def _read_as(kept: Register, table: Table, given: IntakeIn) -> ReadAs:
    columns = suggested(kept, table.heads)
    if given.columns is not None:
        unknown = [head for head in given.columns if head not in table.heads]
        if unknown:
            said = f"there is no column {unknown[0][:40]!r}"
            raise TableRefused(f"the rows are not read: {said}", [("columns", said)])
        columns = {table.heads.index(head): field for head, field in given.columns.items() if field}
    words = {(field, word): key for field, told in given.words.items() for word, key in told.items()}
    return ReadAs(columns, words, given.days, given.is_without_owner)
