"""Spaces are opened here, with their audience and the head of their journal, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Audience, Head, Space
from handfast.foundation.scope import Reach, found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def open_space(
    kind: Space.Kind,
    *,
    engagement: UUID | None = None,
    organisation: UUID | None = None,
    readers: Iterable[UUID] = (),
    writers: Iterable[UUID] = (),
) -> Space:
    """A new space, which whoever opens it may write until the reach that was entered is left."""
    space = Space.objects.create(kind=kind, engagement_id=engagement, organisation_id=organisation)
    writing = set(writers)
    Audience.objects.bulk_create(
        Audience(space=space, organisation_id=one, is_writing=one in writing)
        for one in sorted(writing | set(readers))
    )
    found(space.id)
    Head.objects.create(space=space)
    return space


def admit(space: Space, organisation: UUID, *, is_writing: bool) -> None:
    """Let one more organisation look into a space, or change how it may."""
    Audience.objects.update_or_create(
        space=space, organisation_id=organisation, defaults={"is_writing": is_writing}
    )


def reach_of(organisation: UUID, engagements: Iterable[UUID], *, is_writing: bool = True) -> Reach:
    """What an organisation's person reaches: its own spaces, and those of the engagements they are in.

    The organisation's own space (of no engagement) is included; `is_writing` is False for readers.
    """
    wanted = set(engagements)
    found = Audience.objects.filter(organisation_id=organisation).values_list(
        "space_id", "is_writing", "space__engagement_id"
    )
    mine = [
        (space, writes) for space, writes, engagement in found if engagement is None or engagement in wanted
    ]
    reads = frozenset(space for space, _ in mine)
    return Reach(reads, frozenset(space for space, writes in mine if writes and is_writing))


def engagement_of(space: UUID) -> UUID | None:
    """The engagement that a space belongs to; None for an organisation's own."""
    return Space.objects.values_list("engagement_id", flat=True).get(pk=space)
