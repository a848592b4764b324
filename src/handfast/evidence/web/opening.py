"""A document as its pages open it: found in its engagement, one of its versions, and what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.queries.documents import document_seen_by, versions_seen_by
from handfast.evidence.web.contents import content_url
from handfast.evidence.web.document_rows import seeing
from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.instants import shown_at

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document, DocumentVersion
    from handfast.evidence.web.document_rows import Seeing
    from handfast.foundation.web.doors import ActorRequest


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list beside the text."""

    version: DocumentVersion
    who: str
    side: str
    when: str
    url: str


def document_here(request: ActorRequest, engagement: UUID, document: UUID) -> tuple[Engagement, Document]:
    """The document, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = document_seen_by(request.actor, document)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def version_rows(
    request: ActorRequest, deal: Engagement, document: Document
) -> tuple[list[VersionRow], Seeing]:
    """Its versions, the newest first, and what turns its people into words."""
    versions = list(versions_seen_by(request.actor, document))
    persons = [document.owner_id, document.created_by_id, document.changed_by_id]
    seen = seeing(request.actor, deal, [*persons, *(one.published_by_id for one in versions)])
    rows = [
        VersionRow(
            one, seen.name_of(one.published_by_id), seen.side_of(one.published_by_id),
            shown_at(one.published_at, deal.zone), content_url(deal.pk, one),
        )
        for one in versions
    ]  # fmt: skip
    return rows, seen
