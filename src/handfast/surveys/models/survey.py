"""A questionnaire that one side sends, until the day on which it closes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.people.models import Side


class Survey(Spaced):
    """In the shared space both sides see what it says together; in a side's own space only that side, for ever.

    Numbers run within a space. `usual` is the key of the usual questionnaire that it was made from, empty for own
    questions. `invited_count` is kept when the invitations are gone: an anonymous survey forgets them when it closes.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", "Draft"
        OPENED = "opened", "Open"
        CLOSED = "closed", "Closed"

    class SentBy(models.TextChoices):
        INVITATION = "invitation", "an invitation to each"
        LINK = "link", "one link for all"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    usual = models.CharField(max_length=40, blank=True)
    is_anonymous = models.BooleanField()
    sent_by = models.CharField(max_length=10, choices=SentBy.choices, default=SentBy.INVITATION)
    side = models.CharField(max_length=8, choices=Side.choices)
    sent_for_id = models.UUIDField()
    closes_on = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFTED)
    invited_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by_id = models.UUIDField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "usual", "is_anonymous", "sent_by", "side", "closes_on", "state", "invited_count", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-drafted_at", "-number", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="survey_number_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def is_internal(self) -> bool:
        """Whether it is one side's own business."""
        return self.space_id != self.engagement.space_id

    @property
    def name(self) -> str:
        return f"SV-{'own-' if self.is_internal else ''}{self.number}"

    @property
    def is_drafted(self) -> bool:
        return self.state == self.State.DRAFTED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPENED

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_by_link(self) -> bool:
        return self.sent_by == self.SentBy.LINK
