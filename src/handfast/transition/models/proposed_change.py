"""A change of the plan that one side proposes and the other accepts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.activity import Activity


class ProposedChange(Spaced):
    """`changes` is {field: [before, after]} of one shared activity; `moves` lists what would move, and by how much.

    `what` tells of what the fields are: of the activity, or of a link by which it waits, to be made or taken out;
    an activity to be removed has none.
    `moves` is [{"activity", "name", "lead", "kind", "from", "to"}], as of the day of proposing; nothing internal.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "waits for an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    class What(models.TextChoices):
        AMEND = "amend", "change it"
        REMOVE = "remove", "take it out of the plan"
        LINK = "link", "let it wait for another"
        UNLINK = "unlink", "let it no longer wait for another"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="proposed_changes")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=6, choices=What.choices, default=What.AMEND)
    changes = models.JSONField()
    moves = models.JSONField(default=list)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_for_id = models.UUIDField()
    proposed_side = models.CharField(max_length=8)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "what", "changes", "state", "proposed_for_id", "proposed_side",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "activity", "number"), name="proposed_change_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"P-{self.number}"

    @property
    def seen_as(self) -> str:
        return self.state
