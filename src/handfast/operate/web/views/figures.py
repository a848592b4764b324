"""Months as they were reported: what stands, a sheet brought in with its preview, and a sheet taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.contract.queries import agreements_of, terms_in_force
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.refusals import NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.web.sent_table import table_sent
from handfast.kernel.refusal import Refusal
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.actions import bring_in_figures, withdraw_sheet
from handfast.operate.permissions import may_bring_in_figures, may_withdraw_sheet
from handfast.operate.queries.computed import agreement_in
from handfast.operate.queries.figures import (
    known_of,
    levels_known,
    looked_at,
    sheet_seen_by,
    sheets_seen_by,
    standing_figures,
    told_of,
)
from handfast.operate.queries.statements import check_belongs
from handfast.operate.reading.figures import FIELDS, rows_read, words_of
from handfast.operate.web.figure_rows import (
    HEADS,
    MOST_WORDS,
    columns_said,
    columns_shown,
    figure_rows,
    shown_figures,
    shown_line,
    template_rows,
    words_said,
)
from handfast.people.queries import names_seen_by, own_space_of

if TYPE_CHECKING:
    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.governance.reading.tables import Table
    from handfast.operate.queries.figures import Looked, Told
    from handfast.operate.reading.figures import Known

PREVIEW, SAVE = "preview", "save"
LINES_SHOWN = 60


@page("GET")
def reported_months(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """What stands, month by month, beside what was computed; under it the sheets that it came from."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    told = _told(agreement)
    sheets = list(sheets_seen_by(request.actor, deal.pk))
    names = names_seen_by(request.actor, [one.brought_by_id for one in sheets])
    parties = {party.side: party for party in deal.parties.all()}
    months = shown_figures(told, agreement.currency) if agreement else []
    context = {
        "engagement": deal,
        "months": months,
        "first": months[-1]["title"] if months else "",
        "last": months[0]["title"] if months else "",
        "differing": sum(bool(one.difference or one.credit_difference) for one in told),
        "sheets": [
            {
                "sheet": one,
                "by": names.get(one.brought_by_id, "") if one.brought_by_id else "",
                "party": parties.get(one.brought_side),
                "can_withdraw": one.withdrawn_at is None and may_withdraw_sheet(request.actor, one),
            }
            for one in sheets
        ],
        "can_bring": agreement is not None and may_bring_in_figures(request.actor, agreement),
        **export_urls("operate:figures_export", deal.pk),
    }
    return shown(request, "operate/reported_months.html", context)


@page("GET")
def figures_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The figures as CSV or XLSX, in the columns that can be brought in again."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    rows = list(figure_rows(_told(agreement), agreement.currency)) if agreement else []
    return exported(request, form, "months as reported", HEADS, rows)


@page("GET")
def template_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """A sheet to fill in: the last twelve months by the levels of the terms in force."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreement_in(deal)
    today = request.at.astimezone(zone_named(deal.zone)).date()
    rows = list(template_rows(levels_known(agreement), agreement.currency, today))
    return exported(request, form, "figures to fill in", HEADS, rows)


@csrf_exempt  # the body is read by `receiving`; the view under it asks for the token
@page("GET", "POST")
def bring_in(request: ActorRequest, engagement: UUID) -> HttpResponseBase:
    """First the sheet, then which column is what and what becomes of each row, and only then the writing."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("make-statements", deal.pk):
        raise NotPermitted("figures brought in: your role does not include it")
    agreement = agreement_in(deal)
    known = known_of(agreement, at=request.at)
    if request.method == "GET":
        return _page(request, deal, known)
    with receiving(request, own_space_of(request.actor, engagement).pk) as one:
        return _sent(request, agreement, known, one)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, sheet: UUID) -> HttpResponse:
    """Take a sheet back."""
    deal = engagement_seen_by(request.actor, engagement)
    found = sheet_seen_by(request.actor, sheet)
    check_belongs(found.agreement, deal)
    withdraw_sheet(request.actor, found, at=request.at)
    messages.success(request, f"Sheet {found.number} is withdrawn.")
    return redirect("operate:reported_months", engagement=engagement)


@csrf_protect
def _sent(request: ActorRequest, agreement: Agreement, known: Known, one: Receiving) -> HttpResponseBase:
    deal = engagement_seen_by(request.actor, agreement.engagement_id)
    table, found = None, None
    try:
        table = table_sent(request, deal, one)
        known = replace(known, words=words_said(request.POST))
        rows = rows_read(table, columns_said(table, request.POST), known)
        found = looked_at(rows, standing_figures(agreement))
        if request.POST.get("step") == SAVE:
            mine = party_of(deal, request.actor.organisation)
            made = bring_in_figures(
                request.actor, agreement, side=mine.side if mine else "", name=table.name, rows=rows, at=request.at
            )  # fmt: skip
            messages.success(request, f"{made.rows} figures stand as they were reported.")
            return redirect("operate:reported_months", engagement=deal.pk)
    except NotSeen:
        raise
    except Refusal as refusal:
        return _page(request, deal, known, table, found, refusal, status_of(refusal))
    return _page(request, deal, known, table, found)


def _page(  # noqa: PLR0913, PLR0917 - each is a part of the page
    request: ActorRequest, deal: Engagement, known: Known, table: Table | None = None,
    found: list[Looked] | None = None, refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    counted = Counter(one.outcome for one in found or ())
    levels = {one.key: one for one in known.levels}
    context: dict[str, Any] = {
        "engagement": deal,
        "levels": known.levels,
        "currency": known.currency,
        "refusal": refusal,
        "table": table,
        "template": export_urls("operate:figures_template_export", deal.pk),
    }
    if table is not None:
        columns = columns_said(table, request.POST)
        lines = [shown_line(one, levels, known.currency) for one in found or ()]
        context |= {
            "text": table.as_text(),
            "fields": list(FIELDS.items()),
            "columns": columns_shown(table, columns),
            "words": [
                (place, word, known.words.get(word, ""))
                for place, word in enumerate(words_of(table, columns, known)[:MOST_WORDS])
            ],
            "refused": [one for one in lines if "why" in one][:LINES_SHOWN],
            "lines": [one for one in lines if "why" not in one and one["outcome"] != "same"][:LINES_SHOWN],
            "counted": counted,
            "fresh": counted["new"] + counted["changed"],
            "can_save": not counted["refused"] and counted["new"] + counted["changed"] > 0,
        }
    return shown(request, "operate/bring_in_figures.html", context, status=status)


def _told(agreement: Agreement | None) -> list[Told]:
    """What stands; levels of no terms in force any more are told by their keys."""
    if agreement is None:
        return []
    return told_of(agreement, levels_known(agreement) if terms_in_force(agreement) else [])
