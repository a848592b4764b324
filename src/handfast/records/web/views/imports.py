"""The register of imports: every file that came, with its state and its batch."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.records.models import Upload
from handfast.records.permissions import may_import_into
from handfast.records.queries import batches_seen_by, sources_seen_by, uploads_seen_by
from handfast.records.web.rows import export_heads, export_row, import_row, register_sentence

ROWS_A_PAGE = 50
VIEWS = {
    "": ("All", ()),
    "read": ("Read", (Upload.State.READ,)),
    "underway": ("Being read", (Upload.State.WAITING, Upload.State.READING)),
    "refused": ("Refused", (Upload.State.REFUSED,)),
    "withdrawn": ("Withdrawn", (Upload.State.WITHDRAWN,)),
}


@page("GET")
def imports(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All files of the engagement, newest first."""
    deal = engagement_seen_by(request.actor, engagement)
    every = uploads_seen_by(request.actor, engagement)
    counts = dict(every.order_by().values_list("state").annotate(Count("id")))
    standing = batches_seen_by(request.actor, engagement).filter(withdrawn_at__isnull=True)
    sums = standing.order_by().aggregate(rows=Sum("rows"), last=Max("last_stamp_at"))
    rows = Paginator(_chosen(request, every), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "engagement": deal,
        "sources": list(sources_seen_by(request.actor, engagement)),
        "rows": [import_row(upload, deal.zone) for upload in rows],
        "page": rows,
        "tabs": _tabs(request, counts),
        "filtered": _query(request, "source"),
        "sentence": register_sentence(counts, sums["rows"] or 0, sums["last"], deal.zone),
        "may_import": may_import_into(request.actor, engagement),
        "csv_url": _export_url(request, engagement, "csv"),
        "xlsx_url": _export_url(request, engagement, "xlsx"),
    }
    return shown(request, "records/imports.html", context)


@page("GET")
def imports_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The register as CSV or XLSX, as it is filtered."""
    engagement_seen_by(request.actor, engagement)
    rows = _chosen(request, uploads_seen_by(request.actor, engagement)).iterator(chunk_size=500)
    return exported(request, form, "imports", export_heads(), map(export_row, rows))


def _chosen(request: ActorRequest, rows: QuerySet[Upload]) -> QuerySet[Upload]:
    states = VIEWS.get(request.GET.get("state", ""), VIEWS[""])[1]
    if states:
        rows = rows.filter(state__in=states)
    key = request.GET.get("source", "")
    return rows.filter(source__key=key) if key else rows


def _query(request: ActorRequest, *names: str) -> dict[str, str]:
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _tabs(request: ActorRequest, counts: dict[str, int]) -> list[dict[str, object]]:
    current = request.GET.get("state", "")
    return [
        {
            "name": said,
            "url": f"?state={key}" if key else request.path,
            "is_current": key == current,
            "count": sum(counts.get(state, 0) for state in states) if states else sum(counts.values()),
        }
        for key, (said, states) in VIEWS.items()
    ]


def _export_url(request: ActorRequest, engagement: UUID, form: str) -> str:
    chosen = request.GET.urlencode()
    url = reverse("records:imports_export", args=[engagement, form])
    return f"{url}?{chosen}" if chosen else url
