"""Terms as they were proposed, with the calendars that decide."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models.agreement import Agreement
from handfast.foundation.fence import Spaced


class TermsVersion(Spaced):
    """A whole text and its compiled annex, in the space that both sides see. Only the state and the answer change.

    `in_force_on` is the first day from which it says something else than the version before.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        NOT_COUNTERSIGNED = "not-countersigned", "not countersigned"

    IN_FORCE: ClassVar[tuple[str, ...]] = (State.AGREED, State.NOT_COUNTERSIGNED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    in_force_on = models.DateField()
    annex = models.TextField()
    annex_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=17, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_for_id = models.UUIDField()
    proposed_side = models.CharField(max_length=8)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "sha256", "annex_sha256", "in_force_on", "state", "proposed_side", "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "agreement", "number"), name="terms_number_once"),
        )

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def seen_as(self) -> str:
        """What a form must have been opened on: this text in this state."""
        return f"{self.sha256}:{self.state}"

    @property
    def is_in_force(self) -> bool:
        """Whether it was agreed, or put in force by one side; a later one may have replaced it."""
        return self.state in self.IN_FORCE
