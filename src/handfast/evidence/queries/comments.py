"""Comments as they are seen, the newest part first; and what waits for somebody who is mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from handfast.evidence.models import Comment, Mention
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor

# Who only reads writes nothing, not even that they have seen it: it leaves them by itself.
WAITS_FOR_READERS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Thread:
    """A part of what is said about a thing, the oldest first; `earlier` is the newest comment before it."""

    comments: Sequence[Comment]
    earlier: Comment | None


def comments_seen_by(actor: Actor, thing: Thing) -> QuerySet[Comment]:
    """All about a thing that the actor reads, the newest first."""
    rows = Comment.objects.filter(
        space_id__in=actor.reach.reads,
        about_kind=thing.kind,
        about_id=thing.id,
        engagement_id=thing.engagement,
    )
    told = Prefetch("mentions", Mention.objects.filter(space_id__in=actor.reach.reads).order_by("id"))
    return rows.select_related("engagement").prefetch_related(told).order_by("-written_at", "-id")


def comment_seen_by(actor: Actor, comment: UUID) -> Comment:
    """One comment about anything. Raises NotSeen."""
    rows = Comment.objects.filter(pk=comment, space_id__in=actor.reach.reads)
    found: Comment = the_one(rows.select_related("engagement", "space"))
    return found


def thread_of(actor: Actor, thing: Thing, *, most: int, upto: UUID | None = None) -> Thread:
    """The newest, or those that end with `upto`. Raises NotSeen where that is not said about this thing."""
    rows = comments_seen_by(actor, thing)
    if upto is not None:
        last = rows.filter(pk=upto).first()
        if last is None:
            raise NotSeen
        at = last.written_at
        rows = rows.filter(Q(written_at__lt=at) | Q(written_at=at, id__lte=last.pk))
    found = list(rows[: most + 1])
    return Thread(found[:most][::-1], found[most] if len(found) > most else None)


def own_mention(actor: Actor, comment: Comment) -> Mention:
    """The actor's mention in a comment. Raises NotPermitted where it tells others only."""
    found: Mention | None = Mention.objects.filter(comment=comment, person_id=actor.person).first()
    if found is None:
        raise NotPermitted("mention seen: it does not mention you")
    return found


def waiting_mentions(actor: Actor, writing: Sequence[UUID], *, at: datetime) -> QuerySet[Mention]:
    """What tells the actor and is neither seen nor withdrawn; where they only read, of the last two weeks."""
    rows = Mention.objects.filter(
        space_id__in=actor.reach.reads,
        person_id=actor.person,
        seen_at__isnull=True,
        comment__withdrawn_at__isnull=True,
    )
    return rows.filter(
        Q(comment__engagement_id__in=list(writing)) | Q(comment__written_at__gt=at - WAITS_FOR_READERS)
    )
