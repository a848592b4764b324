"""A plan in the next larger size, worked out and ready to be written; and what that would move."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handfast.transition.models import Activity, Link, Step
from handfast.transition.queries.effects import effect_of
from handfast.transition.queries.growing import CHANGED, GrowthLine, held_of, standings_in
from handfast.transition.queries.grown_links import grown_links
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.told import today_in
from handfast.transition.queries.waves import is_go_live, prefix_of, waves_of
from handfast.transition.reading.growths import growth_from, next_size
from handfast.transition.refusals import NothingLarger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from handfast.transition.models import Plan
    from handfast.transition.queries.effects import Change, Effect
    from handfast.transition.queries.growing import Standing, What
    from handfast.transition.queries.plans import AnyLink, PlanRows
    from handfast.transition.reading.growths import GrowthMap
    from handfast.transition.reading.templates import TemplateStep

GAP = 10
STEP_FIELDS = (
    "name", "lead", "description", "client_actions", "provider_actions", "deliverables", "criteria",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoLive:
    """The go-live of a wave on the likely path, now and after the growth."""

    wave: int
    from_at: datetime
    to_at: datetime

    def as_plain(self) -> dict[str, Any]:
        return {"wave": self.wave, "from": self.from_at.isoformat(), "to": self.to_at.isoformat()}


@dataclass(frozen=True, slots=True)
class Grown:
    """What the growth of one version of a plan does; `changed` and `steps` are rows that are there, with new values.

    `left_apart` are the names of pairs that the larger template links and people have linked the other way.
    """

    version: int
    from_size: str
    to_size: str
    lines: tuple[GrowthLine, ...]
    changed: tuple[Activity, ...]
    added: tuple[Activity, ...]
    links_in: tuple[Link, ...]
    links_out: tuple[AnyLink, ...]
    left_apart: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    steps_added: tuple[Step, ...]

    def of(self, what: What) -> tuple[GrowthLine, ...]:
        return tuple(one for one in self.lines if one.what == what)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "stay": len(self.of("stays")), "become": len(self.of("becomes")), "added": len(self.of("added")),
            "left_out": len(self.of("left out")),
        }  # fmt: skip


def grown_of(plan: Plan, at: datetime) -> Grown:
    """Work it out for a plan as it stands, from what both sides see of it. Raises NothingLarger."""
    if not next_size(plan.size):
        raise NothingLarger("the plan has the largest size: there is nothing that it grows into")
    growth = growth_from(plan.size)
    rows = rows_of(plan, is_dated=False)
    activities = [one for one in rows.activities if one.space_id == plan.space_id]
    known = {one.pk for one in activities}
    links = [one for one in rows.links if {one.before_id, one.after_id} <= known]
    by_key = {one.key: one for one in activities}
    held = held_of(plan, today_in(plan, at))
    standings = standings_in(plan, activities, waves_of(plan), growth, held)
    made, out, refused = grown_links(plan, by_key, standings, links, growth)
    lines = _with_others(standings, activities)
    names = {one.shown.pk: one.shown.name for one in lines}
    shown = [one.will for one in lines if one.will is not None and one.what != "left out"]
    _place(shown, growth)
    was = {one.pk: one for one in activities}
    added = [one for one in shown if one.pk not in was]
    _begin(added, standings, made, shown, held.today)
    steps, steps_added = _steps(plan, rows.steps, growth)
    return Grown(
        plan.version, plan.size, growth.large.size, lines,
        tuple(_counted(one, was[one.pk]) for one in shown if one.pk in was), tuple(added), tuple(made),
        tuple(out), tuple((names[one], names[other]) for one, other in refused), steps, steps_added,
    )  # fmt: skip


def grown_effect(plan: Plan, grown: Grown) -> tuple[Effect, tuple[GoLive, ...]]:
    """What it moves, and the go-live of each wave. Raises ActivityRefused where the plan could not be dated."""
    effect = effect_of(plan.engagement_id, _as_change(grown))
    ends = {one.activity_id: one.to_at for one in effect.moves}
    rows = rows_of(plan)
    found = [
        GoLive(one.wave, rows.dates[one.pk].ends_at, ends.get(one.pk, rows.dates[one.pk].ends_at))
        for one in rows.activities
        if is_go_live(one) and one.space_id == plan.space_id and one.pk in rows.dates
    ]
    return effect, tuple(sorted(found, key=lambda one: one.wave))


def _as_change(grown: Grown) -> Change:
    changed = {one.pk: one for one in grown.changed}
    out = {one.pk for one in grown.links_out}
    steps = {one.pk: one for one in grown.steps}

    def change(rows: PlanRows) -> PlanRows:
        kept = (one for one in rows.links if one.pk not in out)
        return replace(
            rows,
            steps=(*(steps.get(one.pk, one) for one in rows.steps), *grown.steps_added),
            activities=(*(changed.get(one.pk, one) for one in rows.activities), *grown.added),
            links=(*kept, *grown.links_in),
        )

    return change


def _with_others(standings: Iterable[Standing], activities: Iterable[Activity]) -> tuple[GrowthLine, ...]:
    """The lines of all waves, then what people added, which stays."""
    lines = [line for one in standings for line in one.lines]
    told = {one.was.pk for one in lines if one.was is not None}
    others = [one for one in activities if one.pk not in told]
    return (*lines, *(GrowthLine(one.wave, "stays", one, copy(one), "you added it") for one in others))


def _place(shown: Sequence[Activity], growth: GrowthMap) -> None:
    """In the order of the larger template; what it does not know stands last in its step."""
    places = {key: place for place, key in enumerate(growth.after.values)}
    steps = {one.key: place for place, one in enumerate(growth.large.steps)}

    def rank(one: Activity) -> tuple[int, int, int, int]:
        key = one.key.removeprefix(prefix_of(one.wave))
        return one.wave, steps.get(one.step_key, len(steps)), places.get(key, len(places)), one.position

    for place, one in enumerate(sorted(shown, key=rank), start=1):
        one.position = place * GAP


def _begin(
    added: Iterable[Activity],
    standings: Iterable[Standing],
    links: Iterable[Link],
    shown: Iterable[Activity],
    today: date,
) -> None:
    """What is new and waits for nothing in its wave that is still to be done begins with the wave, and not in the past."""
    wave_of = {one.pk: one.wave for one in shown if one.finished_on is None}
    begins = {one.number: one.begins_on for one in standings}
    held = {(wave_of.get(one.before_id), one.after_id) for one in links}
    for one in added:
        if (one.wave, one.pk) not in held and (one.wave > 1 or today > begins[1]):
            one.not_before_on = max(begins[one.wave], today)


def _counted(will: Activity, was: Activity) -> Activity:
    """With a version of its own where somebody's form would be stale; another place alone makes none."""
    if any(
        getattr(will, name) != getattr(was, name) for name in CHANGED if name not in ("position", "version")
    ):
        will.version = was.version + 1
    return will


def _steps(plan: Plan, steps: Iterable[Step], growth: GrowthMap) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that are there, with the larger template's words where nobody wrote others; and those that it adds."""
    small, here = {one.key: one for one in growth.small.steps}, {one.key: one for one in steps}
    changed, added = [], []
    for one in growth.large.steps:
        said = _said(one)
        if one.key not in here:
            added.append(Step(space_id=plan.space_id, plan=plan, key=one.key, number=one.number, **said))
            continue
        row, before = copy(here[one.key]), _said(small[one.key]) if one.key in small else {}
        new = {
            name: value
            for name, value in said.items()
            if name in before and getattr(row, name) == before[name] != value
        }
        for name, value in new.items():
            setattr(row, name, value)
        if new or row.number != one.number:
            row.number, row.version = one.number, row.version + 1
            changed.append(row)
    return tuple(changed), tuple(added)


def _said(step: TemplateStep) -> dict[str, Any]:
    found = {name: getattr(step, name) for name in STEP_FIELDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
