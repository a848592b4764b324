"""What the health check finds in a deal: its facts gathered in the same few questions for every size, as the reader sees them."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.contract.models import AgreedMilestone, Agreement, TermsVersion
from handfast.contract.queries import milestones_seen_by, parsed_terms, summaries_seen_by
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import today_in
from handfast.journeys.health.catalogue import found_in
from handfast.journeys.health.facts import (
    AgreementSeen,
    BatchSeen,
    ContractSeen,
    DaySeen,
    EntrySeen,
    Facts,
    LevelSeen,
    Member,
    MonthSeen,
    Side,
    SourceSeen,
    ToldSeen,
)
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.models import ReportedValue, Statement
from handfast.operate.queries.figures import figures_of, sheets_seen_by
from handfast.operate.queries.reported import reported_values_seen_by
from handfast.operate.queries.statements import drafts_seen_by, statements_seen_by
from handfast.people.queries import members_seen_by
from handfast.people.roles import capabilities_of
from handfast.records.queries import batches_seen_by, sources_seen_by
from handfast.transition.models import Activity, Dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.health.declared import Found
    from handfast.operate.models import StatementDraft

NOT_TOLD = ("annex",)


def health_of(actor: Actor, deal: Engagement, *, at: datetime) -> list[Found]:
    """All findings, the contradictions first."""
    return found_in(facts_of(actor, deal, at=at))


def facts_of(actor: Actor, deal: Engagement, *, at: datetime) -> Facts:
    """The facts of one deal as the actor reads them; the other side's own business is not among them."""
    months = (*_issued(actor, deal), *_drafted(actor, deal))
    issued = {(one.agreement, one.period) for one in months if one.is_issued}
    told = reported_values_seen_by(actor, deal.pk).filter(
        kind=ReportedValue.Kind.VALUE, withdrawn_at__isnull=True
    )
    return Facts(
        engagement=deal.pk,
        size=deal.size,
        zone=deal.zone,
        currency=deal.currency,
        today=today_in(deal, at),
        signed_on=deal.signed_on,
        live_on=deal.live_on,
        notice_on=deal.notice_on,
        ends_on=deal.ends_on,
        contract=_contract(actor, deal),
        sides=tuple(Side(one.side, one.name, one.organisation_id) for one in deal.parties.all()),
        members=tuple(_members(actor, deal)),
        agreements=tuple(_agreements(actor, deal)),
        sources=tuple(_sources(actor, deal)),
        months=tuple(one for one in months if one.is_issued or (one.agreement, one.period) not in issued),
        reported=frozenset(told.order_by().values_list("measure", "period")),
        told=tuple(_told(actor, deal)),
        entries=tuple(_entries(actor, deal)),
        milestones=tuple(_milestones(actor, deal)),
        activities=tuple(_activities(actor, deal)),
    )


def _contract(actor: Actor, deal: Engagement) -> ContractSeen | None:
    newest = summaries_seen_by(actor, deal.pk).first()
    if newest is None:
        return None
    told = {
        "its yearly value": newest.yearly_value,
        "the governing law": newest.governing_law,
        "the client's contact": newest.client_contact,
        "the provider's contact": newest.provider_contact,
    }
    lacks = tuple(name for name, said in told.items() if said is None or said == "")
    return ContractSeen(newest.number, newest.notice_on, newest.ends_on, newest.renewal, lacks)


def _members(actor: Actor, deal: Engagement) -> Iterator[Member]:
    for one in members_seen_by(actor, deal.pk):
        yield Member(one.person_id, one.side, one.person.is_active, capabilities_of(one.roles))


def _agreements(actor: Actor, deal: Engagement) -> Iterator[AgreementSeen]:
    """Each with the first and the last of its terms in force; those between are not read."""
    versions: dict[UUID, list[TermsVersion]] = defaultdict(list)
    rows = TermsVersion.objects.filter(
        agreement__engagement_id=deal.pk, space_id__in=actor.reach.reads, state__in=TermsVersion.IN_FORCE
    )
    for one in rows.defer(*NOT_TOLD).order_by("number"):
        versions[one.agreement_id].append(one)
    for agreement in Agreement.objects.filter(engagement=deal, space_id__in=actor.reach.reads):
        mine = versions[agreement.pk]
        seen = AgreementSeen(agreement.pk, agreement.title, agreement.currency)
        if mine:
            seen = AgreementSeen(
                agreement.pk,
                agreement.title,
                agreement.currency,
                mine[-1].number,
                mine[-1].state == TermsVersion.State.AGREED,
                parsed_terms(mine[0]),
                parsed_terms(mine[-1]),
            )
        yield seen


