"""Two versions of a document beside each other, or its draft beside the newest version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse

from handfast.evidence.queries.comparing import asked_pair, numbers_of
from handfast.evidence.reading.comparing import compared
from handfast.evidence.web.document_rows import document_row, seeing
from handfast.evidence.web.opening import document_here
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from handfast.evidence.queries.comparing import Said


@page("GET")
def document_compare(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """What `after` says otherwise than `before`: numbers of versions, 0 for the draft; by default the last change."""
    deal, found = document_here(request, engagement, document)
    pair = asked_pair(request.actor, found, request.GET.get("before", ""), request.GET.get("after", ""))
    context = {
        "engagement": deal,
        "document": found,
        "row": document_row(found, seeing(request.actor, deal, [found.owner_id])),
        "before": pair[0],
        "after": pair[1],
        "numbers": numbers_of(found),
        "comparison": compared(pair[0].text, pair[1].text),
        "sentence": _sentence(*pair),
    }
    return shown(request, "evidence/document_compare.html", context)


def _sentence(before: Said, after: Said) -> str:
    found = compared(before.text, after.text)
    if found.is_same:
        return f"{after.name.capitalize()} says what {before.name} says."
    told = (("changed", found.changed), ("added", found.added), ("removed", found.removed))
    counts = ", ".join(f"{count} {word}" for word, count in told if count)
    return f"From {before.name} to {after.name}: paragraphs {counts}."
