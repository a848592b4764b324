"""Browsers of the cast, for the tests of records' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

if TYPE_CHECKING:
    from tests.records.deal import Deal


def signed_in(bargain: Deal, person: str | None, *, checks_forms: bool = False) -> Client:
    """A browser in which somebody of the cast is signed in; nobody where `person` is None."""
    client = Client(enforce_csrf_checks=checks_forms)
    if person is not None:
        client.force_login(getattr(bargain.cast, person))
    return client


def here(bargain: Deal, rest: str = "") -> str:
    return f"/engagements/{bargain.engagement.pk}/records/{rest}"
