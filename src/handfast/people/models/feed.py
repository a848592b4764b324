"""A calendar feed of a membership: what is due for the person, as their own calendar shows it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.languages import said_later
from handfast.people.models.membership import Membership


class Feed(models.Model):
    """Its secret address is shown once when it is made; only its SHA-256 is kept. It ends with its membership.

    Found by its digest before anybody is known, so not spaced. A membership has one at a time. `holds` says how
    much of the plan stands in it.
    """

    class Holds(models.TextChoices):
        MINE = "mine", said_later("what waits for me, my activities, milestones and gates")
        PLAN = "plan", said_later("all of that, and every activity of the plan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="feeds")
    holds = models.CharField(max_length=4, choices=Holds.choices, default=Holds.MINE)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("membership_id", "holds", "made_at", "revoked_at")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("membership",),
                condition=models.Q(revoked_at__isnull=True),
                name="feed_once_a_membership",
            ),
        )

    def __str__(self) -> str:
        return f"feed {self.id}"

    @property
    def journal_space_id(self) -> uuid.UUID:
        return self.membership.journal_space_id
