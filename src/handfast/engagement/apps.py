"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Engagements and their parties."""

    name = "handfast.engagement"
    label = "engagement"
