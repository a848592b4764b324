"""Authority that a person hands to a colleague for some days."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.people.models.membership import Membership


class Delegation(models.Model):
    """From one membership to another of the same organisation and engagement, from midnight to midnight in a zone.

    `words` are the capabilities that are handed over; empty hands over all that can be. What the one who is away may
    not do is never handed over. Read to make a reach, so not spaced; its journal is the own side's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="handed_over")
    delegate = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="standing_in")
    journal_space_id = models.UUIDField()
    words = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "membership_id", "delegate_id", "words", "starts_on", "ends_on", "ended_at",
    )  # fmt: skip

    class Meta:
        ordering = ("starts_at", "id")

    def __str__(self) -> str:
        return f"{self.membership_id} to {self.delegate_id}"
