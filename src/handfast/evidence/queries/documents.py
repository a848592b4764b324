"""Documents and their versions as they are seen, and what their list can be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q

from handfast.evidence.models import Document, DocumentVersion, File, Signature
from handfast.evidence.queries.things import Finder, Thing
from handfast.evidence.refusals import DocumentRefused
from handfast.foundation.models import Space
from handfast.foundation.search.says import Says
from handfast.foundation.search.words import words_asked
from handfast.foundation.sight import the_one
from handfast.people.models import Membership, lasting
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

KIND, PAGE = "document", "evidence:document"
NUMBER = re.compile(r"doc-(own-)?([0-9]{1,9})", re.IGNORECASE)
LONGEST_ASKED = 100
STATES = {
    "draft": "draft only",
    "published": "published",
    "changed": "draft changed",
    "waiting": "waits for signatures",
    "signed": "signed",
    "declined": "declined",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of documents is asked: each empty where it does not matter."""

    text: str = ""
    kind: str = ""
    state: str = ""
    owner: str = ""
    seen: str = ""


def documents_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Document]:
    """All that the actor reads, the last changed first."""
    rows = Document.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("engagement")


def document_seen_by(actor: Actor, document: UUID) -> Document:
    """One document of any engagement. Raises NotSeen."""
    rows = Document.objects.filter(pk=document, space_id__in=actor.reach.reads)
    found: Document = the_one(rows.select_related("engagement", "space"))
    return found


def versions_seen_by(actor: Actor, document: Document) -> QuerySet[DocumentVersion]:
    """Its versions without their texts, the newest first."""
    rows = DocumentVersion.objects.filter(document=document, space_id__in=actor.reach.reads)
    return rows.select_related("file").defer("text")


def version_seen_by(actor: Actor, document: Document, number: int) -> DocumentVersion:
    """One of them with its text. Raises NotSeen."""
    rows = DocumentVersion.objects.filter(document=document, number=number, space_id__in=actor.reach.reads)
    found: DocumentVersion = the_one(rows.select_related("document__engagement", "space", "file"))
    return found


def asked_of(given: Mapping[str, object]) -> Asked:
    """What an address asks; a word of no list asks nothing."""
    text, kind, state, owner, seen = (str(given.get(name) or "") for name in Asked.__slots__)
    return Asked(
        text.strip()[:LONGEST_ASKED],
        kind if kind in Document.Kind.values else "",
        state if state in STATES else "",
        owner if _is_id(owner) else "",
        seen if seen in {"shared", "own"} else "",
    )


def chosen(rows: QuerySet[Document], asked: Asked) -> QuerySet[Document]:
    """Those that are asked for."""
    if asked.text:
        rows = rows.filter(saying(words_asked(asked.text)) | numbered(asked.text))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.owner:
        rows = rows.filter(owner_id=UUID(asked.owner))
    if asked.seen:
        is_shared = Q(space_id=F("engagement__space_id"))
        rows = rows.filter(is_shared if asked.seen == "shared" else ~is_shared)
    return rows.filter(_in_state(asked.state)) if asked.state else rows


def _in_state(state: str) -> Q:
    if state == "draft":
        return Q(last_number=0)
    if state in Signature.State.values:
        newest = Signature.objects.filter(
            document_version__document_id=OuterRef("pk"), document_version__number=OuterRef("last_number")
        )
        told = Q(Exists(newest.filter(state=state)))
        others = newest.filter(state__in=("waiting", "declined"))
        return told & ~Q(Exists(others)) if state == "signed" else told
    return Q(last_number__gt=0, **({"is_changed": True} if state == "changed" else {}))


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def saying(words: tuple[str, ...]) -> Q:
    """Documents whose title or draft says these words, or the name of a file that is a version of them."""
    files = File.objects.filter(Says(words), about_id=OuterRef("pk"), frozen_in__isnull=False)
    return Q(Says(words)) | Q(Exists(files))


def numbered(text: str) -> Q:
    """`DOC-12` is the document of that number, `DOC-own-3` one that the own side keeps for itself."""
    told = NUMBER.fullmatch(text.strip())
    if told is None:
        return Q(pk__in=())
    is_shared = Q(space_id=F("engagement__space_id"))
    return Q(number=int(told[2])) & (~is_shared if told[1] else is_shared)


def next_number(space: Space) -> int:
    """Of the next document in a space that is locked."""
    last = Document.objects.filter(space=space).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def space_for_document(actor: Actor, deal: Engagement, audience: str) -> Space:
    """The one that both share, or the own side's. Raises DocumentRefused, NotSeen."""
    if audience == "own":
        return own_space_of(actor, deal.pk)
    if audience != "shared":
        said = "choose one of shared, own"
        raise DocumentRefused(f"the document is not kept: audience: {said}", [("audience", said)])
    found: Space = the_one(Space.objects.filter(pk=deal.space_id, pk__in=actor.reach.reads))
    return found


def is_newest_a_file(document: Document) -> bool:
    """Whether what stands by now is a file: then a draft that was published before may be published again."""
    return DocumentVersion.objects.filter(
        document=document, number=document.last_number, file__isnull=False
    ).exists()


def is_otherwise(document: Document) -> bool:
    """Whether its draft says what is not published: another title than the newest version, or another text than the newest text."""
    versions = DocumentVersion.objects.filter(document=document).order_by("-number")
    newest = versions.defer("text").first()
    written = versions.filter(file__isnull=True).first()
    return newest is None or (newest.title, written.text if written else "") != (
        document.title,
        document.text,
    )


def check_owner(owner: UUID | None, space: Space) -> None:
    """Nobody, or somebody of the engagement who reads the space. Raises DocumentRefused."""
    if owner is None:
        return
    members = Membership.objects.filter(lasting(), engagement_id__in=[space.engagement_id], person_id=owner)
    if space.kind == Space.Kind.INTERNAL:
        members = members.filter(organisation_id__in=[space.organisation_id])
    if not members.exists():
        said = "choose somebody who can see the document"
        raise DocumentRefused(f"the document is not kept: owner: {said}", [("owner_id", said)])


def document_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """Documents by their ids, as far as the actor sees them."""
    rows = Document.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [thing_of(one) for one in rows.select_related("engagement", "space").defer("text")]


def document_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The document that is called so, as `DOC-12`, where the actor sees it."""
    found = documents_seen_by(actor, engagement).filter(numbered(text)).select_related("space").first()
    return thing_of(found) if found else None


def thing_of(document: Document) -> Thing:
    name = f"{document.name}, {document.title}"
    return Thing(KIND, document.pk, document.engagement_id, document.space, name, PAGE)


FINDER = Finder(PAGE, document_things, document_numbered)
