"""Spaces, and which organisations look into each."""

from __future__ import annotations

import uuid

from django.db import models


class Space(models.Model):
    """A room with walls: every record lives in exactly one, for ever.

    It belongs to an engagement or to one organisation, by their ids. Not spaced itself: it is what reaches
    are made from, and holds nothing but ids.
    """

    class Kind(models.TextChoices):
        INTERNAL = "internal", "one organisation"
        SHARED = "shared", "client and one provider"
        TENDER = "tender", "the client writes, bidders read"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    engagement_id = models.UUIDField(null=True, db_index=True, editable=False)
    organisation_id = models.UUIDField(null=True, db_index=True, editable=False)
    is_sample = models.BooleanField(
        default=False, editable=False
    )  # said when it is opened, and never changed

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="space_belongs_somewhere",
                condition=models.Q(engagement_id__isnull=False) | models.Q(organisation_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def journal_space_id(self) -> uuid.UUID:
        """What happens to a space stands in its own journal."""
        return self.id


class Audience(models.Model):
    """One organisation that looks into a space, to read or to write. Read to make a reach, so not spaced."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="audience")
    organisation_id = models.UUIDField(db_index=True, editable=False)
    is_writing = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("space", "organisation_id"), name="audience_once_a_space"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.space_id}"
