"""Take in several documents at once: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.actions.documents import publish_version, write_document
from handfast.evidence.models import Document
from handfast.evidence.permissions import may_write_document
from handfast.evidence.reading.several import check_free
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.evidence.reading.written import DocumentSaid
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

FIRST_VERSION = "As it was brought in"


@action(permits=may_write_document, records="documents.taken_in")
def take_in_documents(
    actor: Actor, space: Space, /, *, documents: Sequence[DocumentSaid], is_published: bool, at: datetime
) -> list[Document]:
    """Write each of them, published as its first version where that is asked; the journal tells of each by itself.

    The space is locked, so that of two who send the same set at once one has it. Raises DocumentsRefused, DocumentRefused.
    """
    check_free(documents, Document.objects.filter(space=space).values_list("title", flat=True))
    made = [write_document(actor, space, said=one, at=at) for one in documents]
    if not is_published:
        return made
    return [publish_version(actor, one, summary=FIRST_VERSION, at=at) for one in made]
