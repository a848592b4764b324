"""Where a topic is shown to a class, and who was there."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.topic import Topic
from handfast.learning.models.trainee import Trainee
from handfast.learning.models.training_class import TrainingClass


class Session(Spaced):
    """`expert` and `trainer` are whoever shows it and whoever learns to teach it, as their sides call them."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="sessions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    expert = models.CharField(max_length=120)
    trainer = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "training_class_id", "topic_id", "number", "starts_at", "minutes", "state", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("starts_at", "number")
        constraints = (
            models.UniqueConstraint(fields=("space", "training_class", "number"), name="session_number_once"),
        )

    def __str__(self) -> str:
        return f"session {self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)


class Attendance(Spaced):
    """That a trainee was there; `playback` says how they played the work back to the expert."""

    class Playback(models.TextChoices):
        NOT_YET = "", "not played back"
        WELL = "well", "played back well"
        AGAIN = "again", "to be played back again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="attendances")
    playback = models.CharField(max_length=5, choices=Playback.choices, blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("session_id", "trainee_id", "playback")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "session", "trainee"), name="attendance_once"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.trainee_id}"
