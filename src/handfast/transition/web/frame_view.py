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
class CalendarFacts:
    """A side's week, holidays and people, in words."""

    side: str
    name: str
    zone: str
    hours: tuple[tuple[str, str], ...]
    holidays: str
    released: tuple[tuple[str, int], ...]


def calendar_facts(plan: Plan, party: Party) -> CalendarFacts:
    """What the plan holds of one side."""
    said = plan.calendars[party.side]
    holidays = said.get("holidays") or {}
    place = ", ".join(filter(None, (holidays.get("country"), holidays.get("subdivision"))))
    hours = tuple((days.capitalize(), ", ".join(windows)) for days, windows in said["hours"].items())
    released = tuple(sorted(plan.released.get(party.side, {}).items()))
    return CalendarFacts(party.side, party.name, said["zone"], hours, place or "none", released)


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
