"""One side's own plan beside the one that both keep: what either lacks, and where their dates differ."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.sight import the_one
from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.merging import merged, suggested_steps
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.schedule import schedule
from handfast.transition.models import OfferedPlan
from handfast.transition.queries.planned import planned
from handfast.transition.queries.told import day_of, ends_on
from handfast.transition.reading.offered import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.kernel.scheduling.merging import Merge
    from handfast.kernel.scheduling.plan import Plan as Planned
    from handfast.kernel.scheduling.plan import Side, Step
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.plans import PlanRows


@dataclass(frozen=True, slots=True)
class Theirs:
    """An activity of the plan that was sent in, with the days that its own plan gives it."""

    id: str
    name: str
    lead: str
    is_milestone: bool
    starts_on: date
    ends_on: date
    taken: str


@dataclass(frozen=True, slots=True)
class Ours:
    """An activity of the plan that both keep; no days while it is dated for the first time."""

    activity: Activity
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class InBoth:
    """One activity in both plans; `later_days` is how much later the one that was sent in ends."""

    ours: Ours
    theirs: Theirs
    is_same_name: bool
    later_days: int


@dataclass(frozen=True, slots=True)
class StepBeside:
    """A step: its phases, what both have, what only ours has, what only theirs has."""

    key: str
    name: str
    phases: tuple[str, ...]
    both: tuple[InBoth, ...]
    only_ours: tuple[Ours, ...]
    only_theirs: tuple[Theirs, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the plan that was sent in: how much it holds, and the step that it stands for or perhaps does."""

    key: str
    name: str
    activities: int
    step: str
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The whole comparison."""

    phases: tuple[Phase, ...]
    steps: tuple[StepBeside, ...]
    remarks: tuple[str, ...]

    @property
    def lacking(self) -> int:
        """What ours lacks, not counting what was taken over since."""
        return sum(not one.taken for step in self.steps for one in step.only_theirs)

    @property
    def differing(self) -> int:
        return sum(bool(one.later_days) for step in self.steps for one in step.both)

    @property
    def only_ours(self) -> int:
        return sum(len(step.only_ours) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Since:
    """What a version has that the one before lacks, and the other way; names with their phase."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


def offers_seen_by(actor: Actor, plan: Plan) -> QuerySet[OfferedPlan]:
    """What the actor's own side sent in, the newest first."""
    return OfferedPlan.objects.filter(plan=plan, space_id__in=actor.reach.reads).order_by("-number")


def offer_seen_by(actor: Actor, offered: UUID) -> OfferedPlan:
    """One of them. Raises NotSeen."""
    rows = OfferedPlan.objects.filter(space_id__in=actor.reach.reads)
    found: OfferedPlan = the_one(rows.select_related("plan__engagement").filter(pk=offered))
    return found


def plan_in(offered: OfferedPlan) -> Planned:
    """The plan that was sent in, as the kernel knows it."""
    return read_plan(json.dumps(offered.content), name=offered.file_name)


def merge_of(offered: OfferedPlan, rows: PlanRows, side: Side) -> Merge:
    """Both plans side by side under the mapping that stands. Raises PlanRefused."""
    return merged(_own(rows, side), plan_in(offered), _mapping(offered, rows))


def beside(offered: OfferedPlan, rows: PlanRows, side: Side) -> Beside:
    """The comparison as a page tells it: by our steps. Raises PlanRefused."""
    own, plan = _own(rows, side), plan_in(offered)
    mapping = _mapping(offered, rows)
    found = merged(own, plan, mapping)
    theirs, ours = _theirs(offered, plan), _ours(rows)
    names = {step.key: step.name for step in rows.steps}
    phases = {step.key: step.name for step in plan.steps}
    steps = tuple(
        StepBeside(
            one.step,
            names.get(one.step, one.step),
            tuple(phases[phase] for phase, step in mapping.items() if step == one.step),
            tuple(
                _in_both(ours[pair.own], theirs[pair.theirs], is_same_name=pair.is_same_name)
                for pair in one.pairs
            ),
            tuple(ours[id_] for id_ in one.only_own if ours[id_].activity.kind == "work"),
            tuple(theirs[id_] for id_ in one.only_theirs),
        )
        for one in found.steps
        if one.step in mapping.values()
    )
    return Beside(_phases(offered, plan, suggested_steps(own, plan)), steps, found.remarks)


