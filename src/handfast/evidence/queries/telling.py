"""Whom a comment may tell: those who read its space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.reading.said import NOT_HERE, CommentSaid, refused, tidy_comment, with_ids
from handfast.foundation.models import Space
from handfast.people.queries import members_seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor


def readers_of(actor: Actor, space: Space) -> dict[UUID, str]:
    """The names of those in the engagement who read the space; of an own one that side's people only."""
    members = members_seen_by(actor, space.engagement_id) if space.engagement_id else ()
    return {
        one.person_id: one.person.name
        for one in members
        if space.kind == Space.Kind.SHARED or one.organisation_id == space.organisation_id
    }


def checked_comment(actor: Actor, space: Space, said: CommentSaid) -> tuple[str, list[UUID]]:
    """The text as it is kept, and whom it mentions. Raises CommentRefused."""
    names = readers_of(actor, space)
    text, told = with_ids(tidy_comment(said.text), names)
    if said.tells is not None and said.tells not in told:
        if said.tells not in names:
            raise refused("tells", f"whom you chose {NOT_HERE}")
        text, told = f"@{said.tells} {text}", [said.tells, *told]
    return text, told
