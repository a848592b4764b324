"""Django's name for the room of governance."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers and their entries."""

    name = "handfast.governance"
    label = "governance"

    def ready(self) -> None:
        """Let comments, files and links stand beside entries."""
        from handfast.evidence.queries.things import make_known  # noqa: PLC0415 - it needs the models of all rooms
        from handfast.governance.queries.things import FINDER, KIND  # noqa: PLC0415 - as above

        make_known(KIND, FINDER)
