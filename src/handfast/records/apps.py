"""Django's name for the room of records."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Sources, uploads and batches."""

    name = "handfast.records"
    label = "records"
    verbose_name = "records"

    def ready(self) -> None:
        """Let the worker know what it can be asked to do."""
        from handfast.records import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
