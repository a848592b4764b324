"""Two versions of a document beside each other, or its draft beside the newest version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse

from handfast.evidence.queries.comparing import asked_pair, numbers_of
from handfast.evidence.reading.comparing import compared
from handfast.evidence.web.contents import content_of
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
    is_readable = not any(one.is_file for one in pair)
    context = {
        "engagement": deal,
        "document": found,
        "row": document_row(found, seeing(request.actor, deal, [found.owner_id])),
        "before": pair[0],
        "after": pair[1],
        "numbers": numbers_of(found),
        "comparison": compared(pair[0].text, pair[1].text) if is_readable else None,
        "contents": () if is_readable else [content_of(deal.pk, found, one.version) for one in pair],
        "sentence": _sentence(*pair) if is_readable else _unread(*pair),
    }
    return shown(request, "evidence/document_compare.html", context)


def _unread(before: Said, after: Said) -> str:
    """Why nothing is compared; that two files are the same is known by what they hold."""
    files = [one.name for one in dict.fromkeys((before, after)) if one.is_file]
    told = f"{' and '.join(files)} {'are files' if len(files) > 1 else 'is a file'}"
    if before.version and after.version and before.version.content_digest == after.version.content_digest:
        return f"{told[0].upper()}{told[1:]}; both hold the same bytes."
    return f"{told[0].upper()}{told[1:]}, and what is in a file is not compared here: open both."


def _sentence(before: Said, after: Said) -> str:
    found = compared(before.text, after.text)
    if found.is_same:
        return f"{after.name.capitalize()} says what {before.name} says."
    told = (("changed", found.changed), ("added", found.added), ("removed", found.removed))
    counts = ", ".join(f"{count} {word}" for word, count in told if count)
    return f"From {before.name} to {after.name}: paragraphs {counts}."
