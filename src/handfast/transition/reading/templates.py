"""The templates of a transition, in three sizes, as the project ships them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZES = ("light", "standard", "complex")
# A light plan shows these instead of steps; the keys of its activities begin with them.
BLOCKS = {
    "prepare": "Prepare", "people": "Find the people", "write": "Write it down", "setup": "Set up the tools",
    "rules": "Agree the rules", "train": "Train", "try": "Try it", "golive": "Go live", "settle": "Settle",
}  # fmt: skip
READY_CHECK = "golive.ready"  # the activity in which a light plan is checked
READY = "go_live"  # whose criteria the one ready check of a light plan is


@dataclass(frozen=True, slots=True)
class TemplateLink:
    """What an activity waits for, by its key, as the plan's format writes it."""

    before: str
    kind: str
    lag: str


@dataclass(frozen=True, slots=True)
class TemplateActivity:
    """An activity by default: its durations are text, `5d`; `done_by` is the role that mainly does it."""

    key: str
    step: str
    name: str
    lead: str
    low: str
    likely: str
    high: str
    after: tuple[TemplateLink, ...]
    done_by: str


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A step by default, with the name of its milestone; empty in a light plan, which has one ready check."""

    key: str
    number: int
    name: str
    lead: str
    description: str
    client_actions: tuple[str, ...]
    provider_actions: tuple[str, ...]
    deliverables: tuple[str, ...]
    milestone: str
    criteria: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class TemplateWave:
    """A later wave: its steps, how many working days after the first, and how much of the durations it takes."""

    number: int
    steps: tuple[str, ...]
    starts_after_days: int
    percent: int


@dataclass(frozen=True, slots=True)
class Template:
    """One size."""

    size: str
    title: str
    purpose: str
    steps: tuple[TemplateStep, ...]
    activities: tuple[TemplateActivity, ...]
    waves: tuple[TemplateWave, ...]


@lru_cache(maxsize=len(SIZES))
def template_of(size: str) -> Template:
    """The template of a size, as it is shipped: light, standard or complex."""
    return template_from(content_of(f"transition_{size}"))


def template_from(said: Mapping[str, Any]) -> Template:
    """What a file of the templates' format says, once it is read and checked."""
    size = said["size"]
    if size == "light":
        steps = _light_steps({one["step"] for one in said["activities"]}, said["ready_check"])
        activities = tuple(_activity(one, one["step"]) for one in said["activities"])
    else:
        steps = tuple(_step(one) for one in said["steps"])
        activities = tuple(
            _activity(one, step["key"]) for step in said["steps"] for one in step["activities"]
        )
    waves = tuple(_wave(one) for one in said.get("waves", []) if "steps" in one)
    return Template(size, said["title"], said["purpose"], steps, activities, waves)


def shipped_text(name: str) -> str:
    """A content file of the room, letter by letter."""
    return files("handfast.transition").joinpath(f"content/{name}.yaml").read_text(encoding="utf-8")


def content_of(name: str) -> dict[str, Any]:
    """A content file of the room, as plain texts, lists and mappings."""
    found: dict[str, Any] = read_document(shipped_text(name), name=f"{name}.yaml").content
    return found


def _light_steps(used: set[str], ready: list[dict[str, Any]]) -> tuple[TemplateStep, ...]:
    """The steps that a light plan's activities carry, named as in the standard one; one has the ready check."""
    standard = template_of("standard")
    return tuple(
        TemplateStep(
            one.key,
            one.number,
            one.name,
            one.lead,
            one.description,
            (),
            (),
            (),
            "",
            tuple(ready) if one.key == READY else (),
        )
        for one in standard.steps
        if one.key in used
    )


def _step(said: dict[str, Any]) -> TemplateStep:
    return TemplateStep(
        said["key"],
        int(said["number"]),
        said["name"],
        said["lead"],
        said["description"],
        tuple(said["client_actions"]),
        tuple(said["provider_actions"]),
        tuple(said["deliverables"]),
        said["milestone"]["name"] if said.get("milestone") else "",
        tuple(said["milestone"]["criteria"]) if said.get("milestone") else (),
    )


def _activity(said: dict[str, Any], step: str) -> TemplateActivity:
    takes = said["duration"]
    after = tuple(TemplateLink(one["activity"], one["link"], one["lag"]) for one in said["after"])
    return TemplateActivity(
        said["id"], step, said["name"], said["lead"], takes["low"], takes["likely"], takes["high"], after,
        said["mainly_done_by"],
    )  # fmt: skip


def _wave(said: dict[str, Any]) -> TemplateWave:
    days = int(said["starts"].partition("d")[0])
    percent = int(Decimal(said["duration_factor"]) * 100)
    return TemplateWave(int(said["number"]), tuple(said["steps"]), days, percent)
