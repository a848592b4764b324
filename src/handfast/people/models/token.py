"""A token by which a program acts as a membership."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.people.models.membership import Membership


class Token(models.Model):
    """Shown once when it is issued; only its SHA-256 is kept. It ends with its membership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("membership_id", "prefix", "expires_at", "revoked_at")

    def __str__(self) -> str:
        return self.prefix

    @property
    def journal_space_id(self) -> uuid.UUID:
        return self.membership.journal_space_id
