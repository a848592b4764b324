"""The health check of a deal: what it lacks, where it contradicts itself, and where each is mended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.journeys.health.catalogue import asked_of
from handfast.journeys.health.declared import SEVERITIES, many
from handfast.journeys.health.ways import mended_at
from handfast.journeys.queries.health import health_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.frame import Status
    from handfast.journeys.health.declared import Found, Severity

HEADS = ("Severity", "Area", "Finding", "Check", "Only own side", "Where")
TITLES: dict[Severity, tuple[str, Status]] = {
    "contradiction": ("Contradicts itself", "missed"),
    "gap": ("Is missing", "risk"),
    "remark": ("Worth a look", "open"),
}


@page("GET")
def health(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All findings by their severity."""
    deal = engagement_seen_by(request.actor, engagement)
    found = health_of(request.actor, deal, at=request.at)
    groups = [
        {"title": title, "glyph": glyph, "rows": [_row(one) for one in found if one.check.severity == key]}
        for key, (title, glyph) in TITLES.items()
    ]
    context = {
        "engagement": deal,
        "groups": [one for one in groups if one["rows"]],
        "sentence": _sentence(deal, found),
        "checks": len(asked_of(deal.size)),
        "own": party_of(deal, request.actor.organisation),
        **export_urls("journeys:health_export", deal.pk),
    }
    return shown(request, "journeys/health.html", context)


@page("GET")
def health_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The same findings as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    found = health_of(request.actor, deal, at=request.at)
    rows = (
        (
            one.check.severity, one.check.area, one.finding.said, one.check.key,
            "yes" if one.finding.is_internal else "no", request.build_absolute_uri(mended_at(one.finding.way)),
        )
        for one in found
    )  # fmt: skip
    return exported(request, form, "health check", HEADS, rows)


def _row(one: Found) -> dict[str, object]:
    finding = one.finding
    return {"one": one, "url": mended_at(finding.way), "action": finding.way.said}


def _sentence(deal: Engagement, found: Sequence[Found]) -> str:
    """As in `2 contradictions and 3 gaps in Customer Support`."""
    counted = Counter(one.check.severity for one in found)
    parts = [many(counted[key], key) for key in SEVERITIES if counted[key]]
    if not parts:
        return f"{len(asked_of(deal.size))} checks, and nothing is missing or contradicts itself."
    said = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{said} in {deal.name}."
