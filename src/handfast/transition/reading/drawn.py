"""A template drawn out: its activities with the milestones of its steps, and everything that they wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from handfast.transition.reading.roles import needs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.transition.reading.templates import Template, TemplateActivity, TemplateStep


class Wait(NamedTuple):
    """A link by the keys of its ends; no lag is an empty one."""

    before: str
    after: str
    kind: str
    lag: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """`values` by key, in the order of the plan: what an activity has by default. `waits` are its links."""

    values: Mapping[str, Mapping[str, Any]]
    waits: tuple[Wait, ...]

    def followers(self) -> dict[str, frozenset[str]]:
        """By key all that comes after it, directly or not."""
        direct: dict[str, list[str]] = {key: [] for key in self.values}
        for one in self.waits:
            direct[one.before].append(one.after)
        found: dict[str, frozenset[str]] = {}
        for key in self.values:
            seen: set[str] = set()
            left = list(direct[key])
            while left:
                follower = left.pop()
                if follower not in seen:
                    seen.add(follower)
                    left += direct[follower]
            found[key] = frozenset(seen)
        return found


def milestone_key(step: str) -> str:
    """What the milestone of a step is called among the plan's keys."""
    return f"{step}.milestone"


def drawn(template: Template) -> Drawn:
    """Each step's activities with the roles that they need, then its milestone; and what waits for what."""
    needs = needs_of(template)
    values: dict[str, dict[str, Any]] = {}
    by_step: dict[str, list[TemplateActivity]] = {}
    for one in template.activities:
        by_step.setdefault(one.step, []).append(one)
    for step in template.steps:
        for one in by_step.get(step.key, ()):
            values[one.key] = {
                "name": one.name, "kind": "work", "lead": one.lead, "step_key": step.key, "low": one.low,
                "likely": one.likely, "high": one.high, "needs": needs[one.key],
            }  # fmt: skip
        if step.milestone:
            values[milestone_key(step.key)] = _milestone(step)
    return Drawn(values, _waits(template, values))


def _milestone(step: TemplateStep) -> dict[str, Any]:
    return {
        "name": step.milestone, "kind": "milestone", "lead": step.lead, "step_key": step.key, "low": "",
        "likely": "", "high": "", "needs": [],
    }  # fmt: skip


def _waits(template: Template, values: Mapping[str, Any]) -> tuple[Wait, ...]:
    """The template's links; a milestone waits for whatever in its step nothing else in the step waits for."""
    found = [
        Wait(link.before, one.key, link.kind, "" if link.lag == "0d" else link.lag)
        for one in template.activities
        for link in one.after
    ]
    step_of = {one.key: one.step for one in template.activities}
    followed = {one.before for one in found if step_of[one.before] == step_of[one.after]}
    found += [
        Wait(one.key, milestone_key(one.step), "FS", "")
        for one in template.activities
        if one.key not in followed and milestone_key(one.step) in values
    ]
    return tuple(found)
