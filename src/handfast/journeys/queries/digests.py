"""What a person's daily mail tells: how much of what happened to what is theirs, counted by what they may see now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from handfast.evidence.models import Comment, File, Mention
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import owned_and_due, todays_in
from handfast.journeys.queries.notices import unread_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.models import Digest


@dataclass(frozen=True, slots=True)
class Tidings:
    """One line: in which engagement, what (`changed`, `overdue`, `comments`, `files`, or a notice's kind), of which register."""

    engagement: UUID
    what: str
    register: str = ""


def tidings_of(
    actor: Actor, digest: Digest, deals: Iterable[Engagement], is_told_alone: Callable[[str], bool]
) -> Counter[Tidings]:
    """How many of each, within the window of the digest; what `is_told_alone` has a mail of its own."""
    known = [one for one in deals if not one.is_sample]
    every = [
        *_notices(actor, digest, is_told_alone),
        *_changed(actor, digest),
        *_overdue(actor, digest, known),
        *_beside("comments", _comments(actor, digest)),
        *_beside("files", _files(actor, digest)),
    ]
    keys = {one.pk for one in known}
    return Counter(one for one in every if one.engagement in keys)


def _notices(actor: Actor, digest: Digest, is_told_alone: Callable[[str], bool]) -> list[Tidings]:
    rows: QuerySet[Any] = unread_by(actor)
    rows = rows.filter(given_at__gt=digest.since_at, given_at__lte=digest.upto_at)
    return [Tidings(one.engagement_id, one.kind) for one in rows if not is_told_alone(one.kind)]


def _changed(actor: Actor, digest: Digest) -> list[Tidings]:
    """Entries that the actor owns and that somebody else wrote, changed or gave to them."""
    rows = RegisterEntry.objects.filter(
        space_id__in=actor.reach.reads,
        owner_id=actor.person,
        changed_at__gt=digest.since_at,
        changed_at__lte=digest.upto_at,
    ).exclude(changed_by_id=actor.person)
    found = rows.values_list("engagement_id", "register")
    return [Tidings(engagement, "changed", register) for engagement, register in found]


def _overdue(actor: Actor, digest: Digest, deals: list[Engagement]) -> list[Tidings]:
    """Entries that the actor owns and whose day has passed within the window, by the contract's calendar."""
    if not deals:
        return []
    before, now = todays_in(deals, digest.since_at), todays_in(deals, digest.upto_at)
    rows = owned_and_due(actor, list(now), before=max(now.values())).filter(due_on__gte=min(before.values()))
    return [
        Tidings(one.engagement_id, "overdue", one.register)
        for one in rows
        if one.due_on and before[one.engagement_id] <= one.due_on < now[one.engagement_id]
    ]


def _comments(actor: Actor, digest: Digest) -> QuerySet[Comment]:
    """What others said; a mention is told by its own notice."""
    told = Mention.objects.filter(space_id__in=actor.reach.reads, person_id=actor.person)
    rows = Comment.objects.filter(
        written_at__gt=digest.since_at, written_at__lte=digest.upto_at, withdrawn_at__isnull=True
    )
    rows = rows.exclude(written_by_id=actor.person).exclude(pk__in=told.values("comment_id"))
    return _about_mine(actor, rows)


def _files(actor: Actor, digest: Digest) -> QuerySet[File]:
    rows = File.objects.filter(
        attached_at__gt=digest.since_at, attached_at__lte=digest.upto_at, withdrawn_at__isnull=True
    )
    return _about_mine(actor, rows.exclude(attached_by_id=actor.person))


def _about_mine(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those about entries that the actor owns or wrote, or spoke about."""
    mine = RegisterEntry.objects.filter(space_id__in=actor.reach.reads)
    mine = mine.filter(Q(owner_id=actor.person) | Q(created_by_id=actor.person))
    spoken = Comment.objects.filter(space_id__in=actor.reach.reads, written_by_id=actor.person)
    here = rows.filter(space_id__in=actor.reach.reads)
    return here.filter(Q(about_id__in=mine.values("pk")) | Q(about_id__in=spoken.values("about_id")))


def _beside(what: str, rows: QuerySet[Any]) -> list[Tidings]:
    entry = RegisterEntry.objects.filter(pk=OuterRef("about_id")).order_by()
    named = rows.order_by().annotate(
        about_register=Coalesce(Subquery(entry.values("register")[:1]), "about_kind")
    )
    return [
        Tidings(engagement, what, register)
        for engagement, register in named.values_list("engagement_id", "about_register")
    ]
