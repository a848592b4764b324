"""Days on which named kinds of work do not run, or run at part of their strength."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Freeze(Spaced):
    """From `first_on` to the day before `end_on`; `percent` of the strength is left. Empty lists name all work.

    One that moves what the other side must accept is proposed: it counts once it is agreed, and until its lifting
    is. `asked_for_id` is the side that proposes.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "waits for an answer"
        AGREED = "agreed", "counts"
        LIFTING = "lifting", "counts; to be lifted"
        DECLINED = "declined", "declined"

    COUNTED: ClassVar[tuple[str, ...]] = (State.AGREED, State.LIFTING)
    WAITING: ClassVar[tuple[str, ...]] = (State.PROPOSED, State.LIFTING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="freezes")
    name = models.CharField(max_length=120)
    first_on = models.DateField()
    end_on = models.DateField()
    percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(99)])
    leads = models.JSONField(default=list)
    step_keys = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.AGREED)
    asked_for_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "first_on", "end_on", "percent", "leads", "step_keys", "state", "asked_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("first_on", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether the other side is to answer it."""
        return self.state in self.WAITING and self.asked_for_id is not None
