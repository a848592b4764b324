"""A statement that was issued: a frozen month, with the other side's answer."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import Agreement
from handfast.foundation.fence import Spaced


class Statement(Spaced):
    """One revision of one month, in the space that both sides see. Body, digest, inputs and causes never change."""

    class State(models.TextChoices):
        ISSUED = "issued", "waits for an answer"
        DISPUTED = "disputed", "disputed"
        AGREED = "agreed", "agreed"
        SUPERSEDED = "superseded", "replaced by a later revision"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="statements")
    period = models.CharField(max_length=7)
    revision = models.PositiveIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    inputs = models.JSONField()
    causes = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ISSUED)
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField(null=True)
    issued_for_id = models.UUIDField()
    answer_by_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "period", "revision", "digest", "as_of", "inputs", "state", "answer_by_on", "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-period", "-revision")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "agreement", "period", "revision"), name="statement_revision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.period}, revision {self.revision}"

    @property
    def seen_as(self) -> str:
        """What a form must have been opened on: the same revision in the same state."""
        return f"{self.digest}:{self.state}"
