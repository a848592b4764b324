"""What an auditor opened: one row for each page, file or operation of an engagement."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.people.models.membership import Membership


class AccessEntry(models.Model):
    """Written by the door for memberships that audit, whatever the answer was; seen through its membership alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="accesses")
    at = models.DateTimeField()
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    status = models.PositiveSmallIntegerField()
    is_program = models.BooleanField()

    journal_fields: ClassVar[tuple[str, ...]] = ("membership_id", "at", "status")

    class Meta:
        indexes = (models.Index(fields=("membership", "at"), name="access_entry_by_member"),)

    def __str__(self) -> str:
        return f"access {self.id}"
