"""Documents of a deal, each text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.evidence.actions import (
    amend_document,
    ask_sign_off,
    comment_on_passage,
    decline_signature,
    publish_file,
    publish_version,
    sign_version,
    write_document,
)
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.documents import space_for_document, version_seen_by
from handfast.evidence.queries.signing import signatures_seen_by
from handfast.evidence.reading.asked import SignOffSaid
from handfast.evidence.reading.said import CommentSaid
from handfast.evidence.reading.written import DocumentSaid
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered
from handfast.people.queries import memberships_in_force

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.evidence.models import Document

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def documented(deal: Deal) -> None:
    """A document of both with three texts, a file and a draft that differs as its versions, and one of each side's own."""
    for audience in ("shared", "client", "provider"):
        actor = deal.actor("client" if audience == "shared" else audience)
        with entered(actor.reach):
            space = space_for_document(actor, deal.engagement, "shared" if audience == "shared" else "own")
        made = write_document(actor, space, said=_said(deal, audience, "draft"), at=AT)
        for word in ("first", "second", "third"):
            made = amend_document(actor, made, said=_said(deal, audience, word), at=AT)
            made = publish_version(actor, made, summary=f"Says {deal.said('summary', audience, word)}", at=AT)
        made = _published_file(deal, made, audience)
        made = amend_document(actor, made, said=_said(deal, audience, "fifth"), at=AT)
        with entered(actor.reach):
            version = version_seen_by(actor, made, 2)
        text = f"Heard {deal.said('passage comment', audience)}"
        marked = comment_on_passage(actor, space, version=version, number=2, said=CommentSaid(text), at=AT)
        if audience == "shared":
            deal.shared["passage"] = str(marked.pk)
            _asked(deal, made)


def _published_file(deal: Deal, document: Document, audience: str) -> Document:
    """Its fourth version, as a file; its name and its bytes have a mark each."""
    actor = deal.actor("client" if audience == "shared" else audience)
    name = f"{deal.said('version file', audience)}.txt"
    content = deal.said("bytes of a version", audience).encode()
    with (
        staged_in(incoming(), [content], name) as (_, staged),
        looked_through(staged, document.space_id) as file,
    ):
        return publish_file(
            actor, document, file=file, summary=f"As {deal.said('summary', audience, 'file')}", at=AT
        )


def _asked(deal: Deal, document: Document) -> None:
    """One of the provider is asked to sign its third version, and others have signed and declined."""
    actor = deal.actor("client")
    with entered(actor.reach):
        version = version_seen_by(actor, document, 3)
    role, signer = _signer(deal)
    said = SignOffSaid((("provider", role), ("client", "sponsor"), ("client", "finance")))
    made = ask_sign_off(actor, version, said=said, at=AT)
    with entered(actor.reach):
        waiting, declined, signed = (
            signatures_seen_by(actor, document.pk).get(role=one) for one in (role, "sponsor", "finance")
        )
    sign_version(actor, signed, sha256=version.sha256, at=AT)
    decline_signature(actor, declined, reason=f"Not so {deal.said('decline')}", at=AT)
    deal.shared |= {
        "document": str(document.pk), "document_owner": str(actor.person), "sign_off": str(made.pk),
        "signature": str(waiting.pk), "signer": signer,
    }  # fmt: skip


def _signer(deal: Deal) -> tuple[str, str]:
    """A role of the provider that one person alone holds, and that person."""
    role = "trainer" if "trainer" in deal.people else None
    person = deal.people[role or "provider"]
    held = next(one for one in memberships_in_force(person.pk) if one.engagement_id == deal.engagement.pk)
    return role or held.roles[0], str(person.pk)


def _said(deal: Deal, audience: str, word: str) -> DocumentSaid:
    text = f"# Refunds {deal.said('heading', audience, word)}\n\nAsk {deal.said('document text', audience, word)}.\n"
    owner = deal.people["client" if audience == "shared" else audience].pk
    return DocumentSaid(f"Procedure {deal.said('document', audience, word)}", "procedure", text, owner)
