"""Something that was told to a channel, and how it went."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.journeys.models.channel import Channel


class Delivery(Spaced):
    """In the space of its channel: a kind and ids. Sent again it has the same id, by which its receiver knows it for one.

    `status` is that of the last answer; 0, where there was none. `fault` is a code of ours and nothing that was answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(editable=False)
    key = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("channel_id", "kind", "done_at", "given_up_at")

    class Meta(Spaced.Meta):
        verbose_name_plural = "deliveries"
        ordering = ("-made_at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "key"), name="delivery_once_a_key"),)
        indexes = (models.Index(fields=("channel", "-made_at"), name="delivery_of_channel"),)

    def __str__(self) -> str:
        return f"delivery {self.pk}"
