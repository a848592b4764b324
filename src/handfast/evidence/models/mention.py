"""Somebody whom a comment tells."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.evidence.models.comment import Comment
from handfast.foundation.fence import Spaced


class Mention(Spaced):
    """It waits for the person until they say that they have seen it, or answer. In the space of its comment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person_id = models.UUIDField()
    seen_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("comment_id", "person_id")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "comment", "person_id"), name="mention_once"),
        )
        indexes = (models.Index(fields=("person_id", "seen_at"), name="mention_of_person"),)

    def __str__(self) -> str:
        return f"mention {self.pk}"
