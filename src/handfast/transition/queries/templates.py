"""The own templates of an organisation: which there are, and how each stands to what is shipped today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from handfast.foundation.sight import the_one
from handfast.transition.models import PlanTemplate
from handfast.transition.reading.drawn import drawn
from handfast.transition.reading.template_files import read_template, shipped_sha256
from handfast.transition.reading.templates import SIZES, template_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan
    from handfast.transition.reading.templates import Template


@dataclass(frozen=True, slots=True)
class Compared:
    """Names of activities and milestones: only in the own one, in both and not alike, only in the shipped one."""

    own: tuple[str, ...]
    differing: tuple[str, ...]
    shipped: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not (self.own or self.differing or self.shipped)


def templates_seen_by(actor: Actor) -> QuerySet[PlanTemplate]:
    """Those of the organisation that the actor acts for, by their names, retired ones too, without their texts."""
    rows: QuerySet[PlanTemplate] = PlanTemplate.objects.filter(
        space__organisation_id=actor.organisation, space__engagement_id__isnull=True
    )
    return rows.defer("text")


def template_seen_by(actor: Actor, template: UUID) -> PlanTemplate:
    """One of them, with its text. Raises NotSeen."""
    return the_one(templates_seen_by(actor).filter(pk=template).defer(None))


def template_behind(actor: Actor, plan: Plan) -> PlanTemplate | None:
    """The own template that a plan was made from; None for a shipped one, and for whoever does not see it."""
    if "template" not in plan.made_from:
        return None
    return templates_seen_by(actor).filter(pk=plan.made_from["template"]).first()


def template_in(own: PlanTemplate) -> Template:
    """What its text says. Raises TemplateFileRefused where this release no longer reads it."""
    return read_template(own.text, name=f"{own.name}.yaml", size=own.size)


def template_chosen(actor: Actor, said: str) -> tuple[Template, PlanTemplate | None]:
    """The shipped template of a size, or by its id an own one. Raises NotSeen, TemplateFileRefused."""
    if said in SIZES:
        return template_of(said), None
    own = template_seen_by(actor, UUID(said))
    return template_in(own), own


def has_shipped_changed(own: PlanTemplate) -> bool:
    """Whether the program now ships another text than the one that stood there when this was kept."""
    return own.shipped_sha256 != shipped_sha256(own.size)


def compared(own: PlanTemplate) -> Compared:
    """The own template beside the one that is shipped today. Raises TemplateFileRefused."""
    return _compared(template_in(own), own.size)


def _compared(mine: Template, size: str) -> Compared:
    shipped = template_of(size)
    own, theirs = drawn(mine), drawn(shipped)
    waits, their_waits = (
        {key: {one for one in each.waits if one.after == key} for key in each.values}
        for each in (own, theirs)
    )
    return Compared(
        tuple(str(said["name"]) for key, said in own.values.items() if key not in theirs.values),
        tuple(
            str(said["name"])
            for key, said in own.values.items()
            if key in theirs.values and (said != theirs.values[key] or waits[key] != their_waits[key])
        ),
        tuple(str(said["name"]) for key, said in theirs.values.items() if key not in own.values),
    )
