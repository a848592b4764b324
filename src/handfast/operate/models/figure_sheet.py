"""Figures of months that were settled before the deal was kept here, as one sheet told them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import Agreement
from handfast.foundation.fence import Spaced


class FigureSheet(Spaced):
    """A whole sheet, never changed: a later one stands in its place, month by month and level by level, or it is withdrawn.

    `figures` is a list of {period, level, value, numerator, n, credit}, amounts and values as texts, null where the
    sheet says nothing; `level` is a key of the terms, empty for the credit of a whole month. They are shown as they
    were reported and nothing is computed from them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="figure_sheets")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    figures = models.JSONField()
    digest = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    brought_by_id = models.UUIDField(null=True)
    brought_for_id = models.UUIDField()
    brought_side = models.CharField(max_length=8)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "digest", "rows", "brought_for_id", "brought_side", "withdrawn_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "agreement", "number"), name="figure_sheet_number_once"),
        )

    def __str__(self) -> str:
        return f"figure sheet {self.number}"

    @property
    def rows(self) -> int:
        """How many figures it tells."""
        return len(self.figures)
