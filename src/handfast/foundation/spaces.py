"""Spaces are opened here, with their audience and the head of their journal, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Audience, Head, Space
from handfast.foundation.scope import found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def open_space(  # noqa: PLR0913 - each is a column of the space, or its audience
    kind: Space.Kind,
    *,
    engagement: UUID | None = None,
    organisation: UUID | None = None,
    readers: Iterable[UUID] = (),
    writers: Iterable[UUID] = (),
    is_sample: bool = False,
) -> Space:
    """A new space, which whoever opens it may write until the reach that was entered is left.

    Only the journal of a sample's space can ever go, with the sample.
    """
    space = Space.objects.create(
        kind=kind, engagement_id=engagement, organisation_id=organisation, is_sample=is_sample
    )
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


def engagement_of(space: UUID) -> UUID | None:
    """The engagement that a space belongs to; None for an organisation's own."""
    return Space.objects.values_list("engagement_id", flat=True).get(pk=space)
