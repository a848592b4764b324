"""What must be known of the contract on one page, its amendments, and the form that writes the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.contract.actions import write_summary
from handfast.contract.permissions import may_write_summary
from handfast.contract.queries import summaries_seen_by
from handfast.contract.refusals import SummaryOvertaken, SummaryRefused
from handfast.contract.web.summary_forms import SummaryForm, begun_from
from handfast.contract.web.summary_words import HEADS, cells_of, end_words, facts_of, summary_sentence
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.queries.entries import today_in
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.contract.models import ContractSummary
    from handfast.engagement.models import Engagement

OK, REFUSED, CONFLICT = 200, 422, 409


@page("GET", "POST")
def summary(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The newest version in facts, the days that follow from it, and all versions."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = list(summaries_seen_by(request.actor, deal.pk))
    if request.method != "POST":
        first = SummaryForm(initial=begun_from(rows[0] if rows else None, deal, today_in(deal, request.at)))
        return _shown(request, deal, rows, first)
    if not may_write_summary(request.actor, deal):
        raise NotPermitted("summary written: your role does not include it")
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _shown(request, deal, rows, form, status=REFUSED)
    try:
        made = write_summary(
            request.actor, deal, said=form.said(), after=form.cleaned_data["after"], at=request.at
        )
    except SummaryRefused as refusal:
        for name, fault in refusal.fields:
            form.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
        return _shown(request, deal, rows, form, status=REFUSED)
    except SummaryOvertaken as refusal:
        form.add_error(None, f"Nothing was written: {refusal}.")
        return _shown(request, deal, rows, form, status=CONFLICT)
    messages.success(request, f"Version {made.number} is written down; the other side is told.")
    return redirect("contract:summary", engagement=engagement)


@page("GET")
def summary_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """All versions as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = [cells_of(one) for one in summaries_seen_by(request.actor, deal.pk)]
    return exported(request, form, "contract", HEADS, rows)


def _shown(
    request: ActorRequest,
    deal: Engagement,
    rows: Sequence[ContractSummary],
    form: SummaryForm,
    status: int = OK,
) -> HttpResponse:
    names = names_seen_by(request.actor, [one.written_by_id for one in rows if one.written_by_id])
    context = {
        "engagement": deal,
        "newest": rows[0] if rows else None,
        "facts": facts_of(rows[0]) if rows else (),
        "versions": [
            (one, end_words(one), names.get(one.written_by_id, "") if one.written_by_id else "")
            for one in rows
        ],
        "sentence": summary_sentence(rows[0] if rows else None, today_in(deal, request.at)),
        "form": form,
        "may_write": may_write_summary(request.actor, deal),
        "is_open": status != OK or not rows,
        **export_urls("contract:summary_export", deal.pk),
    }
    return shown(request, "contract/summary.html", context, status=status)
