"""Passages that are spoken about, and where they stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from handfast.evidence.models import Comment, Passage
from handfast.evidence.queries.things import Finder, Thing
from handfast.evidence.reading.markdown import rendered
from handfast.evidence.refusals import PassageRefused
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.evidence.models import Document, DocumentVersion
    from handfast.evidence.reading.markdown import Passage as Piece
    from handfast.evidence.reading.markdown import Rendered
    from handfast.foundation.actor import Actor

KIND, PAGE = "passage", "evidence:passage"
SHORT = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage with how often it was spoken about; `number` is its place in the text that is shown, 0 where it changed since."""

    passage: Passage
    comments: int
    number: int


def passages_seen_by(actor: Actor, document: Document) -> QuerySet[Passage]:
    """All of a document, the earliest first."""
    rows = Passage.objects.filter(document=document, space_id__in=actor.reach.reads)
    rows = rows.select_related("engagement", "document_version", "space")
    return rows.defer("document_version__text")


def passage_seen_by(actor: Actor, passage: UUID) -> Passage:
    """One of them. Raises NotSeen."""
    rows = Passage.objects.filter(pk=passage, space_id__in=actor.reach.reads)
    found: Passage = the_one(
        rows.select_related("engagement", "space", "document_version", "document__engagement")
    )
    return found


def placed_in(actor: Actor, document: Document, read: Rendered, number: int) -> list[Placed]:
    """The passages of a document by their place in this text, which is that of version `number`, 0 for the draft."""
    rows = list(passages_seen_by(actor, document))
    if not rows:
        return []
    counted = dict(
        Comment.objects.filter(
            about_kind=KIND, about_id__in=[one.pk for one in rows], space_id__in=actor.reach.reads,
            withdrawn_at__isnull=True,
        ).order_by().values_list("about_id").annotate(count=Count("pk"))
    )  # fmt: skip
    places = {one.text: one.number for one in reversed(read.passages)}
    found = [
        Placed(
            one, counted.get(one.pk, 0),
            one.number if one.document_version.number == number else places.get(one.text, 0),
        )
        for one in rows
    ]  # fmt: skip
    return sorted(
        found, key=lambda one: (one.passage.resolved_at is not None, one.number or len(read.passages) + 1)
    )


def piece_of(version: DocumentVersion, number: int) -> Piece:
    """A passage of a version by its number. Raises PassageRefused."""
    if version.is_file:
        fault = f"version {version.number} is a file: comment on the document as a whole"
        raise PassageRefused(f"nothing is said: passage: {fault}", [("passage", fault)])
    pieces = rendered(version.text).passages
    if not 0 < number <= len(pieces):
        fault = f"version {version.number} has passages 1 to {len(pieces)}"
        raise PassageRefused(f"nothing is said: passage: {fault}", [("passage", fault)])
    return pieces[number - 1]


def passage_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """Passages by their ids, as far as the actor sees them."""
    rows = Passage.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [thing_of(one) for one in rows.select_related("space", "document__engagement")]


def passage_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """None: a passage has no number of its own in the engagement."""
    del actor, engagement, text
    return None


def thing_of(passage: Passage) -> Thing:
    name = f"passage {passage.number} of {passage.document.name}"
    return Thing(KIND, passage.pk, passage.engagement_id, passage.space, name, PAGE)


FINDER = Finder(PAGE, passage_things, passage_numbered)
