"""The journal: one chain of entries a space, with contents that can be erased."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models

from handfast.foundation.fence import FencedManager, Spaced


class Entry(Spaced):
    """One link: its place in the chain, the hash before it, and the commitment to its contents.

    `hash` is SHA-256 over space, sequence, previous and commitment; hex throughout. Ids only, no names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "sequence"), name="entry_sequence_once_a_space"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} in {self.space_id}"


class Contents(Spaced):
    """What an entry says: salt and payload (canonical JSON); both empty after erasure, and then the reason stands here."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="contents")
    salt = models.CharField(max_length=64, blank=True)
    payload = models.TextField(blank=True)
    # Copied out of the payload so that a page can show the history of one thing; erased with it.
    action = models.CharField(max_length=80, blank=True, db_index=True)
    subject_id = models.UUIDField(null=True, db_index=True)
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    erased_because = models.CharField(max_length=200, blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("at", "erased_because")

    objects: ClassVar[FencedManager[Any]] = FencedManager()

    class Meta(Spaced.Meta):
        verbose_name_plural = "contents"

    def __str__(self) -> str:
        return f"{self.action or 'erased'} at {self.at}"


class Head(Spaced):
    """The last link of a space: the row that is locked to add the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta(Spaced.Meta):
        constraints = (models.UniqueConstraint(fields=("space",), name="head_once_a_space"),)

    def __str__(self) -> str:
        return f"{self.sequence} of {self.space_id}"
