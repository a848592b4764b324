"""Django's name for the room of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Comments, mentions, files and documents."""

    name = "handfast.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Let the worker know what it can be asked to do, and comments, files and links stand beside documents."""
        from handfast.evidence import tasks  # noqa: F401, PLC0415 - importing registers the handlers, after the models
        from handfast.evidence.queries import passages  # noqa: PLC0415 - as above
        from handfast.evidence.queries.documents import FINDER, KIND  # noqa: PLC0415 - as above
        from handfast.evidence.queries.things import make_known  # noqa: PLC0415 - as above

        make_known(KIND, FINDER)
        make_known(passages.KIND, passages.FINDER)
