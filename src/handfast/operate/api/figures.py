"""The operations of figures as they were reported. Annotations are values here: ninja reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from handfast.contract.queries import agreements_of
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.reading.tables import read_table
from handfast.operate.actions import bring_in_figures, withdraw_sheet
from handfast.operate.models import FigureSheet
from handfast.operate.queries.computed import agreement_in
from handfast.operate.queries.figures import (
    known_of,
    looked_at,
    sheet_seen_by,
    sheets_seen_by,
    standing_figures,
    told_of,
)
from handfast.operate.reading.figures import rows_read, suggested

router = Router(tags=["operate"])
ALL = "/engagements/{uuid:engagement}/figure-sheets"
ONE = "/figure-sheets/{uuid:sheet}"
SENT = "what was sent"


class FigureSheetIn(Schema):
    """A sheet as CSV text with a row of heads; with `dry_run` nothing is written."""

    csv: str = Field(min_length=1)
    dry_run: bool = False


class FigureSheetOut(Schema):
    """A sheet that was brought in."""

    id: UUID
    number: int
    name: str
    figures: list[dict[str, Any]]
    digest: str
    brought_at: datetime
    brought_side: str
    withdrawn_at: datetime | None


class FigureLineOut(Schema):
    """What becomes of a row: new, changed, same or refused, and why."""

    row: int
    outcome: str
    why: str


class FiguresLookedOut(Schema):
    """What became of each row; the sheet that was made, null of a dry run."""

    sheet: FigureSheetOut | None
    lines: list[FigureLineOut]


class ReportedFigureOut(Schema):
    """A figure that stands as it was reported, beside the computed one of its month, null where there is none."""

    period: str
    level: str
    value: str | None
    numerator: int | None
    n: int | None
    credit: str | None
    computed: str | None
    computed_credit: str | None


@router.get(ALL, response=list[FigureSheetOut])
def list_sheets(request: ActorRequest, engagement: UUID) -> list[FigureSheet]:
    """Every sheet, the latest first, withdrawn ones too."""
    engagement_seen_by(request.actor, engagement)
    return list(sheets_seen_by(request.actor, engagement))


@router.post(ALL, response={200: FiguresLookedOut, 201: FiguresLookedOut})
def post_sheet(request: ActorRequest, engagement: UUID, given: FigureSheetIn) -> Status[dict[str, Any]]:
    """Bring in a whole sheet, or none of it."""
    deal = engagement_seen_by(request.actor, engagement)
    mine = party_of(deal, request.actor.organisation)
    if mine is None or not request.actor.can("make-statements", engagement):
        raise NotPermitted("figures brought in: your role does not include it")
    agreement = agreement_in(deal)
    table = read_table(given.csv.encode("utf-8", "replace"), SENT)
    rows = rows_read(table, suggested(table.heads), known_of(agreement, at=request.at))
    looked = looked_at(rows, standing_figures(agreement))
    made = None
    if not given.dry_run:
        made = bring_in_figures(request.actor, agreement, side=mine.side, name=SENT, rows=rows, at=request.at)
    lines = [{"row": one.row.number, "outcome": one.outcome, "why": one.row.why} for one in looked]
    return Status(201 if made else 200, {"sheet": made, "lines": lines})


@router.get("/engagements/{uuid:engagement}/figures-as-reported", response=list[ReportedFigureOut])
def list_figures(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Every figure that stands as it was reported, the latest month first."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    return [
        one.figure.as_plain() | {
            "computed": None if one.computed is None else f"{one.computed:f}",
            "computed_credit": None if one.computed_credit is None else f"{one.computed_credit:f}",
        }
        for one in (told_of(agreement, []) if agreement else ())
    ]  # fmt: skip


@router.post(f"{ONE}/withdrawal", response=FigureSheetOut)
def post_sheet_withdrawal(request: ActorRequest, sheet: UUID) -> FigureSheet:
    return withdraw_sheet(request.actor, sheet_seen_by(request.actor, sheet), at=request.at)
