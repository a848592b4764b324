"""Keep a transition template as the organisation's own, change it, name it otherwise, retire it and bring it back."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.foundation.refusals import Conflict
from handfast.foundation.texts import checked_line
from handfast.transition.models import PlanTemplate
from handfast.transition.permissions import may_change_template, may_keep_template
from handfast.transition.reading.template_files import sha256_of, shipped_sha256
from handfast.transition.reading.templates import SIZES, shipped_text
from handfast.transition.refusals import (
    NothingChanges,
    TemplateFileRefused,
    TemplateInUse,
    TemplateNameTaken,
    TemplateRetired,
    TooManyTemplates,
)

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.reading.templates import Template

MOST_TEMPLATES = 100


@action(permits=may_keep_template, records="plan_template.kept")
def keep_template(actor: Actor, space: Space, /, *, name: str, size: str, at: datetime) -> PlanTemplate:
    """A copy of what is shipped, letter by letter. Raises TextRefused, TemplateNameTaken, TooManyTemplates."""
    if size not in SIZES:
        raise TemplateFileRefused("there is no such size", [("size", f"choose one of {', '.join(SIZES)}")])
    return _kept(
        actor, space, name=name, size=size, text=shipped_text(f"transition_{size}"),
        origin=PlanTemplate.Origin.SHIPPED, at=at,
    )  # fmt: skip


@action(permits=may_keep_template, records="plan_template.kept_from_plan")
def keep_plan_as_template(
    actor: Actor, space: Space, /, *, name: str, read: Template, text: str, at: datetime
) -> PlanTemplate:
    """What both sides see of a plan, as `plan_as_template` wrote it and it was read. Raises as keep_template."""
    return _kept(actor, space, name=name, size=read.size, text=text, origin=PlanTemplate.Origin.PLAN, at=at)


@action(permits=may_change_template, records="plan_template.amended")
def amend_template(
    actor: Actor,
    template: PlanTemplate,
    /,
    *,
    text: str,
    read: Template,
    at: datetime,
    as_seen: str | None = None,
) -> PlanTemplate:
    """Put another text in its place, which was read as `read`. Raises TemplateRetired, NothingChanges, Conflict."""
    _check_in_use(template)
    if read.size != template.size:
        raise TemplateFileRefused(
            "another size", [("file", f"this template is {template.size}: leave it so")]
        )
    if text == template.text:
        raise NothingChanges("the file says what the template says", [("file", "change it first")])
    template.text, template.sha256 = text, sha256_of(text)
    return _changed(actor, template, at, "text", "sha256")


@action(permits=may_change_template, records="plan_template.renamed")
def rename_template(
    actor: Actor, template: PlanTemplate, /, *, name: str, at: datetime, as_seen: str | None = None
) -> PlanTemplate:
    """Name it otherwise. Raises TextRefused, TemplateNameTaken, TemplateRetired."""
    _check_in_use(template)
    template.name = _free_name(name, template)
    return _changed(actor, template, at, "name")


@action(permits=may_change_template, records="plan_template.retired")
def retire_template(
    actor: Actor, template: PlanTemplate, /, *, at: datetime, as_seen: str | None = None
) -> PlanTemplate:
    """Offer it for no new plan; plans that were made from it stay. Raises TemplateRetired."""
    _check_in_use(template)
    template.retired_at = at
    return _changed(actor, template, at, "retired_at")


@action(permits=may_change_template, records="plan_template.brought_back")
def bring_back_template(
    actor: Actor, template: PlanTemplate, /, *, at: datetime, as_seen: str | None = None
) -> PlanTemplate:
    """Offer it again. Raises TemplateInUse, TemplateNameTaken where another has its name by now."""
    if template.retired_at is None:
        raise TemplateInUse(f"“{template.name}” is not retired: it is offered already")
    template.name = _free_name(template.name, template)
    template.retired_at = None
    return _changed(actor, template, at, "retired_at")


def still_as_read(own: PlanTemplate) -> dict[str, Any]:
    """What a plan remembers of the own template that it is made from. Raises TemplateRetired, Conflict."""
    row = PlanTemplate.objects.filter(pk=own.pk).first()
    if row is None or row.sha256 != own.sha256:
        raise Conflict("this template has changed since you opened it: look again, nothing was made")
    _check_in_use(row)
    return {"template": str(row.pk), "version": row.version, "sha256": row.sha256}


def _kept(
    actor: Actor, space: Space, *, name: str, size: str, text: str, origin: str, at: datetime
) -> PlanTemplate:
    rows = PlanTemplate.objects.filter(space=space)
    if rows.count() >= MOST_TEMPLATES:
        raise TooManyTemplates(
            f"an organisation keeps at most {MOST_TEMPLATES} templates: change one of them"
        )
    made: PlanTemplate = PlanTemplate(
        space=space, size=size, origin=origin, text=text, sha256=sha256_of(text), release=version("handfast"),
        shipped_sha256=shipped_sha256(size), kept_at=at, kept_by_id=actor.person, changed_at=at,
        changed_by_id=actor.person,
    )  # fmt: skip
    made.name = _free_name(name, made)
    made.save(force_insert=True)
    return made


def _free_name(name: str, template: PlanTemplate) -> str:
    said = checked_line("name", name)
    Space.objects.select_for_update().get(
        pk=template.space_id
    )  # two that take a name come one after the other
    others = PlanTemplate.objects.filter(
        space_id=template.space_id, name__iexact=said, retired_at__isnull=True
    )
    if others.exclude(pk=template.pk).exists():
        raise TemplateNameTaken(
            f"your organisation has a template “{said}”", [("name", "choose a name that none of them has")]
        )
    return said


def _check_in_use(template: PlanTemplate) -> None:
    if template.retired_at is not None:
        raise TemplateRetired(f"“{template.name}” is retired: bring it back first")


def _changed(actor: Actor, template: PlanTemplate, at: datetime, *fields: str) -> PlanTemplate:
    template.version += 1
    template.changed_at, template.changed_by_id = at, actor.person
    template.save(update_fields=[*fields, "version", "changed_at", "changed_by_id"])
    return template
