"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class TransitionConfig(AppConfig):
    """The plan of the transition, and what one side owes the other."""

    name = "handfast.transition"
    label = "transition"

    def ready(self) -> None:
        """Let comments, files and links stand beside deliverables and activities."""
        from handfast.evidence.queries.things import make_known  # noqa: PLC0415 - it needs the models of all rooms
        from handfast.transition import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
        from handfast.transition.queries import activity_things, deliverables  # noqa: PLC0415 - as above

        make_known(deliverables.KIND, deliverables.FINDER)
        make_known(activity_things.KIND, activity_things.FINDER)
