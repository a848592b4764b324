"""A statement that one side has computed and not issued."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import Agreement
from handfast.foundation.fence import Spaced


class StatementDraft(Spaced):
    """One month as its maker sees it, in the maker's own space; computing it again replaces it.

    `body` is canonical JSON, `digest` its SHA-256; `inputs` names what it was computed from:
    {"terms": id, "batches": [ids], "adjustments": [[id, state]], "reported": [ids]}. `causes` says what moved since
    the revision before it (`queries.revising`); empty for a month that was not issued yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    as_of = models.DateTimeField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    inputs = models.JSONField()
    causes = models.JSONField(null=True)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    issued_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("period", "as_of", "digest", "inputs", "issued_at")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "agreement", "period"), name="draft_once_a_month"),
        )

    def __str__(self) -> str:
        return f"draft of {self.period}"

    @property
    def seen_as(self) -> str:
        return self.digest
