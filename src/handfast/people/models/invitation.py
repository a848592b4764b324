"""An invitation by mail, with a link that works once."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.people.models.membership import Side
from handfast.people.models.organisation import Organisation


class Invitation(models.Model):
    """Found by its link before anybody is known, so not spaced; only the SHA-256 of the link's secret is kept.

    `journal_space_id` is the inviting side's own space, `shared_space_id` the one that the invited comes to see.

    `organisation` is null where the other side is invited: whoever joins first says for which one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journal_space_id = models.UUIDField()
    shared_space_id = models.UUIDField()
    inviting_organisation_id = models.UUIDField(db_index=True)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    engagement_id = models.UUIDField()
    side = models.CharField(max_length=8, choices=Side.choices)
    roles = models.JSONField(default=list)
    starts_at = models.DateTimeField(null=True)  # what the membership will have
    ends_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by_id = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "organisation_id", "engagement_id", "side", "roles", "starts_at", "ends_at", "expires_at", "used_at", "withdrawn_at",
    )  # fmt: skip

    class Meta:
        ordering = ("-invited_at",)

    def __str__(self) -> str:
        return f"invitation {self.id}"

    @property
    def space_id(self) -> uuid.UUID:
        """Where the worker that mails it may look: the inviting side's own space."""
        return self.journal_space_id
