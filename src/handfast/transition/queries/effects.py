"""What a change would move, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.schedule import schedule
from handfast.transition.models import Activity
from handfast.transition.queries.answers import sides_of_spaces
from handfast.transition.queries.job import plan_at_job, undated
from handfast.transition.queries.planned import planned
from handfast.transition.queries.plans import PlanRows, rows_of
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.transition.models import Freeze, Link, Plan
    from handfast.transition.queries.job import PlanJob

Change = Callable[[PlanRows], PlanRows]


@dataclass(frozen=True, slots=True)
class Move:
    """A shared activity whose end moves."""

    activity_id: UUID
    name: str
    lead: str
    kind: str
    agreed: str
    from_at: datetime
    to_at: datetime

    def needs_acceptance(self, side: str) -> bool:
        """Whether the other side must accept that it moves: a milestone, a gate, or not the side's own."""
        return self.kind != Activity.Kind.WORK or bool(self.agreed) or self.lead not in (side, "either")

    def as_plain(self) -> dict[str, str]:
        return {
            "activity": str(self.activity_id), "name": self.name, "lead": self.lead, "kind": self.kind,
            "from": self.from_at.isoformat(), "to": self.to_at.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What moves among the shared activities, as computed on one version of the plan."""

    version: int
    moves: tuple[Move, ...]

    def needs_acceptance(self, side: str) -> bool:
        return any(move.needs_acceptance(side) for move in self.moves)


def effect_of(engagement: UUID, change: Change) -> Effect:
    """Schedule a plan as it stands and as it would be. Raises NotSeen, ActivityRefused.

    A refusal names only what whoever asks may see: a ring may lead through what is internal to the other side.
    It runs in the reach of the job, since what is internal to either side moves dates too; of that nothing is told.
    """
    try:
        with plan_at_job(engagement) as job:
            return _compared(job.plan, job.spaces, change)
    except PlanRefused as refused:
        _check_in_sight(job, change)
        raise undated() from refused


def _check_in_sight(job: PlanJob, change: Change) -> None:
    """Tell what is wrong by name, where it is wrong within the reach of whoever asks. Raises ActivityRefused."""
    rows = change(rows_of(job.plan))
    try:
        schedule(planned(rows, internal_spaces=sides_of_spaces(job.plan, job.spaces)))
    except PlanRefused as refused:
        said = str(refused)
        for one in rows.activities:
            said = said.replace(str(one.pk), f"“{one.name}”")
        raise ActivityRefused(said) from refused


def _compared(plan: Plan, spaces: Mapping[UUID, UUID | None], change: Change) -> Effect:
    rows = rows_of(plan)
    sides = sides_of_spaces(plan, spaces)
    before = schedule(planned(rows, internal_spaces=sides)).by_id
    after = schedule(planned(change(rows), internal_spaces=sides)).by_id
    moves = [
        Move(
            one.pk, one.name, one.lead, one.kind, one.agreed,
            moment_of(before[str(one.pk)].ends_us), moment_of(after[str(one.pk)].ends_us),
        )
        for one in rows.activities
        if one.space_id == plan.space_id
        and str(one.pk) in after
        and before[str(one.pk)].ends_us != after[str(one.pk)].ends_us
    ]  # fmt: skip
    return Effect(plan.version, tuple(moves))


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


def unlinked(link_id: UUID) -> Change:
    """The change that takes a link out."""

    def change(rows: PlanRows) -> PlanRows:
        return replace(rows, links=tuple(one for one in rows.links if one.pk != link_id))

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


def _with(one: Activity, activity_id: UUID, changes: Mapping[str, Any]) -> Activity:
    if one.pk != activity_id:
        return one
    changed = copy(one)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed
