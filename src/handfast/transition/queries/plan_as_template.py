"""A plan as the text of a template: what both sides see of its first wave, without dates, persons and what has happened."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from handfast.foundation.texts import checked_line
from handfast.transition.queries.plans import rows_of
from handfast.transition.reading.drawn import milestone_key
from handfast.transition.reading.template_files import read_template
from handfast.transition.reading.templates import READY, SIZES, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from handfast.transition.models import Activity, Plan, Step
    from handfast.transition.queries.plans import AnyLink, PlanRows
    from handfast.transition.reading.templates import Template

NO_LAG = "0d"
WIDTH = 118
CRITERION = ("id", "text", "query", "compare", "value", "unit", "blocking", "attested_by")


def plan_as_template(plan: Plan, *, title: str) -> tuple[str, Template]:
    """The text, and what it says when it is read. Raises TextRefused, TemplateFileRefused."""
    text = template_text(plan, title=checked_line("name", title))
    return text, read_template(text, name="this plan", size=plan.size)


def template_text(plan: Plan, *, title: str) -> str:
    """The text alone: activities of the shared space only; what waits for one that is left out waits for what that waited for.

    A lag keeps its length and runs on the calendar of the activity that waits, as every lag of a template does.
    """
    rows = rows_of(plan, is_dated=False)
    kept = {
        one.pk: one
        for one in rows.activities
        if one.space_id == plan.space_id and one.wave == 1 and one.kind == one.Kind.WORK
    }
    waits = _waits(rows, kept)
    said: dict[str, Any] = {
        "content": "transition_template", "version": 1, "title": title,
        "purpose": "Kept from a plan; every value is a default to change.", "size": plan.size,
    }  # fmt: skip
    steps = [one for one in rows.steps if one.space_id == plan.space_id]
    if plan.size == SIZES[0]:
        said |= _light(kept.values(), waits, steps)
    else:
        if repeated := repeated_of(plan):
            keys = {one.key for one in steps}
            said["waves"] = [_wave(one, keys) for one in repeated]
        said["steps"] = [_step(one, rows, kept.values(), waits, is_first=one is steps[0]) for one in steps]
    return _yaml(said)


def repeated_of(plan: Plan) -> list[dict[str, Any]]:
    """The later waves of the template that a plan was made from, by default: steps, days after the first, percent."""
    if plan.is_of_own_template:
        return list(plan.made_from["waves"])
    return waves_by_default(template_of(plan.size))


def waves_by_default(template: Template) -> list[dict[str, Any]]:
    """The later waves that a template proposes: their number, the steps they repeat, days after the first, percent."""
    return [
        {
            "number": one.number,
            "steps": list(one.steps),
            "days": one.starts_after_days,
            "percent": one.percent,
        }
        for one in template.waves
    ]


def _waits(rows: PlanRows, kept: Mapping[UUID, Activity]) -> dict[UUID, list[dict[str, Any]]]:
    """By id what each waits for; a way over shared milestones and gates is kept as finish to start."""
    shared = {one.pk for one in rows.activities if one.space_id == rows.plan.space_id and one.wave == 1}
    into: dict[UUID, list[AnyLink]] = {}
    for link in rows.links:
        if link.space_id == rows.plan.space_id and {link.before_id, link.after_id} <= shared:
            into.setdefault(link.after_id, []).append(link)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for pk in kept:
        said: dict[tuple[str, str], dict[str, Any]] = {}
        for link in into.get(pk, ()):
            if link.before_id in kept:
                key = kept[link.before_id].key
                said[key, link.kind] = {"activity": key, "link": link.kind, "lag": link.lag or NO_LAG}
        for key in _behind(
            [one.before_id for one in into.get(pk, ()) if one.before_id not in kept], into, kept
        ):
            said.setdefault((key, "FS"), {"activity": key, "link": "FS", "lag": NO_LAG})
        found[pk] = list(said.values())
    return found


def _behind(left: list[UUID], into: Mapping[UUID, list[AnyLink]], kept: Mapping[UUID, Activity]) -> list[str]:
    """The keys of what stands before these, which are left out themselves."""
    found, seen = [], set(left)
    while left:
        for link in into.get(left.pop(), ()):
            if link.before_id in kept:
                found.append(kept[link.before_id].key)
            elif link.before_id not in seen:
                seen.add(link.before_id)
                left.append(link.before_id)
    return found


def _light(
    kept: Iterable[Activity], waits: Mapping[UUID, list[dict[str, Any]]], steps: Iterable[Step]
) -> dict[str, Any]:
    """The one list; the ready check is what its own step asks."""
    known = [one.key for one in template_of(SIZES[0]).steps]
    ready = [one for step in steps if step.key == READY for one in step.criteria]
    return {
        "activities": [
            {"id": one.key, "step": one.step_key if one.step_key in known else known[0], **_activity(one, waits)}
            for one in kept
        ],
        "ready_check": [_criterion(one, f"ready.{number}") for number, one in enumerate(ready, 1)],
    }  # fmt: skip


def _step(
    step: Step,
    rows: PlanRows,
    kept: Iterable[Activity],
    waits: Mapping[UUID, list[dict[str, Any]]],
    *,
    is_first: bool,
) -> dict[str, Any]:
    """A step; the first one takes what stands in none."""
    keys = {step.key, ""} if is_first else {step.key}
    said: dict[str, Any] = {
        "key": step.key, "number": step.number, "name": step.name, "lead": step.lead,
        "description": step.description, "client_actions": list(step.client_actions),
        "provider_actions": list(step.provider_actions), "deliverables": list(step.deliverables),
        "activities": [{"id": one.key, **_activity(one, waits)} for one in kept if one.step_key in keys],
    }  # fmt: skip
    named = milestone_key(step.key)
    point = next(
        (one for one in rows.activities if one.key == named and one.space_id == rows.plan.space_id), None
    )
    if point is not None:
        criteria = [_criterion(one, f"{step.key}.c{number}") for number, one in enumerate(step.criteria, 1)]
        said["milestone"] = {"name": point.name, "criteria": criteria}
    return said


def _activity(one: Activity, waits: Mapping[UUID, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "name": one.name, "lead": one.lead, "duration": {"low": one.low, "likely": one.likely, "high": one.high},
        "after": waits[one.pk], "mainly_done_by": one.needs[0]["role"] if one.needs else "",
    }  # fmt: skip


def _criterion(said: Mapping[str, Any], number: str) -> dict[str, Any]:
    return {"id": number} | {name: said[name] for name in CRITERION if said.get(name)}


def _wave(said: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    return {
        "number": said["number"], "starts": f"{said['days']}d after wave 1 on the same steps",
        "steps": [one for one in said["steps"] if one in keys], "duration_factor": f"{Decimal(said['percent']) / 100:.2f}",
    }  # fmt: skip


def _yaml(said: Mapping[str, Any]) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, WIDTH
    out = io.StringIO()
    yaml.dump(dict(said), out)
    return out.getvalue()
