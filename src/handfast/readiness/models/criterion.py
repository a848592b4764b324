"""What must hold before a gate is passed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.people.models import Side
from handfast.readiness.models.gate import Gate

ATTESTED = "attestation"


class Criterion(Spaced):
    """In the space that both sides see. `proof` names a query of the catalogue, or is `attestation`.

    What is measured must be `compare` `needs`, in `unit`; an attestation needs a yes. `attests_side` and `attests_role` say
    whose word it is, an empty role is anybody's of that side who reports. Evidence older than `fresh_days` is stale.
    `expected_on` is when its owner expects it to hold. One that was dropped stays, for the history.
    """

    class Compare(models.TextChoices):
        AT_LEAST = ">=", "at least"
        AT_MOST = "<=", "at most"
        EXACTLY = "=", "exactly"

    class Unit(models.TextChoices):
        SHARE = "share", "share"
        COUNT = "count", "count"
        YES = "yes/no", "yes or no"
        DAYS = "days", "days"
        WEEKS = "weeks", "weeks"
        RATIO = "ratio", "ratio"
        POINTS = "points", "points"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="criteria")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="criteria")
    number = models.PositiveIntegerField()
    step_key = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300)
    proof = models.CharField(max_length=60, default=ATTESTED)
    compare = models.CharField(max_length=2, choices=Compare.choices, default=Compare.EXACTLY)
    needs = models.DecimalField(max_digits=12, decimal_places=4, default=1)
    unit = models.CharField(max_length=7, choices=Unit.choices, default=Unit.YES)
    is_blocking = models.BooleanField(default=True)
    attests_side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    attests_role = models.CharField(max_length=40, blank=True)
    owner_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    fresh_days = models.PositiveSmallIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("text",)
    journal_fields: ClassVar[tuple[str, ...]] = (
        "gate_id", "number", "step_key", "proof", "compare", "needs", "unit", "is_blocking", "attests_side",
        "attests_role", "owner_id", "due_on", "expected_on", "fresh_days", "dropped_at", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        verbose_name_plural = "criteria"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="criterion_number_once"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        return f"C-{self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def is_attested(self) -> bool:
        """Whether a person's word decides it, and no computation."""
        return self.proof == ATTESTED
