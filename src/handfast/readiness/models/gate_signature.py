"""A side's signature under a decision of a gate."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.people.models import Side
from handfast.readiness.models.gate_decision import GateDecision


class GateSignature(Spaced):
    """One for each side. `sha256` is the digest that was signed, `role` the role for which it was.

    `is_by_mail` says that it was signed by the link of a mail, without signing in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(GateDecision, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    role = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    is_by_mail = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    signed_by_id = models.UUIDField()
    signed_for_id = models.UUIDField()

    journal_fields: ClassVar[tuple[str, ...]] = (
        "decision_id",
        "side",
        "role",
        "sha256",
        "is_by_mail",
        "signed_for_id",
    )

    class Meta(Spaced.Meta):
        ordering = ("signed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "decision", "side"), name="gate_signature_once_a_side"),
        )

    def __str__(self) -> str:
        return f"signature of the {self.side}"
