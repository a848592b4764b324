"""Let a mail be answered, take its answer as what its person says, and let them hear where it was not taken."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.evidence.actions import write_comment
from handfast.evidence.queries.comments import comment_seen_by
from handfast.evidence.queries.things import thing_seen_by
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.actions import action, unrecorded
from handfast.foundation.models import Outgoing
from handfast.journeys.models import AnswerKey
from handfast.journeys.permissions import may_answer_by_mail, may_give_notice
from handfast.journeys.queries.answer_keys import LASTS, answer_secret, check_lasts
from handfast.journeys.refusals import AnswerTaken
from handfast.people.queries import secret_digest

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.evidence.models import Comment
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.people.models import Membership

TOLD = "journeys.answer_told"  # the kind of a row that tells somebody what became of their mail; its reason follows
MOST_TOLD = 5


@unrecorded(
    permits=may_give_notice,
    because="the key lets nobody do more than their role does, and what is done by it the journal tells",
)
def open_answer_key(
    actor: Actor, space: Space, /, *, membership: Membership, about: UUID, at: datetime
) -> AnswerKey:
    """The key of one person to one comment; mailed again, it is the same."""
    known = AnswerKey.objects.filter(membership=membership, about_id=about).first()
    if known is not None:
        return known
    made = uuid.uuid4()
    digest = secret_digest(answer_secret(made))
    return AnswerKey.objects.create(
        id=made, membership=membership, about_id=about, own_space_id=space.pk, digest=digest, made_at=at, expires_at=at + LASTS,
    )  # fmt: skip


@action(permits=may_answer_by_mail, records="comment.answered_by_mail")
def answer_by_mail(actor: Actor, key: AnswerKey, /, *, text: str, message: str, at: datetime) -> Comment:
    """A comment beside the one that was mailed, for the same readers and no others; `message` is the mail's digest.

    The key is locked, so that of two deliveries of one mail the second finds the first. Raises AnswerExpired,
    AnswerTaken, CommentRefused, NotSeen.
    """
    check_lasts(key, at=at)
    if message in key.answers:
        raise AnswerTaken("this very mail was taken before, and stands once")
    answered = comment_seen_by(actor, key.about_id)
    thing = thing_seen_by(actor, answered.engagement_id, answered.about_kind, answered.about_id)
    made = write_comment(actor, answered.space, thing=thing, said=CommentSaid(text), at=at)
    key.answers = [*key.answers, message]
    key.save(update_fields=["answers"])
    return made


@unrecorded(
    permits=may_answer_by_mail,
    because="that a mail was not taken changes nothing that anybody sees; its person alone hears of it, by mail",
)
def tell_of_mail(actor: Actor, key: AnswerKey, /, *, reason: str, message: str, at: datetime) -> None:
    """Once for each mail and a few times for each key: whoever floods the address floods nobody's mailbox."""
    if key.refused_count >= MOST_TOLD:
        return
    row = Outgoing(
        kind=f"{TOLD}.{reason}", space_id=key.space_id, subject_id=key.pk, organisation_id=actor.organisation,
        person_id=actor.person, key=f"{TOLD}:{key.pk}:{message}", due_at=at,
    )  # fmt: skip
    if not Outgoing.objects.filter(key=row.key).exists():
        row.save(force_insert=True)
        key.refused_count += 1
        key.save(update_fields=["refused_count"])
