"""Where people meet and sign: a decision over the criteria of one or several steps."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import AgreedMilestone
from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.people.models import Side


class Gate(Spaced):
    """In the space that both sides see. `step_keys` are the steps whose criteria are decided here.

    `client_roles` and `provider_roles` are the keys of the roles that sign for a side; none means whoever manages the plan.
    `activity_id` is what the plan dates of it, None where it has no plan. `agreed` is the milestone of the contract whose
    payment it releases. `state` is that of its last decision.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        SIGNING = "signing", "being signed"
        GO = "go", "go"
        CONDITIONAL = "conditional", "go with conditions"
        NO_GO = "no-go", "no-go"

    PASSED: ClassVar[tuple[str, ...]] = (State.GO, State.CONDITIONAL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="gates")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    step_keys = models.JSONField(default=list)
    client_roles = models.JSONField(default=list)
    provider_roles = models.JSONField(default=list)
    activity_id = models.UUIDField(null=True)
    agreed = models.ForeignKey(AgreedMilestone, on_delete=models.PROTECT, null=True, related_name="gates")
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "step_keys", "client_roles", "provider_roles", "activity_id", "agreed_id", "state", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="gate_number_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def is_passed(self) -> bool:
        return self.state in self.PASSED

    def roles_of(self, side: str) -> list[str]:
        """Who signs for a side."""
        return list(self.client_roles if side == Side.CLIENT else self.provider_roles)
