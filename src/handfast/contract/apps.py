"""Django's name for the room of contracts."""

from __future__ import annotations

from django.apps import AppConfig


class ContractConfig(AppConfig):
    """Agreements, drafts and versions of terms."""

    name = "handfast.contract"
    label = "contract"
