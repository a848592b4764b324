"""Documents of a deal, each text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.evidence.actions import amend_document, publish_version, write_document
from handfast.evidence.queries.documents import space_for_document
from handfast.evidence.reading.written import DocumentSaid
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def documented(deal: Deal) -> None:
    """A document of both with three versions and a draft that differs, and one of each side's own."""
    for audience in ("shared", "client", "provider"):
        actor = deal.actor("client" if audience == "shared" else audience)
        with entered(actor.reach):
            space = space_for_document(actor, deal.engagement, "shared" if audience == "shared" else "own")
        made = write_document(actor, space, said=_said(deal, audience, "draft"), at=AT)
        for word in ("first", "second", "third"):
            made = amend_document(actor, made, said=_said(deal, audience, word), at=AT)
            made = publish_version(actor, made, summary=f"Says {deal.said('summary', audience, word)}", at=AT)
        made = amend_document(actor, made, said=_said(deal, audience, "fourth"), at=AT)
        if audience == "shared":
            deal.shared["document"] = str(made.pk)


def _said(deal: Deal, audience: str, word: str) -> DocumentSaid:
    text = f"# Refunds {deal.said('heading', audience, word)}\n\nAsk {deal.said('document text', audience, word)}.\n"
    return DocumentSaid(f"Procedure {deal.said('document', audience, word)}", "procedure", text)
