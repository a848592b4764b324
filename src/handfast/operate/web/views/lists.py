"""The lists of operate as CSV or XLSX, as they are filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from handfast.contract.queries import agreements_of
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import exported
from handfast.operate.queries.records import roster_of
from handfast.operate.queries.statements import (
    adjustments_seen_by,
    check_belongs,
    current_statements,
    made_seen_by,
)
from handfast.operate.web import lists
from handfast.operate.web.views.months import bodies_shown
from handfast.operate.web.views.reported import reported_lines
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from django.http import HttpResponseBase


@page("GET")
def statements(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The months that were issued."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    rows = lists.statement_rows(current_statements(agreement) if agreement else [], deal)
    return exported(request, form, "statements", lists.STATEMENTS, rows)


@page("GET")
def service_levels(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """Every level of every month that the page shows."""
    bodies = bodies_shown(request.actor, engagement_seen_by(request.actor, engagement))
    return exported(request, form, "service-levels", lists.LEVELS, lists.level_rows(bodies))


@page("GET")
def records(request: ActorRequest, engagement: UUID, made: UUID, level: str, form: str) -> HttpResponseBase:
    """All records behind a figure, of one outcome where it is named."""
    deal = engagement_seen_by(request.actor, engagement)
    found = made_seen_by(request.actor, made)
    check_belongs(found.agreement, deal)
    roster = roster_of(found, level, outcome=request.GET.get("outcome", ""), page=None)
    name = f"records-{found.period}-{level}"
    return exported(request, form, name, lists.RECORDS, lists.record_rows(roster.rows))


@page("GET")
def adjustments(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """All adjustments."""
    engagement_seen_by(request.actor, engagement)
    found = list(adjustments_seen_by(request.actor, engagement).order_by("-number"))
    names = names_seen_by(request.actor, [one.proposed_by_id for one in found])
    return exported(request, form, "adjustments", lists.ADJUSTMENTS, lists.adjustment_rows(found, names))


@page("GET")
def reported(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """All reported values."""
    found = reported_lines(request, engagement_seen_by(request.actor, engagement))
    names = names_seen_by(request.actor, [one.reported_by_id for one, _, _ in found])
    return exported(request, form, "reported-values", lists.REPORTED, lists.reported_rows(found, names))
