"""What one side owes the other: handed in, reviewed on a clock, accepted or rejected with reasons."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.people.models import Side

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class Deliverable(Spaced):
    """In the space that both sides see. `submits_side` hands it in, the other side reviews it.

    `reviewer_id` is who is asked first; empty asks whoever reviews deliverables on that side. Silence counts as
    acceptance where `is_silence_acceptance` and the reviewing side has agreed to that. `round` counts how often it was
    handed in; `review_ends_at` is the promised end of the review that runs, `decided_at` when it was accepted.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        SUBMITTED = "submitted", "under review"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"
        DEEMED = "deemed", "deemed accepted"
        WITHDRAWN = "withdrawn", "withdrawn"

    OPEN: ClassVar[tuple[str, ...]] = (State.PLANNED, State.SUBMITTED, State.REJECTED)
    TO_HAND_IN: ClassVar[tuple[str, ...]] = (State.PLANNED, State.REJECTED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="deliverables")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    submits_side = models.CharField(max_length=8, choices=Side.choices)
    owner_id = models.UUIDField(null=True)
    reviewer_id = models.UUIDField(null=True)
    due_on = models.DateField()
    review_days = models.PositiveSmallIntegerField()
    is_silence_acceptance = models.BooleanField(default=False)
    is_silence_agreed = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    round = models.PositiveSmallIntegerField(default=0)
    review_ends_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("title", "text")
    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "submits_side", "owner_id", "reviewer_id", "due_on", "review_days", "is_silence_acceptance",
        "is_silence_agreed", "state", "round", "review_ends_at", "decided_at", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("due_on", "number")
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="deliverable_number_once"),
        )
        indexes = (models.Index(fields=("engagement", "state", "due_on"), name="deliverable_open"),)

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return f"DL-{self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def reviews_side(self) -> str:
        return Side.CLIENT if self.submits_side == Side.PROVIDER else Side.PROVIDER

    @property
    def submits_for_id(self) -> UUID | None:
        """Who hands it in; None while that side is not in the system."""
        return self._organisation_on(self.submits_side)

    @property
    def reviews_for_id(self) -> UUID | None:
        """Who reviews it; None while that side is not in the system."""
        return self._organisation_on(self.reviews_side)

    def _organisation_on(self, side: str) -> UUID | None:
        return next(one.organisation_id for one in self.engagement.parties.all() if one.side == side)

    @property
    def does_silence_count(self) -> bool:
        """Whether both know that no answer in time is an acceptance."""
        return self.is_silence_acceptance and self.is_silence_agreed

    def is_review_over(self, at: datetime) -> bool:
        """Whether the promised end of the review that runs has come."""
        return (
            self.state == self.State.SUBMITTED
            and self.review_ends_at is not None
            and self.review_ends_at <= at
        )

    def state_at(self, at: datetime) -> str:
        """Its state by the clock: silence has spoken at the instant, whenever the worker writes it down."""
        if self.does_silence_count and self.is_review_over(at):
            return self.State.DEEMED
        return self.state
