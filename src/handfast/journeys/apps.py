"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """What crosses rooms."""

    name = "handfast.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Register what the worker does for journeys."""
        from handfast.journeys import answering_tasks, channelling, digesting, tasks  # noqa: F401, PLC0415 - it needs the models of all rooms
