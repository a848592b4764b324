"""Terms that one side is writing."""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models.agreement import Agreement
from handfast.foundation.fence import Spaced


class TermsDraft(Spaced):
    """The text in the writer's own space; `based_on` is the number of the version that it began as, 0 for none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by_id = models.UUIDField(null=True)
    proposed_number = models.PositiveIntegerField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("agreement_id", "based_on", "sha256", "proposed_number")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "agreement"), name="terms_draft_once_a_side"),
        )

    def __str__(self) -> str:
        return f"draft of terms for {self.agreement_id}"

    @property
    def sha256(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def seen_as(self) -> str:
        """What a form that was opened on this draft has seen."""
        return self.sha256
