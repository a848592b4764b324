"""The address of the page where a finding is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from handfast.journeys.health.declared import Way


def mended_at(way: Way) -> str:
    """Raises NoReverseMatch: a finding that names no page is a bug."""
    return reverse(way.page, args=way.place) + (f"?{way.query}" if way.query else "")
