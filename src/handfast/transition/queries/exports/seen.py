"""The plan of the kernel as the asker sees it, under the keys that people read, and dated as they are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.holding import held
from handfast.kernel.scheduling.schedule import schedule
from handfast.transition.queries.planned import planned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from handfast.kernel.scheduling.plan import Plan as Planned
    from handfast.kernel.scheduling.plan import Side
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.transition.queries.plans import PlanRows


def seen_schedule(rows: PlanRows, side: Side | None) -> Schedule:
    """What `side` sees, dated. What waits for something internal to the other side begins on its day instead.

    Dates of an older version hold nothing: they are about to change. Raises PlanRefused.
    """
    internal: dict[UUID, Side] = {
        one.space_id: side
        for one in rows.activities
        if side is not None and one.space_id != rows.plan.space_id
    }
    keys = keys_of(rows)
    plan = _under_keys(planned(rows, internal_spaces=internal), {str(pk): key for pk, key in keys.items()})
    if rows.plan.dated_version != rows.plan.version:
        return schedule(plan)
    told = {keys[pk]: instant_of(one.starts_at) for pk, one in rows.dates.items() if pk in keys}
    return held(plan, told)


def keys_of(rows: PlanRows) -> dict[UUID, str]:
    """What each activity is called in a file: its key, or its id where the own side uses that key too."""
    used: dict[str, UUID] = {}
    for one in rows.activities:
        used.setdefault(one.key, one.pk)
    return {one.pk: one.key if used[one.key] == one.pk else str(one.pk) for one in rows.activities}


def _under_keys(plan: Planned, keys: Mapping[str, str]) -> Planned:
    return replace(
        plan,
        activities=tuple(
            replace(
                one,
                id=keys[one.id],
                after=tuple(replace(link, other=keys[link.other]) for link in one.after),
            )
            for one in plan.activities
        ),
    )
