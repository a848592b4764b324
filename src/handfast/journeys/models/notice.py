"""Something that happened and that a person should hear of."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.foundation.fence import Spaced

if TYPE_CHECKING:
    from datetime import datetime


class Notice(Spaced):
    """For one person, in the own space of their side: ids and a kind only, its words are made when it is shown.

    `key` says once for all: the task that gives it may run twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(editable=False)
    engagement_id = models.UUIDField(editable=False)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(editable=False)
    key = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    settled_at: datetime | None  # with those that a query found: read here, or settled where it is about

    journal_fields: ClassVar[tuple[str, ...]] = ("person_id", "kind", "subject_id", "read_at")

    class Meta(Spaced.Meta):
        ordering = ("-given_at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "key"), name="notice_once_a_key"),)
        indexes = (models.Index(fields=("person_id", "read_at"), name="notice_unread"),)

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