def _sources(actor: Actor, deal: Engagement) -> Iterator[SourceSeen]:
    batches: dict[UUID, list[BatchSeen]] = defaultdict(list)
    rows = batches_seen_by(actor, deal.pk).filter(withdrawn_at__isnull=True).select_related(None)
    told = rows.values_list("source_id", "number", "first_stamp_at", "last_stamp_at", "received_at")
    for source, number, first_at, last_at, received_at in told:
        batches[source].append(BatchSeen(number, first_at, last_at, received_at))
    for one in sources_seen_by(actor, deal.pk).defer("mapping"):
        yield SourceSeen(one.pk, one.key, one.name, tuple(batches[one.pk]))


def _issued(actor: Actor, deal: Engagement) -> Iterator[MonthSeen]:
    rows = statements_seen_by(actor, deal.pk).exclude(state=Statement.State.SUPERSEDED)
    return (_month(one, is_issued=True) for one in rows.defer("causes", "inputs"))


def _drafted(actor: Actor, deal: Engagement) -> Iterator[MonthSeen]:
    rows = drafts_seen_by(actor, deal.pk).filter(issued_at__isnull=True).select_related(None)
    return (_month(one, is_issued=False) for one in rows.defer("causes", "inputs"))


def _month(one: Statement | StatementDraft, *, is_issued: bool) -> MonthSeen:
    body: dict[str, Any] = json.loads(one.body)
    money = body["consequence"] or {}
    return MonthSeen(
        one.period,
        one.agreement_id,
        is_issued,
        money.get("currency", ""),
        _amount(money.get("credit")),
        _amount(money.get("cut")),
        {each["id"]: LevelSeen(each["name"], each["verdict"], each["value"]) for each in body["levels"]},
    )


def _told(actor: Actor, deal: Engagement) -> Iterator[ToldSeen]:
    sheets = sheets_seen_by(actor, deal.pk).filter(withdrawn_at__isnull=True).order_by("number")
    for one in figures_of(sheets.select_related(None)).values():
        yield ToldSeen(one.period, one.level, one.value, one.credit)


def _amount(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _entries(actor: Actor, deal: Engagement) -> Iterable[EntrySeen]:
    rows = RegisterEntry.objects.filter(engagement_id=deal.pk, space_id__in=actor.reach.reads, is_done=False)
    rows = rows.only("register", "number", "owner_id", "due_on", "space_id", "engagement_id")
    for one in rows.order_by("register", "number"):
        one.engagement = deal
        yield EntrySeen(one.pk, one.register, one.name, one.owner_id, one.due_on, one.is_internal)


def _milestones(actor: Actor, deal: Engagement) -> Iterable[DaySeen]:
    rows = milestones_seen_by(actor, deal.pk).filter(state__in=AgreedMilestone.IN_FORCE)
    return (DaySeen(one.pk, one.name, one.due_on) for one in rows.select_related(None))


def _activities(actor: Actor, deal: Engagement) -> Iterable[DaySeen]:
    """Milestones and gates that are still to come, on the day that the plan computes for them."""
    kinds = (Activity.Kind.MILESTONE, Activity.Kind.GATE)
    rows = Activity.objects.filter(
        plan__engagement_id=deal.pk, space_id__in=actor.reach.reads, kind__in=kinds,
        removed_at__isnull=True, finished_on__isnull=True,
    )  # fmt: skip
    days = Dates.objects.filter(
        plan__engagement_id=deal.pk, space_id__in=actor.reach.reads, activity_id__in=rows.values("pk")
    )
    ends = dict(days.values_list("activity_id", "ends_at"))
    zone = zone_named(deal.zone)
    for one in rows.only("name", "space_id", "position"):
        if one.pk in ends:
            yield DaySeen(
                one.pk, one.name, ends[one.pk].astimezone(zone).date(), one.space_id != deal.space_id
            )
