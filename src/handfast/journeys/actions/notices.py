"""Give a notice, and read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.journeys.models import Notice
from handfast.journeys.permissions import may_give_notice, may_read_notice

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice says, by ids, and to whom; the same `key` twice is one notice."""

    person: UUID
    engagement: UUID
    kind: str
    subject: UUID
    key: str


@action(permits=may_give_notice, records="notice.given")
def give_notice(actor: Actor, space: Space, /, *, told: Told, at: datetime) -> Notice:
    """Lay it before the person, in their side's own space."""
    notice: Notice
    notice, _ = Notice.objects.get_or_create(
        space=space,
        key=told.key,
        defaults={
            "person_id": told.person,
            "engagement_id": told.engagement,
            "kind": told.kind,
            "subject_id": told.subject,
            "given_at": at,
        },
    )
    return notice


@action(permits=may_read_notice, records="notice.read")
def read_notice(actor: Actor, notice: Notice, /, *, at: datetime) -> Notice:
    """It has been seen; seen again it stays as it was."""
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice
