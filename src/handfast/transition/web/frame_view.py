"""Both sides' calendars and people as the page tells them, and what a form makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.engagement.models import Party
    from handfast.transition.models import Plan

A_DAY = timedelta(days=1)
WEEK = "mon-fri"


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site that works on a calendar of its own, in words."""

    name: str
    zone: str
    hours: str
    holidays: str


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """A side's week, holidays and people, in words."""

    side: str
    name: str
    zone: str
    hours: tuple[tuple[str, str], ...]
    holidays: str
    released: tuple[tuple[str, int], ...]
    sites: tuple[SiteFacts, ...]


def calendar_facts(plan: Plan, party: Party) -> CalendarFacts:
    """What the plan holds of one side."""
    said = plan.calendars[party.side]
    released = tuple(sorted(plan.released.get(party.side, {}).items()))
    sites = tuple(
        SiteFacts(
            name, own["zone"], "; ".join(f"{days} {windows}" for days, windows in _hours(own)), _place(own)
        )
        for name, own in sorted(plan.sites.get(party.side, {}).items())
    )
    return CalendarFacts(party.side, party.name, said["zone"], _hours(said), _place(said), released, sites)


def _hours(said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (days.title().replace("-", "–"), ", ".join(windows)) for days, windows in said["hours"].items()
    )


def _place(said: Mapping[str, Any]) -> str:
    holidays = said.get("holidays") or {}
    return ", ".join(filter(None, (holidays.get("country"), holidays.get("subdivision")))) or "none"


def with_site(plan: Plan, side: str, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's sites with one of one side new, or with another week and other holidays."""
    own = plan.sites.get(side, {})
    before = own.get(name, {"hours": {}}) | {"zone": given["zone"]}
    return {**plan.sites, side: {**own, name: calendar_from(before, given)}}


def without_site(plan: Plan, side: str, name: str) -> dict[str, Any]:
    """The plan's sites less one of one side."""
    own = {key: one for key, one in plan.sites.get(side, {}).items() if key != name}
    return {**plan.sites, side: own}


def calendar_from(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The calendar with the form's week and country; closed and half days that were written stay."""
    holidays = {key: one for key, one in (before.get("holidays") or {}).items() if key in ("add", "half")}
    if given["country"]:
        holidays["country"] = given["country"]
        if given["subdivision"]:
            holidays["subdivision"] = given["subdivision"]
        if before.get("holidays", {}).get("remove"):
            holidays["remove"] = before["holidays"]["remove"]
    made = {**before, "hours": {WEEK: [given["hours"]]}}
    return made | {"holidays": holidays} if holidays else {key: made[key] for key in ("zone", "hours")}


def released_with(
    before: Mapping[str, Mapping[str, int]], side: str, role: str, number: int
) -> dict[str, dict[str, int]]:
    """The people released, with one role of one side changed; none takes the role out."""
    own = {key: one for key, one in before.get(side, {}).items() if key != role}
    return {key: dict(one) for key, one in before.items()} | {side: own | ({role: number} if number else {})}
