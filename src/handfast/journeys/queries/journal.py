"""The journal of an engagement: what happened in those of its spaces that the actor reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.evidence.queries.signing import signing_ids
from handfast.foundation.journal import verified
from handfast.foundation.models import Contents, Entry, Head, Space
from handfast.foundation.sight import the_one
from handfast.governance.models import RegisterEntry

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.foundation.journal import ChainVerdict


ERASED = "contents.erased"


@dataclass(frozen=True, slots=True)
class Chain:
    """One space's chain: who sees it, how long it is, and what walking it found (None where it was not walked)."""

    space: Space
    entries: int
    head: str
    verdict: ChainVerdict | None


def spaces_seen_by(actor: Actor, engagement: UUID) -> list[Space]:
    """The spaces of an engagement that the actor reads, the shared one first."""
    rows = Space.objects.filter(engagement_id=engagement, pk__in=actor.reach.reads)
    return sorted(rows, key=lambda one: (one.kind != Space.Kind.SHARED, str(one.pk)))


def entries_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Contents]:
    """Everything that happened in them, the latest first."""
    spaces = [one.pk for one in spaces_seen_by(actor, engagement)]
    rows = Contents.objects.filter(space_id__in=spaces).select_related("entry", "space")
    return rows.order_by("-at", "-entry__sequence", "space_id")


def told_to(rows: QuerySet[Contents], audience: str) -> QuerySet[Contents]:
    """Of entries those that both sides see ("shared"), or those of the own side alone ("own"); all for anything else."""
    if audience == "shared":
        return rows.filter(space__kind=Space.Kind.SHARED)
    return rows.exclude(space__kind=Space.Kind.SHARED) if audience == "own" else rows


def entry_seen_by(actor: Actor, engagement: UUID, entry: UUID) -> Contents:
    """One entry of them, with what it says. Raises NotSeen."""
    return the_one(entries_seen_by(actor, engagement).filter(pk=entry))


def erasing_of(actor: Actor, contents: Contents) -> Contents | None:
    """The entry that tells who erased this one, and when; None for one that still says what it says."""
    if contents.salt:
        return None
    rows = Contents.objects.filter(space_id=contents.space_id, space_id__in=actor.reach.reads)
    return rows.filter(action=ERASED, subject_id=contents.pk).select_related("entry", "space").first()


def history_of(actor: Actor, engagement: UUID, subject: UUID) -> QuerySet[Contents]:
    """What happened to one thing, as far as the actor sees it, the earliest first."""
    told = [subject, *signing_ids(actor, subject)]  # who signs a document tells its history too
    return entries_seen_by(actor, engagement).filter(subject_id__in=told).order_by("at", "entry__sequence")


def chains_seen_by(actor: Actor, engagement: UUID, *, most: int) -> list[Chain]:
    """The chains; one that is longer than `most` entries is not walked."""
    spaces = {one.pk: one for one in spaces_seen_by(actor, engagement)}
    heads = {one.space_id: one for one in Head.objects.filter(space_id__in=list(spaces))}
    return [
        Chain(
            space,
            heads[key].sequence,
            heads[key].hash,
            verified(key) if heads[key].sequence <= most else None,
        )
        for key, space in spaces.items()
    ]


def kept_head(actor: Actor, engagement: UUID, head: str) -> tuple[Entry, ChainVerdict] | None:
    """The entry of which somebody kept the head, in a chain that the actor reads, and what walking all of it found."""
    spaces = [one.pk for one in spaces_seen_by(actor, engagement)]
    entry: Entry | None = Entry.objects.filter(space_id__in=spaces, hash=head).select_related("space").first()
    return None if entry is None else (entry, verified(entry.space_id, head=head))


def payload_of(contents: Contents) -> dict[str, Any]:
    """What an entry says; nothing once it was erased."""
    found: dict[str, Any] = json.loads(contents.payload) if contents.payload else {}
    return found


def taken_in_with(actor: Actor, engagement: UUID, subject: UUID) -> list[Contents]:
    """The line that tells of the sheet out of which a register's entry came, where it is told with another's name."""
    rows = RegisterEntry.objects.filter(pk=subject, engagement_id=engagement, space_id__in=actor.reach.reads)
    entry = rows.first()
    if entry is None:
        return []
    told = Contents.objects.filter(
        space_id=entry.space_id, action="entry.taken_in", at=entry.created_at, person_id=entry.created_by_id
    )
    return list(told.exclude(subject_id=subject).select_related("entry"))
