"""A part of a register that somebody comes back to, under a name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class SavedView(Spaced):
    """In the own side's space of the engagement, so that the other side never sees it.

    `asked` is what its address asks, by the words of the address, only those that say something. `shared_with` is
    `alone`, `side`, or a role of the side. A removed one waits for a moment, to be brought back.
    """

    ALONE, SIDE = "alone", "side"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    asked = models.JSONField(default=dict)
    shared_with = models.CharField(max_length=40, default=ALONE)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("register", "shared_with", "version", "removed_at")

    class Meta(Spaced.Meta):
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "register", "person_id", "name"),
                condition=models.Q(removed_at__isnull=True),
                name="view_name_once_a_person",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)
