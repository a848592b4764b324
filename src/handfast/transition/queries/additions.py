"""What is taken over of one side's own plan, as rows that are ready to stand in the plan that both keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.writing import duration_text
from handfast.transition.models import Activity, Link
from handfast.transition.queries.checking import LONGEST_NAME
from handfast.transition.queries.effects import effect_of, extended
from handfast.transition.queries.offering import side_that_offers
from handfast.transition.queries.offers import merge_of
from handfast.transition.queries.planned import zones_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sharing import space_to_plan_in
from handfast.transition.queries.told import day_of
from handfast.transition.refusals import NothingTaken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.kernel.scheduling.plan import Activity as PlannedActivity
    from handfast.kernel.scheduling.plan import Duration
    from handfast.kernel.scheduling.plan import Link as PlannedLink
    from handfast.transition.models import OfferedPlan, Plan
    from handfast.transition.queries.effects import Effect

MOST_TAKEN = 500
LONGEST_LENGTH = 12
MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True)
class Addition:
    """Rows that are ready to stand in the plan, with the id that each had in the plan that was sent in."""

    activities: Mapping[str, Activity]
    links: tuple[Link, ...]


def wanted_of(
    actor: Actor, offered: OfferedPlan, wanted: Collection[str], *, is_internal: bool
) -> tuple[Addition, Effect]:
    """What the doors hand to taking over: the rows of what is wanted, and what they move. Raises NothingTaken.

    Also NotPermitted, ActivityRefused, and NothingTaken with those that the plan does not lack.
    """
    plan = plan_seen_by(actor, offered.plan.engagement_id)
    side, rows = side_that_offers(actor, plan), rows_of(plan)
    additions = merge_of(offered, rows, side).additions
    if unknown := set(wanted) - {one.id for one in additions}:
        raise NothingTaken("not among what the plan lacks", [("wanted", one) for one in sorted(unknown)])
    addition = addition_of(
        plan, [one for one in additions if one.id in wanted],
        known={str(one.pk): one.pk for one in rows.activities}, side=side,
        space=space_to_plan_in(actor, plan, is_internal=is_internal).pk,
    )  # fmt: skip
    change = extended(addition.activities.values(), addition.links)
    return addition, effect_of(plan.engagement_id, change)


def addition_of(
    plan: Plan, chosen: Sequence[PlannedActivity], *, known: Mapping[str, UUID], side: str, space: UUID
) -> Addition:
    """Rows of what is chosen of a merge's additions, for one space, led by the own side. Raises NothingTaken.

    `known` are the activities that stand in the plan, by the id that the merge has of them.
    A link to what is not taken over is left out. Roles are not taken over: a file of one's own names people there.
    """
    if len(chosen) > MOST_TAKEN:
        raise NothingTaken(
            f"{len(chosen)} activities: at most {MOST_TAKEN} are taken over at once",
            [("wanted", "choose fewer")],
        )
    rows = {one.id: _row(plan, one, side, space) for one in chosen}
    ids = {id_: row.pk for id_, row in rows.items()}
    links = [
        Link(space_id=space, plan=plan, before_id=before, after_id=ids[one.id], **asks_of(link))
        for one in chosen
        for link in one.after
        if (before := ids.get(link.other) or known.get(link.other)) is not None
    ]
    return Addition(rows, tuple(links))


def _row(plan: Plan, one: PlannedActivity, side: str, space: UUID) -> Activity:
    zone = zones_of(plan)[side]
    lasts = one.kind == "work"
    points = one.estimate
    return Activity(
        space_id=space, plan=plan, key=f"taken.{uuid4().hex}", name=one.name[:LONGEST_NAME], kind=one.kind,
        lead=side, step_key=one.step,
        low=_length(points.low) if lasts else "", likely=_length(points.likely) if lasts else "",
        high=_length(points.high) if lasts else "",
        not_before_on=_day(one.not_before_us, zone), fixed_on=_day(one.fixed_us, zone),
        deadline_on=_day(one.deadline_us, zone, back=timedelta(microseconds=1)),
    )  # fmt: skip


def asks_of(link: PlannedLink) -> dict[str, str]:
    """How a link asks: its kind, and its lag as the plan keeps it."""
    lag = _length(link.lag) if link.lag.amount else ""
    return {"kind": link.kind, "lag": lag, "lag_on": link.lag_on or "" if lag else ""}


def _length(length: Duration) -> str:
    """As the plan keeps it; what is too long to write is told to the minute."""
    text = duration_text(length)
    if len(text) <= LONGEST_LENGTH:
        return text
    whole = length.amount // (MINUTE_US if length.unit == "h" else 1)
    return f"{whole}m" if length.unit == "h" else text[: LONGEST_LENGTH - 1] + "d"


def _day(instant_us: int | None, zone: str, *, back: timedelta = timedelta()) -> date | None:
    return None if instant_us is None else day_of(moment_of(instant_us) - back, zone)
