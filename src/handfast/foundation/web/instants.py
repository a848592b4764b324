"""Instants as people read them: in the contract's zone, or in the zones of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


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
