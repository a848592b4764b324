"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Engagements and their parties."""

    name = "handfast.engagement"
    label = "engagement"

    def ready(self) -> None:
        """Tell people, who stand before, what engagements are called."""
        from handfast.engagement.queries import engagement_names_seen_by  # noqa: PLC0415 - after the models
        from handfast.people.web.naming import engagements_are_named_by  # noqa: PLC0415 - as above

        engagements_are_named_by(engagement_names_seen_by)
