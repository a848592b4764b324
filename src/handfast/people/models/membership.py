"""What a person is in an engagement, for one organisation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from handfast.people.models.organisation import Organisation
from handfast.people.models.person import Person


class Side(models.TextChoices):
    """The two sides of a deal."""

    CLIENT = "client", "client"
    PROVIDER = "provider", "provider"


def lasting(to: str = "", *, with_later: bool = False) -> models.Q:
    """What holds of a membership now; `to` leads to it. `with_later`: also of one that begins later.

    By the database's clock, at the moment of each question: what has an end ends by itself, in sessions that are open.
    """
    now = Now()
    begun = models.Q(**{f"{to}starts_at__isnull": True}) | models.Q(**{f"{to}starts_at__lte": now})
    held = models.Q(**{f"{to}ends_at__isnull": True}) | models.Q(**{f"{to}ends_at__gt": now})
    return models.Q(**{f"{to}ended_at__isnull": True}) & held & (models.Q() if with_later else begun)


class Membership(models.Model):
    """Roles of a person for one organisation in one engagement. An ended one stays, for the history.

    `space` is the shared space of the engagement, whose journal tells of it. Read to make a reach, so not spaced.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    engagement_id = models.UUIDField(db_index=True)
    journal_space_id = models.UUIDField()
    side = models.CharField(max_length=8, choices=Side.choices)
    roles = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Of one for a time, as an auditor's: from when until when it reaches anything.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    # When the person last opened a page of the engagement, to some minutes; told to their own side only.
    last_seen_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "person_id", "organisation_id", "engagement_id", "side", "roles", "starts_at", "ends_at", "ended_at",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "engagement_id"),
                condition=models.Q(ended_at__isnull=True),
                name="membership_once_while_it_lasts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} for {self.organisation_id}"

    @property
    def seen_as(self) -> str:
        return ",".join(self.roles)
