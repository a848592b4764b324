"""What an activity waits for."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Link(Spaced):
    """From the activity before to the one that waits, by their ids.

    It lives in the narrower space of its two ends: a link to an internal activity is internal too. So its ends
    are ids and no foreign keys: a shared activity must not lead to what one side may not see.
    """

    class Kind(models.TextChoices):
        FS = "FS", "finish to start"
        SS = "SS", "start to start"
        FF = "FF", "finish to finish"
        SF = "SF", "start to finish"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    before_id = models.UUIDField()
    after_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=2, choices=Kind.choices, default=Kind.FS)
    lag = models.CharField(max_length=12, blank=True)
    lag_on = models.CharField(max_length=8, blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("before_id", "after_id", "kind", "lag", "lag_on")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("space", "before_id", "after_id", "kind"), name="link_once_a_pair_and_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.before_id} {self.after_id}"
