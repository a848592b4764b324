"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class TransitionConfig(AppConfig):
    """The plan of the transition."""

    name = "handfast.transition"
    label = "transition"

    def ready(self) -> None:
        from handfast.transition import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
