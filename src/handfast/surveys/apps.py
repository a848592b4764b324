"""Django's name for the room of surveys."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys, whom they are sent to, and what is said."""

    name = "handfast.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Let the worker know the jobs of this room."""
        from handfast.surveys import tasks  # noqa: F401, PLC0415 - it needs the models of all rooms
