"""The list of statements, and one month."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handfast.contract.queries import agreements_of, parsed_terms, terms_for_month
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls
from handfast.operate.actions import draft_statement, issue_statement
from handfast.operate.models import Statement
from handfast.operate.permissions import may_answer_statement, may_withdraw_dispute
from handfast.operate.queries.begun import begun_in
from handfast.operate.queries.bundled import bundle_name
from handfast.operate.queries.causes import follows
from handfast.operate.queries.computed import agreement_in, chosen_now, chosen_then
from handfast.operate.queries.figures import months_told
from handfast.operate.queries.revising import revised_month
from handfast.operate.queries.statements import (
    check_belongs,
    current_statements,
    draft_seen_by,
    drafts_seen_by,
    is_open,
    statements_of,
)
from handfast.operate.web.forms import IssueForm, PeriodForm
from handfast.operate.web.pictures.revision_view import revision_view
from handfast.operate.web.pictures.statement_phone import phone_statement
from handfast.operate.web.pictures.statement_view import statement_view
from handfast.operate.web.pictures.wording import month_text
from handfast.operate.web.showing import (
    STATUS,
    answer_words,
    causes_shown,
    digest_text,
    line_of,
    made_from,
    signatures_of,
    state_words,
    terms_words,
)
from handfast.people.queries import names_seen_by, own_space_of
from handfast.records.queries import batches_seen_by

if TYPE_CHECKING:
    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.operate.models import StatementDraft
    from handfast.operate.queries.begun import Begun


@page("GET")
def statements(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All months, with the way to compute one."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    months = current_statements(agreement) if agreement else []
    begun = begun_in(request.actor, [deal.pk])[deal.pk]
    lines = [line_of(one, deal, _url(deal, one.period)) for one in months]
    drafts = [one for one in drafts_seen_by(request.actor, engagement) if one.issued_at is None]
    context = {
        "engagement": deal,
        "agreement": agreement,
        "lines": lines,
        "drafts": [
            {"title": month_text(one.period), "url": _url(deal, one.period) + "?draft=1"} for one in drafts
        ],
        "told": _told_lines(deal, agreement) if agreement else [],
        "can_make": begun.has_terms and request.actor.can("make-statements", deal.pk),
        "next": None if months or drafts else _next(request.actor, deal, begun),
        "form": PeriodForm(initial={"period": _month_told(request, deal)}),
        **export_urls("operate:statements_export", deal.pk),
    }
    return shown(request, "operate/statements.html", context)


def _told_lines(deal: Engagement, agreement: Agreement) -> list[dict[str, str]]:
    """The months that stand as they were reported, the latest first."""
    url = reverse("operate:reported_months", args=[deal.pk])
    return [
        {"title": month_text(one.period), "figures": str(one.figures), "credit": one.credit_text, "url": url}
        for one in months_told(agreement)
    ]


def _month_told(request: ActorRequest, deal: Engagement) -> str:
    """The month up to which the records tell, or where there are none this month, in the contract's zone."""
    stands = batches_seen_by(request.actor, deal.pk).filter(withdrawn_at__isnull=True)
    last = stands.order_by().aggregate(last=Max("last_stamp_at"))["last"]
    return f"{min(last or request.at, request.at).astimezone(ZoneInfo(deal.zone)):%Y-%m}"


def _next(actor: Actor, deal: Engagement, begun: Begun) -> dict[str, str] | None:
    """What a first month lacks, and where the actor can bring it; None where they cannot, or nothing is lacking."""
    if not begun.has_terms:
        if not (actor.can("write-terms", deal.pk) or actor.can("agree-terms", deal.pk)):
            return None
        action = "Open the terms" if begun.waiting is not None else "Write the terms"
        return {"url": reverse("contract:agreements", args=[deal.pk]), "action": action}
    if not begun.has_records and actor.can("import-records", deal.pk):
        route, action = ("send", "Import a file") if begun.has_source else ("source_new", "Add a source")
        return {"url": reverse(f"records:{route}", args=[deal.pk]), "action": action}
    return None


