"""Django's name for the room of governance."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers and their entries."""

    name = "handfast.governance"
    label = "governance"
