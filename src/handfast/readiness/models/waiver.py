"""A criterion that both sides let go for a time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.readiness.models.criterion import Criterion

if TYPE_CHECKING:
    from datetime import date


class Waiver(Spaced):
    """Asked by one side with its approval, and approved or declined by the other; after `expires_on` the criterion bites again.

    `until_then` is what is done meanwhile. Asked, it has no effect.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        APPROVED = "approved", "approved by both"
        DECLINED = "declined", "declined"
        ENDED = "ended", "ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="waivers")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    risk = models.TextField()
    until_then = models.TextField()
    expires_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_for_id = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "criterion_id", "number", "expires_on", "state", "asked_for_id", "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-asked_at", "-number")
        constraints = (
            models.UniqueConstraint(fields=("space", "criterion", "number"), name="waiver_number_once"),
            models.UniqueConstraint(
                fields=("space", "criterion"), condition=models.Q(state__in=("asked", "approved")),
                name="waiver_once_while_it_lasts",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """After its criterion: `W-12`, and the second one `W-12.2`."""
        return f"W-{self.criterion.number}{f'.{self.number}' if self.number > 1 else ''}"

    @property
    def seen_as(self) -> str:
        return self.state

    def is_in_force(self, today: date) -> bool:
        """Whether both approved it and its last day is not over."""
        return self.state == self.State.APPROVED and today <= self.expires_on