@page("POST")
def compute(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Compute a month into the own draft, and show it."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("make-statements", engagement):
        raise NotPermitted("make statements: your role does not include it")
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write the month as 2026-03.")
        return redirect("operate:statements", engagement=engagement)
    period = form.cleaned_data["period"]
    agreement = agreement_in(deal)
    computed = revised_month(chosen_now(agreement, period, as_of=request.at), period)
    space = own_space_of(request.actor, engagement)
    draft_statement(request.actor, space, agreement=agreement, computed=computed, at=request.at)
    return redirect(_url(deal, period) + "?draft=1")


@page("GET")
def statement(request: ActorRequest, engagement: UUID, period: str) -> HttpResponse:
    """One month: the own draft, or a revision that was issued."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreement_in(deal)
    revisions = list(statements_of(agreement).filter(period=period).order_by("-revision"))
    draft = drafts_seen_by(request.actor, engagement).filter(period=period, issued_at__isnull=True).first()
    wanted = request.GET.get("revision", "")
    if draft is not None and (request.GET.get("draft") or not revisions):
        return shown(
            request, "operate/statement.html", _draft_context(request, deal, agreement, draft, revisions)
        )
    chosen = next((one for one in revisions if not wanted or str(one.revision) == wanted), None)
    if chosen is None:
        raise NotSeen("there is no such statement that you can see")
    return shown(request, "operate/statement.html", _context(request, deal, chosen, revisions, draft))


@page("POST")
def issue(request: ActorRequest, engagement: UUID, draft: UUID) -> HttpResponse:
    """Hand the draft over to the other side."""
    deal = engagement_seen_by(request.actor, engagement)
    form = IssueForm(request.POST)
    form.is_valid()
    found = draft_seen_by(request.actor, draft)
    check_belongs(found.agreement, deal)
    told = {name: form.cleaned_data.get(name) for name in ("answer_by_on", "as_seen")}
    issued = issue_statement(request.actor, found, **told, at=request.at)
    messages.success(request, f"{month_text(issued.period)}, revision {issued.revision}, is issued.")
    return redirect(_url(deal, issued.period))


def _url(deal: Engagement, period: str) -> str:
    return reverse("operate:statement", kwargs={"engagement": deal.pk, "period": period})


def _month_context(
    request: ActorRequest,
    deal: Engagement,
    agreement: Agreement,
    made: Statement | StatementDraft,
    revisions: list[Statement],
) -> dict[str, Any]:
    """What a draft and an issued month share."""
    body = json.loads(made.body)
    chosen = chosen_then(agreement, made.inputs, as_of=made.as_of)
    terms = parsed_terms(chosen.terms)
    months = current_statements(agreement)
    earlier = [json.loads(one.body) for one in months if one.period < made.period]
    view = statement_view(body, terms.first, earlier)
    periods = sorted({one.period for one in months} | {made.period})
    place = periods.index(made.period)
    before = revisions_before(made, revisions)
    latest = terms_for_month(agreement, made.period)
    is_agreed = any(one.state == Statement.State.AGREED for one in revisions)
    return {
        "engagement": deal,
        "agreement": agreement,
        "made": made,
        "body": body,
        "view": view,
        "phone": phone_statement(view, body),
        "made_from": made_from(body, chosen, terms_words(chosen.terms, latest, is_agreed=is_agreed)),
        "digest": digest_text(made.digest),
        "previous": _neighbour(deal, periods[place - 1] if place else ""),
        "next": _neighbour(deal, periods[place + 1] if place + 1 < len(periods) else ""),
        "moved": revision_view(json.loads(before.body), body) if before else None,
        "causes": causes_shown(request.actor, made, before, deal.zone),
        "before": before,
        "title": month_text(made.period),
        "records_prefix": f"{reverse('operate:statements', kwargs={'engagement': deal.pk})}{made.pk}/levels/",
    }


def revisions_before(made: Statement | StatementDraft, revisions: list[Statement]) -> Statement | None:
    """The revision that this one is held against."""
    earlier = [one for one in revisions if not isinstance(made, Statement) or one.revision < made.revision]
    return earlier[0] if earlier else None


def _neighbour(deal: Engagement, period: str) -> dict[str, str] | None:
    return {"url": _url(deal, period), "name": month_text(period)} if period else None


def _draft_context(
    request: ActorRequest,
    deal: Engagement,
    agreement: Agreement,
    draft: StatementDraft,
    revisions: list[Statement],
) -> dict[str, Any]:
    mine = party_of(deal, request.actor.organisation)
    return _month_context(request, deal, agreement, draft, revisions) | {
        "is_draft": True,
        "is_overtaken": bool(revisions) and not follows(draft, revisions[0]),
        "own": mine,
        "readers": f"Only {mine.name}" if mine else "",
        "status": "running",
        "state": "Draft",
        "can_issue": request.actor.can("make-statements", deal.pk),
        "form": IssueForm(),
    }


def _context(
    request: ActorRequest,
    deal: Engagement,
    chosen: Statement,
    revisions: list[Statement],
    draft: StatementDraft | None,
) -> dict[str, Any]:
    disputes = [one for revision in revisions for one in revision.disputes.all()]
    who = [chosen.issued_by_id, chosen.answered_by_id, *(one.raised_by_id for one in disputes)]
    names = names_seen_by(request.actor, [*who, *(one.issued_by_id for one in revisions)])
    levels = {level["id"]: level["name"] for level in json.loads(chosen.body)["levels"]}
    return _month_context(request, deal, chosen.agreement, chosen, revisions) | {
        "is_draft": False,
        "statement": chosen,
        "bundle_name": bundle_name(chosen),
        "readers": " and ".join(one.name for one in sorted(deal.parties.all(), key=lambda one: one.side)),
        "status": STATUS[Statement.State(chosen.state)],
        "state": state_words(chosen, deal),
        "signatures": signatures_of(chosen, deal, names),
        "revisions": [_revision(request.actor, one, deal, names, levels) for one in revisions],
        "can_answer": is_open(chosen) and may_answer_statement(request.actor, chosen),
        "is_disputed": any(one.withdrawn_at is None for one in chosen.disputes.all()),
        "can_make": request.actor.can("make-statements", deal.pk),
        "can_pack": request.actor.can("keep-registers", deal.pk),
        "draft_url": _url(deal, chosen.period) + "?draft=1" if draft else "",
    }


def _revision(
    actor: Actor, one: Statement, deal: Engagement, names: dict[UUID, str], levels: dict[str, str]
) -> dict[str, Any]:
    return {
        "statement": one,
        "status": STATUS[Statement.State(one.state)],
        "words": answer_words(one, deal),
        "by": names.get(one.issued_by_id, "") if one.issued_by_id else "",
        "url": f"{_url(deal, one.period)}?revision={one.revision}",
        "disputes": [
            {
                "dispute": dispute,
                "level": levels.get(dispute.level, dispute.level),
                "by": names.get(dispute.raised_by_id, "") if dispute.raised_by_id else "",
                "can_withdraw": dispute.withdrawn_at is None
                and is_open(one)
                and may_withdraw_dispute(actor, dispute),
            }
            for dispute in one.disputes.all()
        ],
    }
