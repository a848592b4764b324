"""All versions, two of them side by side, their files, and a calendar as a year."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from handfast.contract.models import TermsVersion
from handfast.contract.queries import (
    annex_of,
    parsed_terms,
    sides_of,
    version_seen_by,
    versions_seen_by,
)
from handfast.contract.reading.differing import difference
from handfast.contract.reading.year import year_of, years_of
from handfast.contract.refusals import NoSuchYear
from handfast.contract.web.rows import HEADS, people_in, shown_on, version_row
from handfast.contract.web.views.terms import agreement_here
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.people.queries import names_seen_by


@page("GET")
def register(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """Every version that was ever proposed, the newest first."""
    found = agreement_here(request, engagement, agreement)
    deal = engagement_seen_by(request.actor, engagement)
    versions = list(versions_seen_by(request.actor, found.pk))
    sides, names = sides_of(engagement), names_seen_by(request.actor, people_in(versions))
    context = {
        "engagement": deal,
        "agreement": found,
        "rows": [version_row(one, sides, deal.zone, names) for one in versions],
        "csv_url": reverse("contract:versions_export", args=[engagement, found.pk, "csv"]),
        "xlsx_url": reverse("contract:versions_export", args=[engagement, found.pk, "xlsx"]),
    }
    return shown(request, "contract/versions.html", context)


@page("GET")
def register_export(request: ActorRequest, engagement: UUID, agreement: UUID, form: str) -> HttpResponseBase:
    """The register as CSV or XLSX."""
    found = agreement_here(request, engagement, agreement)
    versions = list(versions_seen_by(request.actor, found.pk))
    deal = engagement_seen_by(request.actor, engagement)
    sides, names = sides_of(engagement), names_seen_by(request.actor, people_in(versions))
    rows = [version_row(one, sides, deal.zone, names) for one in versions]
    cells = (
        (row.version.number, row.state, row.version.in_force_on, row.version.proposed_at, row.by, row.answer,
         row.version.sha256, row.version.annex_sha256)
        for row in rows
    )  # fmt: skip
    return exported(request, form, "terms-versions", HEADS, cells)


@page("GET")
def compare(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """Two versions line by line; by default the newest against the one before."""
    found = agreement_here(request, engagement, agreement)
    versions = list(versions_seen_by(request.actor, found.pk))
    numbers = [one.number for one in versions]
    after = _number(request, "after", numbers[0] if numbers else 0)
    before = _number(request, "before", max(after - 1, 1))
    context = {
        "engagement": engagement_seen_by(request.actor, engagement),
        "agreement": found,
        "numbers": numbers,
        "before": before,
        "after": after,
    }
    if len(numbers) > 1:
        old, new = (version_seen_by(request.actor, found.pk, number) for number in (before, after))
        context |= {
            "difference": difference(old.text, new.text),
            "old": old,
            "new": new,
            "on": shown_on(new.in_force_on),
        }
    return shown(request, "contract/compare.html", context)


def _number(request: ActorRequest, name: str, usual: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else usual  # noqa: PLR2004 - beyond any number


@page("GET")
def calendar_year(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> HttpResponse:
    """One calendar of the annex as a year, from what was compiled."""
    found = agreement_here(request, engagement, agreement)
    one = version_seen_by(request.actor, found.pk, number)
    terms, annex = parsed_terms(one), annex_of(one)
    written = terms.calendars()
    context = {
        "engagement": engagement_seen_by(request.actor, engagement),
        "agreement": found,
        "terms_version": one,
        "keys": sorted(annex.calendars),
        "made_with": annex.made_with,
    }
    if annex.calendars:
        key = request.GET.get("calendar", "") or min(annex.calendars)
        if key not in annex.calendars or key not in written:
            raise NoSuchYear(f"the annex holds no calendar {key[:60]!r}")
        compiled = annex.calendars[key]
        year = _number(request, "year", terms.first.effective.first.year)
        context |= {"key": key, "years": years_of(compiled), "year": year_of(compiled, written[key], year)}
    return shown(request, "contract/calendar.html", context)


@page("GET")
def download_terms(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> HttpResponse:
    """The text as it was proposed, byte by byte."""
    one = _version(request, engagement, agreement, number)
    return _file(one.text, "application/yaml", f"terms-v{number}.yaml")


@page("GET")
def download_annex(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> HttpResponse:
    """The annex as it was compiled, byte by byte."""
    one = _version(request, engagement, agreement, number)
    return _file(one.annex, "application/json", f"terms-v{number}.annex.json")


def _version(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> TermsVersion:
    found = agreement_here(request, engagement, agreement)
    return version_seen_by(request.actor, found.pk, number)


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
