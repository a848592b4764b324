"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class OperateConfig(AppConfig):
    """Statements, disputes and adjustments."""

    name = "handfast.operate"
    label = "operate"
