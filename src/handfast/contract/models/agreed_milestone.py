"""A day that the parties agreed on, and what is paid once it is reached."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class AgreedMilestone(Spaced):
    """In the space that both sides see. What it says never changes: another one takes its place, and names it.

    `step_key` is the step of the transition whose milestone it is, empty where it is none's. `payment` is in
    `currency`, which is the engagement's on the day of the proposal; without a payment it is empty.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        NOT_COUNTERSIGNED = "not-countersigned", "not countersigned"
        REPLACED = "replaced", "replaced"

    IN_FORCE: ClassVar[tuple[str, ...]] = (State.AGREED, State.NOT_COUNTERSIGNED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="agreed_milestones")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    payment = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    clause = models.CharField(max_length=120, blank=True)
    step_key = models.CharField(max_length=40, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="replaced_by")
    state = models.CharField(max_length=17, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_for_id = models.UUIDField()
    proposed_side = models.CharField(max_length=8)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    search_fields: ClassVar[tuple[str, ...]] = ("name", "clause")
    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "due_on", "payment", "currency", "clause", "step_key", "replaces_id", "state", "proposed_side",
        "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("due_on", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "engagement", "number"), name="agreed_milestone_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        """What a form must have been opened on: only the state ever changes."""
        return self.state

    @property
    def is_in_force(self) -> bool:
        """Whether it was agreed, or put in force by one side, and no other has taken its place."""
        return self.state in self.IN_FORCE
