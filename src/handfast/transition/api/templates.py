"""The operations on an organisation's own templates. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.people.queries import home_space_of
from handfast.transition.actions import (
    amend_template,
    bring_back_template,
    keep_plan_as_template,
    keep_template,
    rename_template,
    retire_template,
)
from handfast.transition.api.changing import must
from handfast.transition.api.schemas import SeenIn
from handfast.transition.api.template_schemas import (
    BehindOut,
    KeepIn,
    KeepPlanIn,
    TemplateNameIn,
    TemplateOut,
    TemplateTextIn,
    TemplateWholeOut,
)
from handfast.transition.models import PlanTemplate
from handfast.transition.permissions import may_change_template, may_keep_template, may_manage_plan
from handfast.transition.queries.plan_as_template import plan_as_template
from handfast.transition.queries.plans import plan_seen_by
from handfast.transition.queries.templates import (
    compared,
    has_shipped_changed,
    template_behind,
    template_seen_by,
    templates_seen_by,
)
from handfast.transition.reading.template_files import read_template
from handfast.transition.refusals import TemplateFileRefused

router = Router(tags=["transition"])
ALL, ONE = "/templates", "/templates/{uuid:template}"
OF_A_PLAN = "/engagements/{uuid:engagement}/plan/template"
FIELDS = (
    "id", "name", "size", "origin", "sha256", "release", "shipped_sha256", "version", "kept_at", "changed_at",
    "retired_at", "seen_as",
)  # fmt: skip


@router.get(ALL, response=list[TemplateOut])
def list_templates(request: ActorRequest) -> list[dict[str, Any]]:
    """Those of the organisation that one acts for, by name, retired ones too."""
    home_space_of(request.actor)
    return [_told(one) for one in templates_seen_by(request.actor)]


@router.post(ALL, response={201: TemplateOut})
def post_template(request: ActorRequest, given: KeepIn) -> Status[dict[str, Any]]:
    """Keep a copy of a shipped template."""
    space = home_space_of(request.actor)
    must(may_keep_template(request.actor, space), "keep a template")
    return Status(
        201, _told(keep_template(request.actor, space, name=given.name, size=given.size, at=request.at))
    )


@router.get(ONE, response=TemplateWholeOut)
def show_template(request: ActorRequest, template: UUID) -> dict[str, Any]:
    """One of them with its text, beside what is shipped today."""
    found = template_seen_by(request.actor, template)
    told: dict[str, Any] = {"text": found.text, "compared": None, "unread": ""}
    try:
        told["compared"] = compared(found)
    except TemplateFileRefused as refused:
        told["unread"] = str(refused)
    return _told(found) | told


@router.put(f"{ONE}/text", response=TemplateOut)
def put_text(request: ActorRequest, template: UUID, given: TemplateTextIn) -> dict[str, Any]:
    """Put another text in its place; what is wrong with it is told with its line, and nothing changes."""
    found = _to_change(request, template)
    read = read_template(given.text, name="text", size=found.size)
    return _told(
        amend_template(request.actor, found, text=given.text, read=read, at=request.at, as_seen=given.as_seen)
    )


@router.put(f"{ONE}/name", response=TemplateOut)
def put_name(request: ActorRequest, template: UUID, given: TemplateNameIn) -> dict[str, Any]:
    """Name it otherwise."""
    found = _to_change(request, template)
    return _told(rename_template(request.actor, found, name=given.name, at=request.at, as_seen=given.as_seen))


@router.post(f"{ONE}/retirement", response=TemplateOut)
def post_retirement(request: ActorRequest, template: UUID, given: SeenIn) -> dict[str, Any]:
    """Offer it for no new plan."""
    found = _to_change(request, template)
    return _told(retire_template(request.actor, found, at=request.at, as_seen=given.as_seen))


@router.post(f"{ONE}/return", response=TemplateOut)
def post_return(request: ActorRequest, template: UUID, given: SeenIn) -> dict[str, Any]:
    """Offer it again."""
    found = _to_change(request, template)
    return _told(bring_back_template(request.actor, found, at=request.at, as_seen=given.as_seen))


@router.get(OF_A_PLAN, response=BehindOut)
def show_behind(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """The own organisation's template that the plan was made from; nothing where it was another's, or a shipped one."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    found = template_behind(request.actor, plan)
    if found is None:
        return {"template": None, "version": None, "sha256": ""}
    then = plan.made_from
    return {"template": _told(found), "version": then["version"], "sha256": then["sha256"]}


@router.post(OF_A_PLAN, response={201: TemplateOut})
def post_plan_as_template(
    request: ActorRequest, engagement: UUID, given: KeepPlanIn
) -> Status[dict[str, Any]]:
    """Keep what both sides see of the plan as a template of the own organisation."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "keep a plan as a template")
    space = home_space_of(request.actor)
    text, read = plan_as_template(plan, title=given.name)
    made = keep_plan_as_template(request.actor, space, name=given.name, read=read, text=text, at=request.at)
    return Status(201, _told(made))


def _to_change(request: ActorRequest, template: UUID) -> PlanTemplate:
    found = template_seen_by(request.actor, template)
    must(may_change_template(request.actor, found), "change a template")
    return found


def _told(one: PlanTemplate) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FIELDS} | {"has_shipped_changed": has_shipped_changed(one)}
