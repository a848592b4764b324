"""The waves of a plan: which there are, what of the plan belongs to one, and whether their order is risky."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handfast.foundation.sight import the_one
from handfast.transition.models import Wave

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.plans import PlanRows

# Full volume: what the templates call so, under either of their keys.
LIVE_KEYS = ("go_live.full", "golive.full")


@dataclass(frozen=True, slots=True)
class RiskyOrder:
    """A wave that begins before one that is less critical: what goes wrong first hits what matters more."""

    first: Wave
    later: Wave

    @property
    def said(self) -> str:
        return (
            f"“{self.first.name}” is more critical than “{self.later.name}” and goes before it: "
            "let the less critical one go first, its lessons are cheaper."
        )


def waves_of(plan: Plan) -> tuple[Wave, ...]:
    """The waves by their numbers; none where the plan has one only."""
    return tuple(Wave.objects.filter(plan=plan))


def wave_seen_by(actor: Actor, wave: UUID) -> Wave:
    """One wave. Raises NotSeen."""
    rows = Wave.objects.filter(space_id__in=actor.reach.reads)
    found: Wave = the_one(rows.select_related("plan__engagement").filter(pk=wave))
    return found


def risky_orders(waves: Iterable[Wave]) -> tuple[RiskyOrder, ...]:
    """For each wave the next one that is less critical and begins later."""
    by_start = sorted(waves, key=lambda one: (one.starts_on, one.number))
    found = []
    for place, first in enumerate(by_start):
        later = next((one for one in by_start[place + 1 :] if one.criticality < first.criticality), None)
        if later is not None:
            found.append(RiskyOrder(first, later))
    return tuple(found)


def wave_in(activity: Activity, waves: Sequence[Wave]) -> int:
    """The number of its wave; what is of none that is left belongs to the first."""
    return activity.wave if any(one.number == activity.wave for one in waves) else 1


def rows_in_wave(rows: PlanRows, number: int, waves: Sequence[Wave]) -> PlanRows:
    """Only what belongs to one wave. Freezes are those of the plan."""
    activities = tuple(one for one in rows.activities if wave_in(one, waves) == number)
    known = {one.pk for one in activities}
    links = tuple(one for one in rows.links if {one.before_id, one.after_id} <= known)
    return replace(rows, activities=activities, links=links)


def running_wave(rows: PlanRows, waves: Sequence[Wave]) -> int:
    """The first wave in which something is left to do; the last one where all is done."""
    for one in waves:
        if any(each.wave == one.number and each.finished_on is None for each in rows.activities):
            return one.number
    return waves[-1].number if waves else 1


def is_go_live(activity: Activity) -> bool:
    """Whether it is the go-live of its wave."""
    return activity.key.removeprefix(prefix_of(activity.wave)) in LIVE_KEYS


def next_go_live(activities: Iterable[Activity]) -> Activity | None:
    """The go-live of the first wave that is not live; of the last one where all are, None where none has one."""
    lives = sorted((one for one in activities if is_go_live(one)), key=lambda one: one.wave)
    return next((one for one in lives if one.finished_on is None), lives[-1] if lives else None)


def prefix_of(number: int) -> str:
    """What stands before the keys of a wave's copies; nothing in the first."""
    return f"w{number}." if number > 1 else ""
