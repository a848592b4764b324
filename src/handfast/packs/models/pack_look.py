"""How the packs of an organisation look: its colour and its logo."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced


class PackLook(Spaced):
    """In the organisation's home space, one at most. A pack is frozen with it, so that it never changes a pack that is there.

    `logo` is a PNG in base64, written anew from what was sent in; empty where there is none. Sizes are pixels.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accent = models.CharField(max_length=7)
    logo = models.TextField(blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("accent", "logo_sha256")

    class Meta(Spaced.Meta):
        constraints = (models.UniqueConstraint(fields=("space",), name="pack_look_once_a_home"),)

    def __str__(self) -> str:
        return f"look {self.accent}"
