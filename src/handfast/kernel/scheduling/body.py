"""A schedule as plain data for programs and pages: instants as ISO texts, lengths as whole microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import iso_of, moment_of
from handfast.kernel.scheduling.demand import demand_of
from handfast.kernel.scheduling.masking import mask_of
from handfast.kernel.scheduling.plan import SIDES
from handfast.kernel.scheduling.wording import sentence_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from handfast.kernel.scheduling.demand import Demand
    from handfast.kernel.scheduling.masking import Mask
    from handfast.kernel.scheduling.plan import Activity
    from handfast.kernel.scheduling.schedule import Dated, Missed, Schedule
    from handfast.kernel.scheduling.wording import Reader

FORMAT = "handfast schedule 1"


def schedule_body(schedule: Schedule, *, seen_by: Reader | None = None) -> dict[str, Any]:
    """All of a schedule that a reader may know; the keys are the same for every plan and every reader."""
    plan, mask = schedule.plan, mask_of(schedule.plan, seen_by)
    pairs = zip(plan.activities, schedule.dated, strict=True)
    demand = demand_of(schedule, lambda activity: not mask.hides(activity.id))
    return {
        "format": FORMAT,
        "plan": {
            "name": plan.name,
            "zone": plan.zone,
            "starts": iso_of(plan.starts_us),
            "as_of": None if plan.as_of_us is None else iso_of(plan.as_of_us),
        },
        "parties": {party.side: {"name": party.name, "zone": party.calendar.zone} for party in plan.parties},
        "seen_by": seen_by,
        "ends": iso_of(schedule.ends_us),
        "chain": mask.ids_of(schedule.chain),
        "activities": [_activity(schedule, activity, dated, mask) for activity, dated in pairs],
        "missed": [_missed(missed, mask) for missed in schedule.missed],
        "demand": [_demand(one) for one in demand],
    }


def local_text(instant_us: int, zone: str) -> str:
    """An instant on a wall clock, with its offset."""
    return moment_of(instant_us).astimezone(zone_named(zone)).isoformat()


def _activity(schedule: Schedule, activity: Activity, dated: Dated, mask: Mask) -> dict[str, Any]:
    is_hidden = mask.hides(activity.id)
    zones: dict[str, str] = {"plan": schedule.plan.zone}
    zones |= {side: _zone_at(schedule, side, activity) for side in SIDES}
    if is_hidden:  # where somebody works tells something too
        zones = {"plan": schedule.plan.zone} | {
            party.side: party.calendar.zone for party in schedule.plan.parties
        }
    known: dict[str, Any] = {
        "id": mask.id_of(activity.id),
        "name": mask.name_of(activity),
        "is_hidden": is_hidden,
        "lead": activity.internal_to if is_hidden else activity.lead,
        "internal_to": activity.internal_to,
        "starts": iso_of(dated.starts_us),
        "ends": iso_of(dated.ends_us),
        "local": {
            name: {"starts": local_text(dated.starts_us, zone), "ends": local_text(dated.ends_us, zone)}
            for name, zone in zones.items()
        },
        "is_critical": dated.is_critical,
        "is_done": dated.is_done,
    }
    told: dict[str, Any] = {
        "step": activity.step,
        "kind": activity.kind,
        "site": activity.site,
        "wave": activity.wave,
        "latest_starts": iso_of(dated.latest_starts_us),
        "latest_ends": iso_of(dated.latest_ends_us),
        "length_us": dated.length_us,
        "day_us": dated.day_us,
        "total_float_us": dated.total_float_us,
        "free_float_us": dated.free_float_us,
        "bound": None if is_hidden else _bound(dated, mask),
        "why": None if is_hidden else sentence_of(schedule, activity.id, seen_by=mask.reader),
    }
    return known | (dict.fromkeys(told) if is_hidden else told)


def _zone_at(schedule: Schedule, side: str, activity: Activity) -> str:
    party = schedule.plan.parties[SIDES.index(side)]
    return party.sites.get(activity.site, party.calendar).zone


def _bound(dated: Dated, mask: Mask) -> dict[str, Any]:
    link = dated.bound.link
    return {
        "by": dated.bound.by,
        "until": iso_of(dated.bound.until_us),
        "activity": None if link is None else mask.id_of(link.other),
        "link": None if link is None else link.kind,
    }


def _missed(missed: Missed, mask: Mask) -> dict[str, Any]:
    return {
        "id": mask.id_of(missed.id),
        "kind": missed.kind,
        "wanted": iso_of(missed.wanted_us),
        "reached": iso_of(missed.reached_us),
        "chain": mask.ids_of(missed.chain),
    }


def _demand(one: Demand) -> dict[str, Any]:
    """Days as exact fractions, `7/2`."""
    return {
        "side": one.side,
        "role": one.role,
        "monday": one.monday.isoformat(),
        "days": str(one.days),
        "released": None if one.released is None else str(one.released),
        "is_short": one.is_short,
    }
