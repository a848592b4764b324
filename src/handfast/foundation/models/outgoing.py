"""The outbox: what is to be sent or done later, written in the transaction of the change."""

from __future__ import annotations

import uuid

from django.db import models


class Outgoing(models.Model):
    """One thing to do: its kind and ids only. The worker reads it across spaces, so it is not spaced.

    A worker holds it by a lease; whoever's lease has run out has lost it. `key` says once for all: two rows
    with one key cannot be. `done_share` (parts of 1,000) and `said` are the progress of long work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    space_id = models.UUIDField(editable=False)
    subject_id = models.UUIDField(editable=False)
    organisation_id = models.UUIDField(null=True, editable=False)
    person_id = models.UUIDField(null=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    done_share = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "outgoing"
        indexes = (
            models.Index(
                fields=("due_at",),
                name="outgoing_waiting",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
