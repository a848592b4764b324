"""What lets somebody without an account take a test."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.models import Space


class LearningKey(models.Model):
    """Found by the digest of its secret before anybody is known, so not spaced; the secret is made again from its id.

    It opens one class to its trainees, or one sitting to whoever began it, until `expires_at`.
    """

    class Opens(models.TextChoices):
        CLASS = "class", "a class"
        SITTING = "sitting", "a sitting"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opens = models.CharField(max_length=7, choices=Opens.choices)
    about_id = models.UUIDField(db_index=True)
    journal_space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    organisation_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = ("opens", "about_id", "expires_at")

    def __str__(self) -> str:
        return f"key of {self.get_opens_display()}"
