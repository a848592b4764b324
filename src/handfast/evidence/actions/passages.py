"""Speak about a passage of a version, and say that it is resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.evidence.actions.comments import write_comment
from handfast.evidence.models import Passage
from handfast.evidence.permissions import may_comment, may_resolve_passage
from handfast.evidence.queries.documents import document_seen_by, version_seen_by
from handfast.evidence.queries.documents import thing_of as document_thing
from handfast.evidence.queries.passages import piece_of, thing_of
from handfast.evidence.queries.things import check_space
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.models import DocumentVersion
    from handfast.evidence.reading.said import CommentSaid
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@action(permits=may_comment, records="passage.marked")
def comment_on_passage(
    actor: Actor, space: Space, /, *, version: DocumentVersion, number: int, said: CommentSaid, at: datetime
) -> Passage:
    """Say something about a passage to those who read the space. Raises PassageRefused, CommentRefused, CommentStands, NotSeen.

    The version is looked for again with the actor's eyes. The space is locked, so that a passage is marked once there; what is
    resolved is open again when somebody speaks about it.
    """
    document = document_seen_by(actor, version.document_id)
    check_space(actor, document_thing(document), space)
    found = version_seen_by(actor, document, version.number)
    piece = piece_of(found, number)
    there = Passage.objects.filter(space=space, document_version=found, number=number).first()
    passage = there or Passage(
        space=space, engagement=Engagement.objects.get(pk=space.engagement_id), document=document, document_version=found,
        number=number, text=piece.text, marked_at=at, marked_by_id=actor.person,  # type: ignore[misc]  # who has a role is a person
    )  # fmt: skip
    passage.resolved_at = passage.resolved_by_id = None
    passage.save()
    write_comment(actor, space, thing=thing_of(passage), said=said, at=at)
    return passage


@action(permits=may_resolve_passage, records="passage.settled")
def settle_passage(actor: Actor, passage: Passage, /, *, is_resolved: bool, at: datetime) -> Passage:
    """Say that what was said about it is done, or that it is open again; said twice it stays as it was."""
    if is_resolved == (passage.resolved_at is not None):
        return passage
    passage.resolved_at, passage.resolved_by_id = (at, actor.person) if is_resolved else (None, None)
    passage.save(update_fields=["resolved_at", "resolved_by_id"])
    return passage
