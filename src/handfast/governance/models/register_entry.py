"""One line of a register: an issue, an action, a decision."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.governance.registers import REGISTERS, Register


class RegisterEntry(Spaced):
    """In the shared space both sides see it; in a side's own space only that side does, for ever.

    Numbers run within a space, each register its own: what one side writes for itself leaves no gap in what both
    read. `own` holds what the register declares beside the common fields, by their keys, all as text. `is_done` says
    of its state what the register says; it is kept so that what is open and late is found by an index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    owner_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=20)
    is_done = models.BooleanField(default=False)
    tags = models.CharField(max_length=440, blank=True)
    own = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("title", "text", "tags", "own")
    journal_fields: ClassVar[tuple[str, ...]] = (
        "register",
        "number",
        "owner_id",
        "due_on",
        "state",
        "version",
    )

    class Meta(Spaced.Meta):
        verbose_name_plural = "register entries"
        ordering = ("-created_at", "-number", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "register", "number"), name="entry_number_once"),
        )
        indexes = (
            models.Index(
                fields=("engagement", "register", "-created_at", "-number", "id"), name="entry_newest"
            ),
            # All that a view is counted by, so that counting within the fence reads the index alone.
            models.Index(
                fields=("engagement", "register", "is_done", "due_on", "space", "owner_id", "state"),
                name="entry_counted",
            ),
            models.Index(fields=("owner_id", "is_done", "due_on"), name="entry_of_owner"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def kept_in(self) -> Register:
        """Its register as it is declared."""
        return REGISTERS[self.register]

    @property
    def is_internal(self) -> bool:
        """Whether it is one side's own business."""
        return self.space_id != self.engagement.space_id

    @property
    def name(self) -> str:
        """`I-12`; of what one side keeps for itself `I-own-3`, since its numbers are its own."""
        return f"{self.kept_in.prefix}-{'own-' if self.is_internal else ''}{self.number}"

    @property
    def tag_list(self) -> list[str]:
        return self.tags.split(", ") if self.tags else []
