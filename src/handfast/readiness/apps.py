"""Django's name for the room of readiness."""

from __future__ import annotations

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """What each step must prove, and the gates."""

    name = "handfast.readiness"
    label = "readiness"

    def ready(self) -> None:
        """Let comments, files and links find criteria."""
        from handfast.evidence.queries.things import make_known  # noqa: PLC0415 - it needs the models of all rooms
        from handfast.readiness import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
        from handfast.readiness.queries.gates import FINDER, KIND  # noqa: PLC0415 - as above

        make_known(KIND, FINDER)
