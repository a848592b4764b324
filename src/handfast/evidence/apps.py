"""Django's name for the room of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Comments, mentions and files."""

    name = "handfast.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Let the worker know what it can be asked to do."""
        from handfast.evidence import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
