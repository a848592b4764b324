"""The process that a source's records show: a map, the same figures as tables, and as lists to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.records.queries import process_map_of, source_seen_by
from handfast.records.web.drawn_process import drawn
from handfast.records.web.process_rows import HEADS, edge_cells, edge_rows, process_sentence, variant_rows

if TYPE_CHECKING:
    from handfast.records.models import Source

LEAST_SHARE, WHOLE_SHARE, MOST_ROWS = 5, 100, 200


@page("GET")
def process_map(request: ActorRequest, engagement: UUID, source: UUID) -> HttpResponse:
    """The map, without what fewer than the asked share of cases went."""
    deal = engagement_seen_by(request.actor, engagement)
    found = _source_of(request, engagement, source)
    share = _share(request)
    told = process_map_of(found)
    context = {"engagement": deal, "source": found, "share": share, "told": told}
    if told is not None and told.cases:
        edges = [one for one in told.edges if one.cases * WHOLE_SHARE >= share * told.cases]
        context |= {
            "map": drawn(told.activities, edges),
            "rows": edge_rows(edges[:MOST_ROWS], told.cases),
            "hidden": told.edges_in_all - min(len(edges), MOST_ROWS),
            "variants": variant_rows(told),
        }
    context |= {
        "sentence": process_sentence(told),
        **export_urls("records:process_map_export", engagement, source),
    }
    return shown(request, "records/process_map.html", context)


@page("GET")
def process_map_export(request: ActorRequest, engagement: UUID, source: UUID, form: str) -> HttpResponseBase:
    """What follows what, all of it, as CSV or XLSX."""
    told = process_map_of(_source_of(request, engagement, source))
    return exported(request, form, "process map", HEADS, map(edge_cells, told.edges if told else ()))


def _source_of(request: ActorRequest, engagement: UUID, source: UUID) -> Source:
    found = source_seen_by(request.actor, source)
    if found.engagement_id != engagement:
        raise NotSeen
    return found


def _share(request: ActorRequest) -> int:
    text = request.GET.get("share", "") or str(LEAST_SHARE)
    if (
        len(text) > len(str(WHOLE_SHARE))
        or not (text.isascii() and text.isdigit())
        or int(text) > WHOLE_SHARE
    ):
        said = f"share: a whole number of percent from 0 to {WHOLE_SHARE}"
        raise FieldsRefused(said, [("share", "share-wrong")])
    return int(text)
