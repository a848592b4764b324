"""My notices, and the way to what each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from handfast.contract.models import TermsVersion
from handfast.engagement.actions.engagements import AMENDED
from handfast.evidence.actions.comments import MENTIONED
from handfast.evidence.models import Comment, Signature
from handfast.evidence.queries.signing import ANSWERED, ASKED
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.actions.deciding import DECISION_ASKED, DECISION_GIVEN
from handfast.governance.models import DecisionRequest
from handfast.journeys.actions import read_notice
from handfast.journeys.frame import address, around, overview_of
from handfast.journeys.queries.notices import notice_seen_by, notices_seen_by
from handfast.journeys.telling import NOTICE_WITHIN, said_of
from handfast.operate.models import Dispute, Statement
from handfast.people.actions.delegating import DELEGATION_BEGINS
from handfast.readiness.actions.attesting import WAIVER_ANSWERED, WAIVER_ASKED
from handfast.readiness.actions.deciding import GATE_DECIDED, GATE_OPENED
from handfast.readiness.actions.relieving import RELIEF_ANSWERED, RELIEF_ASKED
from handfast.transition.models import Deliverable, ReviewRound

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.models import Notice

MOST = 100
PAGE_OF = {
    ASKED: "evidence:to_sign",
    "contract.milestone_proposed": "contract:milestones",
    "contract.milestone_agreed": "contract:milestones",
    "contract.milestone_declined": "contract:milestones",
    **dict.fromkeys(NOTICE_WITHIN.values(), "contract:summary"),
    "operate.adjustment_proposed": "operate:adjustments",
    "operate.adjustment_accepted": "operate:adjustments",
    "operate.adjustment_declined": "operate:adjustments",
    "transition.change_proposed": "transition:changes",
    "transition.change_answered": "transition:changes",
    "transition.freeze_proposed": "transition:frame",
    "transition.baseline_proposed": "transition:plan",
    **dict.fromkeys((RELIEF_ASKED, RELIEF_ANSWERED), "readiness:dependencies"),
    **dict.fromkeys((WAIVER_ASKED, WAIVER_ANSWERED, GATE_OPENED, GATE_DECIDED), "readiness:readiness"),
    "transition.growth_proposed": "transition:grow",
    "transition.growth_answered": "transition:grow",
    "transition.milestones_moved": "transition:status",
    "transition.wave_added": "transition:waves",
}

DELIVERABLES = frozenset(
    {
        "transition.deliverable_submitted",
        "transition.review_ends",
        "transition.silence_asked",
        "transition.deliverable_answered",
        "transition.review_over",
    }
)
HEADS = ("Given", "Engagement", "What", "Read")


@page("GET", is_spoken=True)
def notices(request: ActorRequest) -> HttpResponse:
    """The latest hundred, unread ones marked."""
    deals = {one.pk: one for one in around(request, request.actor).deals}
    rows = [one for one in notices_seen_by(request.actor)[:MOST] if one.engagement_id in deals]
    lines = [
        {"notice": one, "said": gettext(said_of(one.kind)), "deal": deals[one.engagement_id].name}
        for one in rows
    ]
    unread = sum(one.settled_at is None for one in rows)
    context = {"lines": lines, "unread": unread, **export_urls("journeys:notices_export")}
    return shown(request, "journeys/notices.html", context)


@page("GET")
def notices_export(request: ActorRequest, form: str) -> HttpResponseBase:
    """The same list as CSV or XLSX."""
    deals = {one.pk: one.name for one in around(request, request.actor).deals}
    rows = (
        (one.given_at, deals[one.engagement_id], said_of(one.kind), one.settled_at)
        for one in notices_seen_by(request.actor)[:MOST]
        if one.engagement_id in deals
    )
    return exported(request, form, "notices", HEADS, rows)


@page("GET", "POST")
def notice(request: ActorRequest, notice: UUID) -> HttpResponse:
    """Open what it is about; opened by the form it also counts as read."""
    found = notice_seen_by(request.actor, notice)
    if request.method == "POST":
        read_notice(request.actor, found, at=request.at)
    deal = next(one for one in around(request, request.actor).deals if one.pk == found.engagement_id)
    return redirect(_where(request.actor, found, deal))


def _where(actor: Actor, found: Notice, deal: Engagement) -> str:
    """The page of its subject; where that is out of sight by now, the engagement's own."""
    if found.kind.startswith("contract.terms_"):
        return _terms_of(actor, found, deal)
    if found.kind in PAGE_OF:
        return address(PAGE_OF[found.kind], deal.pk)
    if found.kind in WAYS:
        return WAYS[found.kind](actor, found, deal)
    if found.kind in (AMENDED, DELEGATION_BEGINS):
        history = address("journeys:history", deal.pk, deal.pk)
        return history if found.kind == AMENDED else address("people:away")
    if found.kind in DELIVERABLES:
        return _deliverable_of(actor, found, deal)
    statements = Statement.objects.filter(space_id__in=actor.reach.reads)
    if found.kind == "operate.line_disputed":
        dispute = Dispute.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id).first()
        statements = statements.filter(pk=dispute.statement_id if dispute else None)
    else:
        statements = statements.filter(pk=found.subject_id)
    period = statements.values_list("period", flat=True).first()
    return address("operate:statement", deal.pk, period) if period else overview_of(deal)


def _deliverable_of(actor: Actor, found: Notice, deal: Engagement) -> str:
    rounds = ReviewRound.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id)
    subject = rounds.values_list("deliverable_id", flat=True).first() or found.subject_id
    rows = Deliverable.objects.filter(space_id__in=actor.reach.reads, pk=subject)
    return address("transition:deliverable", deal.pk, subject) if rows.exists() else overview_of(deal)


def _entry_of(actor: Actor, found: Notice, deal: Engagement) -> str:
    """What was said or decided about an entry."""
    if found.kind == MENTIONED:
        is_there = Comment.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id).exists()
        return address("evidence:comment", deal.pk, found.subject_id) if is_there else overview_of(deal)
    asked = DecisionRequest.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id)
    entry = asked.values_list("entry_id", flat=True).first()
    return address("governance:entry", deal.pk, entry) if entry else overview_of(deal)


def _document_of(actor: Actor, found: Notice, deal: Engagement) -> str:
    told = Signature.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id)
    place = told.values_list("document_version__document_id", "document_version__number").first()
    return address("evidence:document_version", deal.pk, *place) if place else overview_of(deal)


def _terms_of(actor: Actor, found: Notice, deal: Engagement) -> str:
    versions = TermsVersion.objects.filter(space_id__in=actor.reach.reads, pk=found.subject_id)
    version = versions.values_list("agreement_id", "number").first()
    return address("contract:version", deal.pk, *version) if version else overview_of(deal)


WAYS = {
    MENTIONED: _entry_of,
    DECISION_ASKED: _entry_of,
    DECISION_GIVEN: _entry_of,
    ANSWERED: _document_of,
}
