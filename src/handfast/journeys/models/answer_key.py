"""What lets one person answer one thing by mail."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.people.models import Membership


class AnswerKey(models.Model):
    """Found by the digest of its secret before anybody is known, so not spaced; the secret is made again from its id.

    It is bound to a membership and to one thing, and expires. `answers` are SHA-256 of the Message-ID of every mail that
    was taken, so that none is taken twice; `refused_count` bounds how often its person is told that one was not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    about_id = models.UUIDField()
    own_space_id = models.UUIDField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answers = models.JSONField(default=list)
    refused_count = models.PositiveSmallIntegerField(default=0)

    journal_fields: ClassVar[tuple[str, ...]] = ("membership_id", "about_id", "expires_at")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("membership", "about_id"), name="answer_key_once_a_thing"),
        )

    def __str__(self) -> str:
        return f"answer key {self.pk}"

    @property
    def space_id(self) -> uuid.UUID:
        """Where the worker that mails it may look: the own space of the person's side."""
        return self.own_space_id
