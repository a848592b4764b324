"""Django's name for the foundation."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register

from handfast.foundation.lacking import mail_server_lacking, scanner_lacking


class FoundationConfig(AppConfig):
    """Spaces, journal and outbox."""

    name = "handfast.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Let `check --deploy` tell what the installation lacks."""
        for check in (mail_server_lacking, scanner_lacking):
            register(check, Tags.security, deploy=True)
