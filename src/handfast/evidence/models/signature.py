"""What one role of one side says to a version: it waits, signed, declined, or is asked no longer."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.evidence.models.document_version import DocumentVersion
from handfast.evidence.models.sign_off import SignOff
from handfast.foundation.fence import Spaced
from handfast.people.models import Side


class Signature(Spaced):
    """One for each role that was asked. `sha256` is the digest that was signed; who answered did so for an organisation.

    It holds for its version alone: a new version carries none of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SIGNED = "signed", "Signed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Asked no longer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="signatures")
    document_version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    role = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "document_version_id", "side", "role", "state", "sha256", "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("side", "role", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "document_version", "side", "role"),
                condition=models.Q(state__in=("waiting", "signed")),
                name="signature_once_a_role",
            ),
        )
        indexes = (models.Index(fields=("engagement", "state"), name="signature_waiting"),)

    def __str__(self) -> str:
        return f"signature {self.pk}"
