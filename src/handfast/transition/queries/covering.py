"""The holidays of each side after the go-live, with how each is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.sight import the_one
from handfast.transition.models import Cover
from handfast.transition.queries.told import ends_on
from handfast.transition.queries.waves import is_go_live

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.queries.together import Together


@dataclass(frozen=True, slots=True)
class Covered:
    """A holiday of a side on a day on which it would work; `cover` is None while nobody has said how it is covered."""

    side: str
    on: date
    name: str
    cover: Cover | None


def live_on(rows: PlanRows) -> date | None:
    """The day of the first wave's go-live, else of what ends last: from then on there is work to cover; None without dates."""
    shared = [one for one in rows.activities if one.space_id == rows.plan.space_id and one.pk in rows.dates]
    ends = {one.pk: ends_on(rows.dates[one.pk], rows.plan.engagement.zone) for one in shared}
    return min((ends[one.pk] for one in shared if is_go_live(one)), default=None) or max(
        ends.values(), default=None
    )


def covered_in(plan: Plan, found: Together, after: date | None) -> tuple[Covered, ...]:
    """Those of one year after the go-live, in their order."""
    if after is None:
        return ()
    kept = {(one.side, one.on): one for one in Cover.objects.filter(plan=plan)}
    days = [
        Covered(side, on, name, kept.get((side, on)))
        for side in found.named
        for on, name in holidays_of(found, side).items()
        if on > after
    ]
    return tuple(sorted(days, key=lambda one: (one.on, one.side)))


def holidays_of(found: Together, side: str) -> dict[date, str]:
    """The days closed by name on a weekday on which the side works at all."""
    weekdays = {on.weekday() for on in found.works[side]}
    return {on: name for on, name in found.named[side].items() if on.weekday() in weekdays}


def cover_seen_by(actor: Actor, engagement: UUID, cover: UUID) -> Cover:
    """One of them. Raises NotSeen."""
    rows = Cover.objects.filter(plan__engagement_id=engagement, space_id__in=actor.reach.reads)
    found: Cover = the_one(rows.select_related("plan__engagement").filter(pk=cover))
    return found
