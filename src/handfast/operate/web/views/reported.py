"""What one side reports and attests because no log shows it: the register, the form, and taking a report back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.queries import agreements_of, parsed_terms, terms_in_force
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls
from handfast.operate.actions import report_value, withdraw_reported_value
from handfast.operate.permissions import may_withdraw_reported_value
from handfast.operate.queries.reported import (
    are_charges_reported,
    checked_report,
    reported_measures,
    reported_standing,
    reported_value_seen_by,
    reported_values_seen_by,
)
from handfast.operate.queries.statements import check_belongs
from handfast.operate.refusals import NoTermsYet
from handfast.operate.web.pictures.wording import month_text
from handfast.operate.web.reported_form import CHARGES, ReportForm, value_said
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.kernel.servicelevels.terms import Terms
    from handfast.operate.models import ReportedValue

REFUSED = 422


@page("GET", "POST")
def reported(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All reports, and the form for what is missing."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    version = terms_in_force(agreement) if agreement else None
    terms = parsed_terms(version) if version else None
    if request.method == "POST":
        if not request.actor.can("make-statements", engagement):
            raise NotPermitted("report values: your role does not include it")
        if agreement is None or terms is None:
            raise NoTermsYet("no terms are in force: they say what is reported")
    mine = party_of(deal, request.actor.organisation)
    choices = _choices(terms, mine.side) if terms and mine else []
    last = last_month(request.at)
    missing = _missing(agreement, choices, last, request.at) if agreement else []
    first = {"period": last, "measure": missing[0][0] if missing else ""}
    form = ReportForm(request.POST or None, choices=choices, initial=first)
    if request.method == "POST" and agreement and terms and mine and form.is_valid():
        try:
            report = checked_report(form.report(), terms, side=mine.side, at=request.at)
        except FieldsRefused as refused:
            for name, fault in refused.fields:
                form.add_error(name, fault)
        else:
            made = report_value(request.actor, agreement, side=mine.side, report=report, at=request.at)
            messages.success(request, f"Reported for {month_text(made.period)}; the next draft counts it.")
            return redirect("operate:reported", engagement=engagement)
    context = {
        "engagement": deal,
        "rows": _rows(request, agreement, deal, _labels(terms)),
        "missing": [label for _, label in missing],
        "month": month_text(last),
        "form": form,
        "can_report": bool(choices) and request.actor.can("make-statements", engagement),
        **export_urls("operate:reported_export", engagement),
        "is_reported": bool(terms and (reported_measures(terms) or are_charges_reported(terms))),
    }
    return shown(request, "operate/reported.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, value: UUID) -> HttpResponse:
    """Take a report back."""
    deal = engagement_seen_by(request.actor, engagement)
    found = reported_value_seen_by(request.actor, value)
    check_belongs(found.agreement, deal)
    withdraw_reported_value(request.actor, found, at=request.at)
    messages.success(request, "The report is withdrawn.")
    return redirect("operate:reported", engagement=engagement)


def last_month(at: datetime) -> str:
    """The month before this one: what is usually reported."""
    return f"{at.replace(day=1) - timedelta(days=1):%Y-%m}"


def _labels(terms: Terms | None) -> dict[str, str]:
    """A measure by the name of the first level that it feeds; the charges by their own."""
    labels = {"": "Charges of the month"}
    for version in terms.versions if terms else ():
        for level in version.terms.levels.values():
            labels.setdefault(level.measure, level.name)
    return labels


def _choices(terms: Terms, side: str) -> list[tuple[str, str]]:
    """What this side reports."""
    labels = _labels(terms)
    measures = {key: one for key, one in reported_measures(terms).items() if one.reported_by == side}
    charges = [(CHARGES, labels[""])] if are_charges_reported(terms) else []
    return [*((key, labels.get(key, key)) for key in measures), *charges]


def _missing(
    agreement: Agreement, choices: list[tuple[str, str]], period: str, at: datetime
) -> list[tuple[str, str]]:
    """What of the choices nobody has reported for a month."""
    known = {one.measure or CHARGES for one in reported_standing(agreement, as_of=at) if one.period == period}
    return [(key, label) for key, label in choices if key not in known]


def _rows(
    request: ActorRequest, agreement: Agreement | None, deal: Engagement, labels: dict[str, str]
) -> list[dict[str, Any]]:
    found = list(reported_values_seen_by(request.actor, deal.pk))
    standing = {one.pk for one in reported_standing(agreement, as_of=request.at)} if agreement else set()
    names = names_seen_by(request.actor, [one.reported_by_id for one in found])
    parties = {party.side: party for party in deal.parties.all()}
    return [
        {
            "value": one,
            "month": month_text(one.period),
            "name": labels.get(one.measure, one.measure),
            "said": value_said(one.said),
            "by": names.get(one.reported_by_id, "") if one.reported_by_id else "",
            "party": parties.get(one.reported_side),
            "status": _state(one, stands=one.pk in standing)[0],
            "state": _state(one, stands=one.pk in standing)[1],
            "can_withdraw": one.withdrawn_at is None and may_withdraw_reported_value(request.actor, one),
        }
        for one in found
    ]


def reported_lines(request: ActorRequest, deal: Engagement) -> list[tuple[ReportedValue, str, str]]:
    """All reports, each with the name of what it is about, and its state in words."""
    agreement = agreements_of(deal).first()
    version = terms_in_force(agreement) if agreement else None
    labels = _labels(parsed_terms(version) if version else None)
    standing = {one.pk for one in reported_standing(agreement, as_of=request.at)} if agreement else set()
    return [
        (one, labels.get(one.measure, one.measure), _state(one, stands=one.pk in standing)[1])
        for one in reported_values_seen_by(request.actor, deal.pk)
    ]


def _state(one: ReportedValue, *, stands: bool) -> tuple[str, str]:
    if one.withdrawn_at is not None:
        return "waived", "Withdrawn"
    return ("open", "Reported") if stands else ("stale", "Replaced")
