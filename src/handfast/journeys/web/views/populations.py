"""Populations of an engagement for whoever audits it: what can be had, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import FORMS, ExportUnknown, disposition
from handfast.journeys.queries.populations import (
    Period,
    counted,
    heads_seen_by,
    population_names,
    population_seen_by,
)
from handfast.journeys.web.sampling_frame import Wanted, packed

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PeriodForm(forms.Form):
    """From when until when, in UTC; empty is open to that end."""

    since = forms.DateTimeField(label="From (UTC)", required=False, widget=DAY)
    until = forms.DateTimeField(label="Until (UTC)", required=False, widget=DAY)


@page("GET")
def populations(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every kind with what the database counts of it in the period. Raises FieldsRefused."""
    deal = engagement_seen_by(request.actor, engagement)
    period, form = _asked(request.GET)
    rows, total = [], 0
    for kind, name in population_names(request.actor, deal).items():
        series = counted(population_seen_by(request.actor, deal, kind), period)
        total += sum(one.rows for one in series)
        rows.append(
            {
                "kind": kind,
                "name": name,
                "count": sum(one.rows for one in series),
                "missing": sum(len(one.missing) for one in series),
            }
        )
    context = {
        "engagement": deal, "rows": rows, "form": form, "query": request.GET.urlencode(),
        "heads": heads_seen_by(request.actor, deal.pk), "total": total,
    }  # fmt: skip
    return shown(request, "journeys/populations.html", context)


@page("GET")
def population_export(
    request: ActorRequest, engagement: UUID, population: str, form: str
) -> HttpResponseBase:
    """The rows and the proof in one archive. Raises NotSeen, ExportUnknown, FieldsRefused."""
    deal = engagement_seen_by(request.actor, engagement)
    found = population_seen_by(request.actor, deal, population)
    if form not in FORMS:
        raise ExportUnknown(f"a population can be had as {' or '.join(FORMS)}")
    period, _ = _asked(request.GET)
    ended = Period(period.since, min(period.until or request.at, request.at))
    answer = FileResponse(packed(request, deal, Wanted(found, ended, form)), content_type="application/zip")
    answer["Content-Disposition"] = disposition(f"{found.kind}-population", "zip")
    return answer


def _asked(told: Mapping[str, str]) -> tuple[Period, PeriodForm]:
    form = PeriodForm(told)
    if not form.is_valid():
        faults = [(name, str(said[0])) for name, said in form.errors.items()]
        raise FieldsRefused("the period cannot be read: write 2026-03-01T00:00", faults)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if since and until and since >= until:
        raise FieldsRefused("the period ends before it begins", [("until", "choose a later end")])
    return Period(since, until), form
