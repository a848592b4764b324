"""Django's name for the foundation."""

from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Spaces, journal and outbox."""

    name = "handfast.foundation"
    label = "foundation"
