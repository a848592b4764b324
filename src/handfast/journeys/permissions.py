"""Who may give and read notices, and who may load and remove samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.journeys.models import AnswerKey, Channel, Delivery, Digest, Notice, SkippedStep


def may_give_notice(actor: Actor, space: Space) -> bool:
    """Only the worker, in the one space of its row."""
    return actor.person is None and actor.reach.writes == frozenset({space.pk})


def may_close_digest(actor: Actor, digest: Digest) -> bool:
    """The worker alone, as above."""
    return actor.person is None and actor.reach.writes == frozenset({digest.space_id})


def may_read_notice(actor: Actor, notice: Notice) -> bool:
    """Whoever it is for."""
    return actor.person == notice.person_id


def may_answer_by_mail(actor: Actor, key: AnswerKey) -> bool:
    """Whoever it was mailed to, while they belong there; what their role lets them say is asked where it is said."""
    return actor.person == key.membership.person_id and key.membership.ended_at is None


def may_add_channel(actor: Actor, space: Space) -> bool:
    """Whoever manages the engagement, in their side's own space."""
    is_own = space.organisation_id is not None and space.organisation_id == actor.organisation
    return is_own and actor.can("manage-engagement", space.engagement_id)


def may_keep_channel(actor: Actor, channel: Channel) -> bool:
    """The same; whose space it is the reach says."""
    return actor.can("manage-engagement", channel.engagement_id)


def may_note_delivery(actor: Actor, delivery: Delivery) -> bool:
    """The worker alone, in the one space of its row."""
    return actor.person is None and actor.reach.writes == frozenset({delivery.space_id})


def may_remove_sample(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages an engagement that is nothing but a sample, on either side."""
    return engagement.is_sample and actor.can("manage-engagement", engagement.pk)


def may_skip_step(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the engagement, on either side."""
    return actor.can("manage-engagement", engagement.pk)


def may_take_up_step(actor: Actor, skipped: SkippedStep) -> bool:
    """The same."""
    return actor.can("manage-engagement", skipped.engagement_id)
