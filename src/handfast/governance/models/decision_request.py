"""A decision that is asked of somebody by name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.governance.models.register_entry import RegisterEntry


class DecisionRequest(Spaced):
    """In the space of its entry. `sha256` is of the three lines as they were asked, and once it is answered as they were decided.

    `is_by_mail` says that the link of a mail was used, which needs no sign-in: whoever had the mail could use it.
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="decision_requests")
    person_id = models.UUIDField()
    if_silent = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_for_id = models.UUIDField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    is_by_mail = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "entry_id", "person_id", "sha256", "answer", "answered_at", "is_by_mail", "withdrawn_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "entry", "person_id"),
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="decision_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"decision asked of {self.person_id}"
