"""Django's name for the room of governance."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers and their entries."""

    name = "handfast.governance"
    label = "governance"

    def ready(self) -> None:
        """Let entries be commented."""
        from handfast.evidence.queries.things import let_be_commented  # noqa: PLC0415 - it needs the models of all rooms
        from handfast.governance.queries.commented import KIND, entry_thing  # noqa: PLC0415 - as above

        let_be_commented(KIND, entry_thing)
