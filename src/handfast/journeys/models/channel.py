"""Where a side is told what happened, beside its people: a program of its own, or a chat."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced


class Channel(Spaced):
    """In the own space of one side in one engagement. `sealed` holds its address and its key, and is never shown again.

    What only that side sees is told in it only where `is_own_told` says so. One that is stopped stays, for its log.
    """

    class Form(models.TextChoices):
        SIGNED = "signed", "a program of ours: JSON, signed"
        CHAT = "chat", "a chat: one line of text (Slack, Mattermost, Rocket.Chat)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement_id = models.UUIDField(editable=False)
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=6, choices=Form.choices)
    kinds = models.JSONField(default=list)
    is_own_told = models.BooleanField(default=False)
    sealed = models.TextField()
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField()
    stopped_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("form", "kinds", "is_own_told", "stopped_at")

    class Meta(Spaced.Meta):
        ordering = ("added_at", "id")

    def __str__(self) -> str:
        return f"channel {self.pk}"
