"""Instants as people read them: in the contract's zone, or in the zones of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


def day_words(day: date) -> str:
    """`14 Apr 2026`, as the language that is spoken writes a day."""
    return formatted(day, pgettext("how a day is written", "j M Y"))


def moment_words(local: datetime) -> str:
    """`Tue 14 Apr 2026, 10:02`, as the language that is spoken writes it."""
    return formatted(local, pgettext("how a moment is written", "D j M Y, H:i"))


def shown_at(instant: datetime, zone: str) -> str:
    """`14 Apr 2026, 10:02`, as a clock of the zone shows it."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y, %H:%M}"


def both_zones(instant: datetime, zones: Sequence[str]) -> str:
    """`14 Apr 2026, 04:02 Toronto, 10:02 Belgrade`; one zone for both is told once."""
    told: list[str] = []
    for zone in dict.fromkeys(zones):
        city = zone.rpartition("/")[2].replace("_", " ")
        clock = f"{instant.astimezone(ZoneInfo(zone)):%H:%M}" if told else shown_at(instant, zone)
        told.append(f"{clock} {city}")
    return ", ".join(told)
