"""Django's name for the room of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Comments and mentions."""

    name = "handfast.evidence"
    label = "evidence"
