"""Django's name for the room of packs."""

from __future__ import annotations

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Reports for people."""

    name = "handfast.packs"
    label = "packs"

    def ready(self) -> None:
        """Let the worker know what it can be asked to do."""
        from handfast.packs import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
