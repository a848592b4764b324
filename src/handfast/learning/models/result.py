"""One try at a part of a certification, and how it ended; and one more try that was allowed."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.sitting import Sitting
from handfast.learning.models.topic import TopicPart
from handfast.learning.models.trainee import Trainee


class Result(Spaced):
    """`points` of `of_points` were reached, both None where only passed or not is known; never in the journal.

    `marks` are those of the rubric: by case, by criterion, in halves. `sitting` is the test behind it.
    """

    class Source(models.TextChoices):
        TEST = "test", "test in the page"
        RUBRIC = "rubric", "scored by the rubric"
        RECORDED = "recorded", "written down"
        IMPORTED = "imported", "out of a learning system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="results")
    part = models.ForeignKey(TopicPart, on_delete=models.PROTECT, related_name="results")
    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, null=True, related_name="result")
    number = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    points = models.PositiveIntegerField(null=True)
    of_points = models.PositiveIntegerField(null=True)
    is_passed = models.BooleanField()
    source = models.CharField(max_length=8, choices=Source.choices)
    marks = models.JSONField(default=list)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "trainee_id", "part_id", "number", "taken_on", "is_passed", "source",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("taken_on", "number")
        constraints = (
            models.UniqueConstraint(fields=("space", "trainee", "part", "number"), name="result_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.trainee_id}: {self.part_id}, try {self.number}"

    @property
    def score(self) -> Fraction | None:
        return None if self.points is None or not self.of_points else Fraction(self.points, self.of_points)


class ExtraTry(Spaced):
    """That a trainee may try a part once more than its retakes say, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="extra_tries")
    part = models.ForeignKey(TopicPart, on_delete=models.PROTECT, related_name="extra_tries")
    reason = models.TextField()
    allowed_at = models.DateTimeField()
    allowed_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("trainee_id", "part_id")

    class Meta(Spaced.Meta):
        ordering = ("allowed_at",)

    def __str__(self) -> str:
        return f"{self.trainee_id}: {self.part_id}"
