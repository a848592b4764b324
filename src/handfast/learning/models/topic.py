"""What somebody must know or be able to do, and the parts by which they prove it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.governance.models import RegisterEntry


class Topic(Spaced):
    """In the space that both sides see. `process` is the task of the process inventory that it teaches, None where it is of none.

    `minimum` is how many certified people a critical topic needs; `validity_months` is how long a certificate lasts, 0 for ever.
    """

    class Kind(models.TextChoices):
        PROCESS = "process", "process"
        COMPLIANCE = "compliance", "compliance"
        PRODUCT = "product", "product"
        LANGUAGE = "language", "language"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="topics")
    process = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, null=True, related_name="topics")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROCESS)
    is_critical = models.BooleanField(default=False)
    minimum = models.PositiveSmallIntegerField()
    validity_months = models.PositiveSmallIntegerField()
    is_dropped = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "kind", "is_critical", "minimum", "validity_months", "is_dropped", "process_id", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="topic_number_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"TP-{self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)


class TopicPart(Spaced):
    """One thing to pass. `size` counts questions or cases; `pass_mark` is a share, 1 where it is passed or not.

    `retakes` are tries after the first; `wait_days` working days of the trainees' side lie between two; `minutes` bound a
    test, None a part without a clock. A part that was dropped is asked of nobody any more; what was passed of it stays.
    """

    class Kind(models.TextChoices):
        TEST = "test", "test in the page"
        PRACTICAL = "practical", "practical cases"
        RECORDED = "recorded", "result written down"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=4)
    size = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True)
    retakes = models.PositiveSmallIntegerField()
    wait_days = models.PositiveSmallIntegerField()
    is_dropped = models.BooleanField(default=False)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "topic_id", "position", "kind", "pass_mark", "size", "minutes", "retakes", "wait_days", "is_dropped",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("space", "topic", "position"), name="topic_part_position_once"),
        )

    def __str__(self) -> str:
        return self.name
