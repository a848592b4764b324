"""What a change would move, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.foundation.scope import current_reach
from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.transition.models import Activity
from handfast.transition.queries.answers import sides_of_spaces
from handfast.transition.queries.job import plan_at_job, undated
from handfast.transition.queries.planned import Kept, planned
from handfast.transition.queries.plans import PlanRows, rows_of
from handfast.transition.queries.scheduled import scheduled
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from handfast.kernel.scheduling.schedule import Dated
    from handfast.transition.models import Freeze, Link
    from handfast.transition.queries.job import PlanJob

Change = Callable[[PlanRows], PlanRows]


@dataclass(frozen=True, slots=True)
class Move:
    """An activity whose dates move."""

    activity_id: UUID
    name: str
    lead: str
    kind: str
    from_at: datetime
    to_at: datetime
    begins_at: datetime

    def needs_acceptance(self, side: str) -> bool:
        """Whether the other side must accept that it moves: a milestone, a gate, or not the side's own."""
        return self.kind != Activity.Kind.WORK or self.lead not in (side, "either")

    def as_plain(self) -> dict[str, str]:
        return {
            "activity": str(self.activity_id), "name": self.name, "lead": self.lead, "kind": self.kind,
            "from": self.from_at.isoformat(), "to": self.to_at.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What moves, as computed on one version of the plan: `moves` by their ends among the shared activities.

    `own` are those of the asking side alone, and shared ones whose start moves and whose end does not: nobody is
    asked for them, and nothing of them is handed on. `added` are the dates of what the change adds, by its id.
    """

    version: int
    moves: tuple[Move, ...]
    own: tuple[Move, ...] = ()
    added: tuple[tuple[UUID, datetime, datetime], ...] = ()

    def needs_acceptance(self, side: str) -> bool:
        return any(move.needs_acceptance(side) for move in self.moves)


def effect_of(engagement: UUID, change: Change) -> Effect:
    """Schedule a plan as it stands and as it would be. Raises NotSeen, ActivityRefused."""
    return effects_of(engagement, [change])[0]


def effects_of(engagement: UUID, changes: Sequence[Change]) -> list[Effect]:
    """What each of these changes would move by itself, on one reading of the plan. Raises NotSeen, ActivityRefused.

    A refusal names only what whoever asks may see: a ring may lead through what is internal to the other side.
    It runs in the reach of the job, since what is internal to either side moves dates too; of that nothing is told.
    """
    seen = current_reach().reads
    try:
        with plan_at_job(engagement) as job:
            return _compared(job, seen, changes)
    except PlanRefused as refused:
        for change in changes:
            _check_in_sight(job, change)
        raise undated() from refused


def _check_in_sight(job: PlanJob, change: Change) -> None:
    """Tell what is wrong by name, where it is wrong within the reach of whoever asks. Raises ActivityRefused."""
    rows = change(rows_of(job.plan, is_dated=False))
    try:
        scheduled(planned(rows, internal_spaces=sides_of_spaces(job.plan, job.spaces)))
    except PlanRefused as refused:
        said = str(refused)
        for one in rows.activities:
            said = said.replace(str(one.pk), f"“{one.name}”")
        raise ActivityRefused(said) from refused


def _compared(job: PlanJob, seen: frozenset[UUID], changes: Sequence[Change]) -> list[Effect]:
    rows = rows_of(job.plan, is_dated=False)
    sides = sides_of_spaces(job.plan, job.spaces)
    now = planned(rows, internal_spaces=sides)
    before = scheduled(now).by_id
    found = []
    for change in changes:
        changed = planned(change(rows), internal_spaces=sides, kept=Kept.of(rows, now))
        found.append(_effect(rows, seen, before, scheduled(changed).by_id))
    return found


def _effect(
    rows: PlanRows, seen: frozenset[UUID], before: Mapping[str, Dated], after: Mapping[str, Dated]
) -> Effect:
    moves: list[Move] = []
    own: list[Move] = []
    for one in rows.activities:
        was, will = before[str(one.pk)], after.get(str(one.pk))
        if will is None or (was.starts_us, was.ends_us) == (will.starts_us, will.ends_us):
            continue
        if one.space_id == rows.plan.space_id and was.ends_us != will.ends_us:
            moves.append(_move(one, was, will))
        elif one.space_id in seen:
            own.append(_move(one, was, will))
    added = tuple(
        (UUID(id_), moment_of(one.starts_us), moment_of(one.ends_us))
        for id_, one in after.items()
        if id_ not in before
    )
    return Effect(rows.plan.version, tuple(moves), tuple(own), added)


def _move(one: Activity, was: Dated, will: Dated) -> Move:
    return Move(
        one.pk, one.name, one.lead, one.kind, moment_of(was.ends_us), moment_of(will.ends_us),
        moment_of(will.starts_us),
    )  # fmt: skip


def amended(activity_id: UUID, changes: Mapping[str, Any]) -> Change:
    """The change that gives an activity new values, on a copy: the rows that were read stay as they are."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, activities=tuple(_with(one, activity_id, changes) for one in rows.activities))

    return change


def removed(activity_id: UUID) -> Change:
    """The change that takes an activity out, and its links with it."""

    def change(rows: PlanRows) -> PlanRows:
        links = tuple(one for one in rows.links if activity_id not in (one.before_id, one.after_id))
        return replace(
            rows, activities=tuple(one for one in rows.activities if one.pk != activity_id), links=links
        )

    return change


def linked(link: Link) -> Change:
    """The change that adds a link, which is not written yet."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, links=(*rows.links, link))

    return change


def extended(activities: Iterable[Activity], links: Iterable[Link]) -> Change:
    """The change that adds activities with their links, which are not written yet."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, activities=(*rows.activities, *activities), links=(*rows.links, *links))

    return change


def unlinked(link_id: UUID) -> Change:
    """The change that takes a link out."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, links=tuple(one for one in rows.links if one.pk != link_id))

    return change


def parted(before_id: UUID, after_id: UUID, kind: str) -> Change:
    """The change that takes out a link between two activities."""

    def change(rows: PlanRows) -> PlanRows:
        said = (before_id, after_id, kind)
        kept = (one for one in rows.links if (one.before_id, one.after_id, one.kind) != said)
        return replace(rows, links=tuple(kept))

    return change


def framed(changes: Mapping[str, Any]) -> Change:
    """The change that gives the plan itself new values, on a copy."""

    def change(rows: PlanRows) -> PlanRows:
        plan = copy(rows.plan)
        for name, value in changes.items():
            setattr(plan, name, value)
        return replace(rows, plan=plan)

    return change


def frozen(freeze: Freeze) -> Change:
    """The change that adds a freeze, which is not written yet."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, freezes=(*rows.freezes, freeze))

    return change


def thawed(freeze_id: UUID) -> Change:
    """The change that takes a freeze away."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, freezes=tuple(one for one in rows.freezes if one.pk != freeze_id))

    return change


def _with(one: Activity, activity_id: UUID, changes: Mapping[str, Any]) -> Activity:
    if one.pk != activity_id:
        return one
    changed = copy(one)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed
