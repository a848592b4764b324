"""Write a comment, take it back, and say that a mention is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from handfast.engagement.models import Engagement
from handfast.evidence.models import Comment, Mention
from handfast.evidence.permissions import may_comment, may_see_mention, may_withdraw_comment
from handfast.evidence.queries.telling import checked_comment
from handfast.evidence.queries.things import check_space, thing_seen_by
from handfast.evidence.refusals import CommentStands, CommentWithdrawn
from handfast.foundation.actions import action, unrecorded
from handfast.foundation.outbox import later

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.queries.things import Thing
    from handfast.evidence.reading.said import CommentSaid
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

MENTIONED = "evidence.mentioned"  # the kind of a row in the outbox that a later room does


@action(permits=may_comment, records="comment.written")
def write_comment(actor: Actor, space: Space, /, *, thing: Thing, said: CommentSaid, at: datetime) -> Comment:
    """Say something about a thing to those who read the space. Raises CommentRefused, CommentStands, NotSeen.

    The thing is looked for again with the actor's eyes. The space is locked, so that of two that the same form sends at
    once the second finds the first. Whoever answers has seen what mentions them there.
    """
    engagement = Engagement.objects.get(pk=space.engagement_id)
    thing = thing_seen_by(actor, engagement.pk, thing.kind, thing.id)
    check_space(actor, thing, space)
    text, told = checked_comment(actor, space, said)
    sent_as = (
        uuid5(said.sent_as, text) if said.sent_as else None
    )  # another text of the same form is another comment
    if sent_as and Comment.objects.filter(space=space, sent_as=sent_as).exists():
        raise CommentStands("this was sent already, and stands once")
    made: Comment = Comment.objects.create(
        space=space, engagement=engagement, about_kind=thing.kind, about_id=thing.id, text=text, written_at=at,
        written_by_id=actor.person, sent_as=sent_as,
    )  # fmt: skip
    Mention.objects.bulk_create([Mention(space=space, comment=made, person_id=one) for one in told])
    if set(told) - {actor.person}:
        later(MENTIONED, made, due_at=at, actor=actor)
    answered = Mention.objects.filter(
        person_id=actor.person,
        seen_at__isnull=True,
        comment__about_kind=thing.kind,
        comment__about_id=thing.id,
    )
    answered.exclude(comment=made).update(seen_at=at)
    return made


@action(permits=may_withdraw_comment, records="comment.withdrawn")
def withdraw_comment(actor: Actor, comment: Comment, /, *, at: datetime) -> Comment:
    """Take back what one said: its text is gone, its place stays. Raises CommentWithdrawn."""
    if comment.withdrawn_at is not None:
        raise CommentWithdrawn("this comment was withdrawn already")
    comment.withdrawn_at, comment.text = at, ""
    comment.save(update_fields=["withdrawn_at", "text"])
    return comment


@unrecorded(
    permits=may_see_mention,
    because="when somebody reads what tells them is nobody else's business, least of all the other side's",
)
def see_mention(actor: Actor, mention: Mention, /, *, at: datetime) -> Mention:
    """It waits no longer; seen again it stays as it was."""
    if mention.seen_at is None:
        mention.seen_at = at
        mention.save(update_fields=["seen_at"])
    return mention
