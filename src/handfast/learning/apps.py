"""Django's name for the room of learning."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Topics, classes, sessions, tests and certificates."""

    name = "handfast.learning"
    label = "learning"

    def ready(self) -> None:
        """Let comments, files and links find topics: recordings, pictures and guides hang there."""
        from handfast.evidence.queries.things import make_known  # noqa: PLC0415 - it needs the models of all rooms
        from handfast.learning import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
        from handfast.learning.queries.topic_things import FINDER, KIND  # noqa: PLC0415 - as above

        make_known(KIND, FINDER)
