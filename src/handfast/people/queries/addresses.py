"""Where the doors of later rooms are, known here by their addresses only."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def feed_address(secret: str) -> str:
    """Where a calendar feed is read, whole, as a calendar program wants it."""
    return settings.HANDFAST_ADDRESS + reverse("journeys:feed", args=[secret])