def since(offered: OfferedPlan, former: OfferedPlan) -> Since:
    """What changed from one version to the next: matched by phase and name, since rows move in a sheet."""
    now, before = (_lines(plan_in(one)) for one in (offered, former))
    added = [key for key in now if key not in before]
    gone = [key for key in before if key not in now]
    changed = [key for key in now if key in before and now[key] != before[key]]
    return Since(*(tuple(_named(key) for key in keys) for keys in (added, gone, changed)))


def _lines(plan: Planned) -> dict[tuple[str, str, int], tuple[object, ...]]:
    phases = {step.key: step.name for step in plan.steps}
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str, int], tuple[object, ...]] = {}
    for one, dated in zip(plan.activities, schedule(plan).dated, strict=True):
        phase = phases.get(one.step, "")
        seen[phase, one.name] += 1
        found[phase, one.name, seen[phase, one.name]] = (one.estimate, dated.starts_us, dated.ends_us)
    return found


def _named(key: tuple[str, str, int]) -> str:
    phase, name, _ = key
    return f"{phase}: {name}" if phase else name


def frame_of(rows: PlanRows, side: Side) -> Frame:
    """What a file of one side's own does not say, as the plan that both keep says it."""
    own = _own(rows, side)
    return Frame(side, own.zone, own.starts_us, own.parties)


def _own(rows: PlanRows, side: Side) -> Planned:
    internal: dict[UUID, Side] = {
        one.space_id: side for one in rows.activities if one.space_id != rows.plan.space_id
    }
    return planned(rows, internal_spaces=internal)


def _mapping(offered: OfferedPlan, rows: PlanRows) -> dict[str, str]:
    """Without phases that are left out, and without steps that are no longer there."""
    steps = {step.key for step in rows.steps}
    return {phase: step for phase, step in offered.mapping.items() if step in steps}


def _phases(offered: OfferedPlan, plan: Planned, suggested: Mapping[str, str]) -> tuple[Phase, ...]:
    counted = Counter(one.step for one in plan.activities)
    return tuple(_phase(step, counted[step.key], offered, suggested) for step in plan.steps)


def _phase(step: Step, many: int, offered: OfferedPlan, suggested: Mapping[str, str]) -> Phase:
    is_mapped = step.key in offered.mapping
    chosen = offered.mapping[step.key] if is_mapped else suggested.get(step.key, "")
    return Phase(step.key, step.name, many, chosen, bool(chosen) and not is_mapped)


def _theirs(offered: OfferedPlan, plan: Planned) -> dict[str, Theirs]:
    zone = offered.plan.engagement.zone
    return {
        one.id: Theirs(
            one.id, one.name, one.lead, one.kind != "work", day_of(moment_of(dated.starts_us), zone),
            day_of(moment_of(dated.ends_us), zone), offered.taken.get(one.id, ""),
        )
        for one, dated in zip(plan.activities, schedule(plan).dated, strict=True)
    }  # fmt: skip


def _ours(rows: PlanRows) -> dict[str, Ours]:
    zone = rows.plan.engagement.zone
    found = {}
    for one in rows.activities:
        dates = rows.dates.get(one.pk)
        found[str(one.pk)] = Ours(
            one,
            day_of(dates.starts_at, zone) if dates else None,
            ends_on(dates, zone) if dates else None,
        )
    return found


def _in_both(ours: Ours, theirs: Theirs, *, is_same_name: bool) -> InBoth:
    later = (theirs.ends_on - ours.ends_on).days if ours.ends_on else 0
    return InBoth(ours, theirs, is_same_name, later)
