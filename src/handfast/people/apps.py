"""Django's name for the room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, persons, memberships."""

    name = "handfast.people"
    label = "people"
