"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, persons, memberships."""

    name = "handfast.people"
    label = "people"

    def ready(self) -> None:
        """Let the worker know what it can be asked to do."""
        from handfast.people import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
