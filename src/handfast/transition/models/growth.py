"""The growth of a plan to a larger size, as one side proposes it and the other answers it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Growth(Spaced):
    """It counts once it is accepted; what it does is worked out then, on the plan as it stands.

    `counts` says how many activities stayed, became, were added or left out, as of proposing or accepting;
    `moves` what it does to each wave's go-live: [{"wave", "from", "to"}], instants as text.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "waits for an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="growths")
    from_size = models.CharField(max_length=8, choices=Engagement.Size.choices)
    to_size = models.CharField(max_length=8, choices=Engagement.Size.choices)
    counts = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    reason = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_for_id = models.UUIDField()
    proposed_side = models.CharField(max_length=8)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "from_size", "to_size", "counts", "state", "proposed_for_id", "proposed_side",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-proposed_at",)

    def __str__(self) -> str:
        return f"{self.from_size} to {self.to_size}"

    @property
    def seen_as(self) -> str:
        """Whoever accepts it accepts what it does to this version of the plan."""
        return f"{self.state}.{self.plan.version}"
