"""The operations of a contract's summary. Amounts are texts: `120000.00`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.contract.actions import write_summary
from handfast.contract.models import ContractSummary
from handfast.contract.permissions import may_write_summary
from handfast.contract.queries import summaries_seen_by
from handfast.contract.reading.milestones import amount_of
from handfast.contract.reading.summaries import SummarySaid
from handfast.contract.reading.summary_sheets import read_summary, said_by
from handfast.contract.refusals import SummaryRefused
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["contract"])
SENT = "what was sent"
ALL = "/engagements/{uuid:engagement}/summaries"


class SummaryFacts(Schema):
    """What every version says; months are whole ones of the calendar."""

    title: str
    reference: str = ""
    signed_on: date | None = None
    effective_on: date
    starts_on: date
    ends_on: date | None = None
    renewal: str = "none"
    renewal_months: int | None = None
    notice_months: int | None = None
    governing_law: str = ""
    client_contact: str = ""
    provider_contact: str = ""
    changes: str = ""


class SummaryIn(SummaryFacts):
    """A version as it is written down; `after` is the number of the newest one, 0 for the first."""

    yearly_value: str = ""
    after: int = 0


class SummarySheetIn(Schema):
    """A sheet as CSV text: a field and its value in each line, or the fields above one line; with `dry_run` nothing is written."""

    csv: str
    after: int = 0
    dry_run: bool = False


class FieldSaidOut(Schema):
    """What the sheet says of a field, in which row; `fault` says why it is refused."""

    row: int
    head: str
    field: str
    said: str
    fault: str


class SummaryOut(SummaryFacts):
    """A version; `notice_on` is the last day of notice that follows from it."""

    id: UUID
    number: int
    notice_on: date | None
    yearly_value: Decimal | None
    currency: str
    written_at: datetime


class SummaryReadOut(Schema):
    """What was read, the heads that mean nothing here, and the version that was written, null of a dry run."""

    summary: SummaryOut | None
    fields: list[FieldSaidOut]
    unread: list[str]


@router.get(ALL, response=list[SummaryOut])
def list_summaries(request: ActorRequest, engagement: UUID) -> list[ContractSummary]:
    """All versions of the contract's summary, the newest first."""
    engagement_seen_by(request.actor, engagement)
    return list(summaries_seen_by(request.actor, engagement))


@router.post(ALL, response={201: SummaryOut})
def post_summary(request: ActorRequest, engagement: UUID, given: SummaryIn) -> Status[ContractSummary]:
    """Write down the next version."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_summary(request.actor, deal):
        raise NotPermitted("summary written: your role does not include it")
    value = amount_of(given.yearly_value, "yearly_value", SummaryRefused)
    said = SummarySaid(**given.model_dump(exclude={"after", "yearly_value"}), yearly_value=value)
    return Status(201, write_summary(request.actor, deal, said=said, after=given.after, at=request.at))


@router.post(f"{ALL}/sheet", response={200: SummaryReadOut, 201: SummaryReadOut})
def post_summary_sheet(
    request: ActorRequest, engagement: UUID, given: SummarySheetIn
) -> Status[dict[str, Any]]:
    """Write down the next version as a sheet says it; of an amendment, what the sheet leaves out stays as it is."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_summary(request.actor, deal):
        raise NotPermitted("summary written: your role does not include it")
    sheet = read_summary(given.csv.encode("utf-8", "replace"), SENT, deal.currency)
    made = None
    if not given.dry_run:
        said = said_by(sheet, summaries_seen_by(request.actor, engagement).first())
        made = write_summary(request.actor, deal, said=said, after=given.after, at=request.at)
    rows = [
        {"row": one.number, "head": one.head, "field": one.field, "said": one.said, "fault": one.fault}
        for one in sheet.fields
    ]
    return Status(201 if made else 200, {"summary": made, "fields": rows, "unread": list(sheet.unread)})
