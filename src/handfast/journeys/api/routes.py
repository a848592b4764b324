"""The operations of journeys: what waits, how a deal stands, its journal, notices and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.erasure import erase_contents
from handfast.foundation.models import Contents, Outgoing, Space
from handfast.foundation.web.doors import ActorRequest
from handfast.journeys.actions import read_notice
from handfast.journeys.api.bringing import router as bringing
from handfast.journeys.api.channels import router as channels
from handfast.journeys.api.inviting import router as inviting
from handfast.journeys.api.own_data import router as own_data
from handfast.journeys.api.schemas import (
    MOST,
    ErasureIn,
    FindingOut,
    HoldingOut,
    HomeOut,
    JournalAsked,
    JournalEntryOut,
    JournalOut,
    Limit,
    NoticeOut,
    Offset,
    OverviewOut,
    PeriodAsked,
    PopulationOut,
    SearchAsked,
    SearchOut,
    TaskOut,
)
from handfast.journeys.health.ways import mended_at
from handfast.journeys.models import Notice
from handfast.journeys.queries.finding import found, sought
from handfast.journeys.queries.health import health_of
from handfast.journeys.queries.journal import entries_seen_by, entry_seen_by, payload_of, told_to
from handfast.journeys.queries.months import figures_of
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.queries.notices import notice_seen_by, notices_seen_by, unread_by
from handfast.journeys.queries.populations import Period, counted, heads_seen_by, population_seen_by
from handfast.journeys.queries.portfolio import portfolio_of
from handfast.journeys.queries.tasks import tasks_seen_by
from handfast.journeys.telling import said_of

if TYPE_CHECKING:
    from handfast.journeys.health.declared import Found
    from handfast.journeys.queries.portfolio import Holding

router = Router(tags=["journeys"])
router.add_router("", bringing)
router.add_router("", channels)
router.add_router("", inviting)
router.add_router("", own_data)
ENGAGEMENT = "/engagements/{uuid:engagement}"
ENTRY = f"{ENGAGEMENT}/journal/{{uuid:entry}}"


@router.get(f"{ENGAGEMENT}/populations/{{population}}/count", response=PopulationOut)
def population(
    request: ActorRequest, engagement: UUID, population: str, asked: Annotated[PeriodAsked, Query()]
) -> dict[str, Any]:
    """What the database counts of one population in a period, series by series, and the heads of the journals."""
    deal = engagement_seen_by(request.actor, engagement)
    found = population_seen_by(request.actor, deal, population)
    series = counted(found, Period(asked.since, asked.until))
    heads = heads_seen_by(request.actor, deal.pk)
    return {
        "population": found.kind,
        "rows": sum(one.rows for one in series),
        "series": series,
        "heads": heads,
    }


@router.get("/home", response=HomeOut)
def home(request: ActorRequest) -> dict[str, Any]:
    """What needs me, over all my engagements."""
    unread = unread_by(request.actor).count()
    return {"needs": needs_of(request.actor, at=request.at), "unread_notices": unread}


@router.get("/portfolio", response=list[HoldingOut])
def portfolio(request: ActorRequest) -> list[dict[str, Any]]:
    """All my engagements: the last month, its money, the next date, and how many entries of which register are late."""
    return [_holding(one) for one in portfolio_of(request.actor, at=request.at)]


@router.get("/search", response=SearchOut)
def search(request: ActorRequest, asked: Query[SearchAsked]) -> dict[str, Any]:
    """All that I can see and that says every word, kind by kind, the nearest to hand first."""
    question = sought(request.actor, asked.q, engagement=asked.engagement)
    groups = found(request.actor, question, most=asked.limit, kinds=(asked.kind,) if asked.kind else ())
    return {
        "hits": [one for some in groups.values() for one in some[: asked.limit]],
        "more": [kind for kind, some in groups.items() if len(some) > asked.limit],
    }


@router.get(f"{ENGAGEMENT}/overview", response=OverviewOut)
def overview(
    request: ActorRequest, engagement: UUID, months: Annotated[int, Query(ge=1, le=60)] = 4
) -> dict[str, Any]:
    """The figures of the latest months, and what needs me here."""
    deal = engagement_seen_by(request.actor, engagement)
    mine = [one for one in needs_of(request.actor, at=request.at) if one.engagement == deal.pk]
    return {
        "engagement_id": deal.pk,
        "months": figures_of(request.actor, deal, most=months),
        "needs": mine,
    }


@router.get(f"{ENGAGEMENT}/health", response=list[FindingOut])
def health(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """What the deal lacks and where it contradicts itself, the contradictions first."""
    deal = engagement_seen_by(request.actor, engagement)
    return [_finding(one) for one in health_of(request.actor, deal, at=request.at)]


@router.get(f"{ENGAGEMENT}/journal", response=JournalOut)
def journal(request: ActorRequest, engagement: UUID, asked: Query[JournalAsked]) -> dict[str, Any]:
    """The entries of the spaces that I read, by what was done, by whom, and to what."""
    engagement_seen_by(request.actor, engagement)
    rows = entries_seen_by(request.actor, engagement)
    wanted = {"action": asked.action or None, "person_id": asked.person, "subject_id": asked.subject}
    rows = told_to(rows, asked.audience)
    rows = rows.filter(**{key: value for key, value in wanted.items() if value is not None})
    part = rows[asked.offset : asked.offset + asked.limit]
    return {"count": rows.count(), "entries": [_entry(one) for one in part]}


@router.get(ENTRY, response=JournalEntryOut)
def entry_(request: ActorRequest, engagement: UUID, entry: UUID) -> dict[str, Any]:
    return _entry(_found(request, engagement, entry))


@router.post(f"{ENTRY}/erase", response=JournalEntryOut)
def erase(request: ActorRequest, engagement: UUID, entry: UUID, given: ErasureIn) -> dict[str, Any]:
    """Forget what an entry says; that it was erased, and why, is an entry of its own."""
    found = _found(request, engagement, entry)
    erase_contents(request.actor, found, reason=given.reason, at=request.at)
    return _entry(_found(request, engagement, entry))


@router.get("/notices", response=list[NoticeOut])
def notices(
    request: ActorRequest, *, unread: bool = False, limit: Limit = MOST, offset: Offset = 0
) -> list[dict[str, Any]]:
    """Mine, the latest first."""
    rows = unread_by(request.actor) if unread else notices_seen_by(request.actor)
    return [_notice(one) for one in rows[offset : offset + limit]]


@router.post("/notices/{uuid:notice}/read", response=NoticeOut)
def read(request: ActorRequest, notice: UUID) -> dict[str, Any]:
    """It has been seen; seen again it stays as it was."""
    read_notice(request.actor, notice_seen_by(request.actor, notice), at=request.at)
    return _notice(notice_seen_by(request.actor, notice))


@router.get("/tasks", response=list[TaskOut])
def tasks(request: ActorRequest, limit: Limit = MOST) -> QuerySet[Outgoing]:
    """What the worker does for me and my organisation, and how far it is."""
    return tasks_seen_by(request.actor)[:limit]


def _holding(one: Holding) -> dict[str, Any]:
    month = one.month
    name, day = one.next_date or (None, None)
    found = one.foreseen.range if one.foreseen else None
    value = one.contract.yearly_value if one.contract else None
    return {
        "engagement_id": one.deal.pk, "name": one.deal.name, "partner": one.partner,
        "period": month.statement.period if month else None, "verdicts": month.verdicts if month else (),
        "currency": month.currency if month else None,
        "credit": str(month.credit) if month and month.credit is not None else None,
        "cap": str(month.cap) if month and month.cap is not None else None,
        "next_date_name": name, "next_date": day, "late": one.late, "notice_on": one.notice_on,
        "months": {each.statement.period: each.verdicts for each in one.months},
        "milestone_p50_on": found.p50_on if found else None, "milestone_p80_on": found.p80_on if found else None,
        "milestone": one.foreseen.name if one.foreseen else None,
        "milestone_on": one.foreseen.on if one.foreseen else None,
        "is_milestone_late": one.foreseen.is_late if one.foreseen else None,
        "yearly_value": None if value is None else f"{value:f}",
        "value_currency": one.contract.currency if one.contract and value is not None else None,
    }  # fmt: skip


def _finding(one: Found) -> dict[str, Any]:
    return {
        "check": one.check.key, "severity": one.check.severity, "area": one.check.area, "said": one.finding.said,
        "is_internal": one.finding.is_internal, "mend_at": mended_at(one.finding.way),
    }  # fmt: skip


def _found(request: ActorRequest, engagement: UUID, entry: UUID) -> Contents:
    engagement_seen_by(request.actor, engagement)
    return entry_seen_by(request.actor, engagement, entry)


def _entry(one: Contents) -> dict[str, Any]:
    link = one.entry
    return {
        "id": one.pk, "space_id": one.space_id, "is_shared": one.space.kind == Space.Kind.SHARED,
        "sequence": link.sequence, "previous": link.previous, "commitment": link.commitment, "hash": link.hash,
        "at": one.at, "action": one.action, "subject_id": one.subject_id, "person_id": one.person_id,
        "organisation_id": one.organisation_id, "payload": payload_of(one) if one.salt else None,
        "is_erased": not one.salt, "erased_because": one.erased_because,
    }  # fmt: skip


def _notice(one: Notice) -> dict[str, Any]:
    return {
        "id": one.pk, "engagement_id": one.engagement_id, "kind": one.kind, "said": said_of(one.kind),
        "subject_id": one.subject_id, "given_at": one.given_at, "read_at": one.settled_at,
    }  # fmt: skip
