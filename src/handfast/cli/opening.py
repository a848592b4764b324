"""Opens the application for the verbs that need its database; the others start without it."""

from __future__ import annotations

import os


def open_house() -> None:
    """Read the settings and the models of all rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handfast.settings")
    import django

    django.setup()
