"""The organisation's own templates: kept, taken away, changed by a file, named, retired and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import disposition
from handfast.people.queries import home_space_of, names_seen_by, organisation_of
from handfast.transition.actions import (
    amend_template,
    bring_back_template,
    keep_plan_as_template,
    keep_template,
    rename_template,
    retire_template,
)
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
from handfast.transition.reading.template_files import MOST_BYTES, read_template, text_in
from handfast.transition.refusals import TemplateFileRefused
from handfast.transition.web.template_forms import KeepForm, TemplateNameForm, TemplateTextForm

if TYPE_CHECKING:
    from django.forms import Form

    from handfast.transition.models import PlanTemplate

OK, REFUSED = 200, 422
KEEP = "keep a template: your role does not include it"
CHANGE = "change a template: your role does not include it"


@page("GET", "POST")
def templates(request: ActorRequest) -> HttpResponse:
    """All of them, and the form that keeps a copy of a shipped one. Raises NotSeen, NotPermitted."""
    space = home_space_of(request.actor)
    may_keep = may_keep_template(request.actor, space)
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"size": "standard"})
    if form.is_bound and not may_keep:
        raise NotPermitted(KEEP)
    if form.is_bound and form.is_valid():
        try:
            made = keep_template(request.actor, space, **form.cleaned_data, at=request.at)
        except FieldsRefused as refused:
            _told(form, refused)
        else:
            messages.success(
                request, f"“{made.name}” is kept. Take its file away, edit it, and send it back."
            )
            return redirect("transition:template", template=made.pk)
    found = list(templates_seen_by(request.actor))
    context = {
        "organisation": organisation_of(request.actor),
        "own": [(one, has_shipped_changed(one)) for one in found if one.retired_at is None],
        "retired": [one for one in found if one.retired_at is not None],
        "form": form,
        "may_keep": may_keep,
    }
    return shown(request, "transition/templates.html", context, status=REFUSED if form.errors else OK)


@page("GET")
def template(request: ActorRequest, template: UUID) -> HttpResponse:
    """One of them, beside what is shipped today."""
    return _shown(request, template_seen_by(request.actor, template))


@page("GET")
def text(request: ActorRequest, template: UUID) -> HttpResponse:
    """The file, letter by letter as it was sent in."""
    found = template_seen_by(request.actor, template)
    answer = HttpResponse(found.text.encode(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = disposition(found.name, "yaml")
    return answer


@page("POST")
def change(request: ActorRequest, template: UUID) -> HttpResponse:
    """Put an edited file in its place, or say with its lines what is wrong with it."""
    found = _to_change(request, template)
    form = TemplateTextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, found, text_form=form)
    sent = form.cleaned_data["file"]
    try:
        said = text_in(sent.read(MOST_BYTES + 1), sent.name)
        read = read_template(said, name=sent.name, size=found.size)
        amend_template(
            request.actor, found, text=said, read=read, at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refused:
        return _shown(request, found, text_form=form, refusal=refused)
    messages.success(
        request, f"“{found.name}” says what the file says. Plans that were made before stay as they are."
    )
    return redirect("transition:template", template=template)


@page("POST")
def rename(request: ActorRequest, template: UUID) -> HttpResponse:
    """Name it otherwise."""
    found = _to_change(request, template)
    form = TemplateNameForm(request.POST)
    if form.is_valid():
        try:
            rename_template(
                request.actor, found, name=form.cleaned_data["name"], at=request.at,
                as_seen=form.cleaned_data["as_seen"],
            )  # fmt: skip
        except FieldsRefused as refused:
            _told(form, refused)
        else:
            return redirect("transition:template", template=template)
    return _shown(request, found, name_form=form)


@page("POST")
def retire(request: ActorRequest, template: UUID) -> HttpResponse:
    """Offer it for no new plan."""
    found = _to_change(request, template)
    retire_template(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen", ""))
    messages.success(request, f"“{found.name}” is retired. Plans that were made from it stay as they are.")
    return redirect("transition:templates")


@page("POST")
def bring_back(request: ActorRequest, template: UUID) -> HttpResponse:
    """Offer it again."""
    found = _to_change(request, template)
    bring_back_template(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen", ""))
    messages.success(request, f"“{found.name}” is offered again.")
    return redirect("transition:template", template=template)


@page("GET", "POST")
def keep_plan(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Keep what both sides see of a plan as a template of the own organisation."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted(KEEP)
    form = TemplateNameForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        space = home_space_of(request.actor)
        name = form.cleaned_data["name"]
        try:
            said, read = plan_as_template(plan, title=name)
            made = keep_plan_as_template(request.actor, space, name=name, read=read, text=said, at=request.at)
        except FieldsRefused as refused:
            _told(form, refused)
        else:
            messages.success(
                request, f"The plan is kept as “{made.name}”. Read it through before you use it."
            )
            return redirect("transition:template", template=made.pk)
    context = {"engagement": deal, "form": form, "behind": template_behind(request.actor, plan), "plan": plan}
    return shown(request, "transition/keep_plan.html", context, status=REFUSED if form.errors else OK)


def _to_change(request: ActorRequest, template: UUID) -> PlanTemplate:
    found = template_seen_by(request.actor, template)
    if not may_change_template(request.actor, found):
        raise NotPermitted(CHANGE)
    return found


def _told(form: Form, refused: FieldsRefused) -> None:
    for name, fault in refused.fields or ((None, str(refused)),):
        form.add_error(name if name in form.fields else None, fault)


def _shown(
    request: ActorRequest,
    found: PlanTemplate,
    *,
    text_form: TemplateTextForm | None = None,
    name_form: TemplateNameForm | None = None,
    refusal: FieldsRefused | None = None,
) -> HttpResponse:
    beside, unread = None, ""
    try:
        beside = compared(found)
    except TemplateFileRefused as refused:
        unread = str(refused)
    seen = {"as_seen": found.seen_as}
    context = {
        "template": found,
        "organisation": organisation_of(request.actor),
        "is_changed": has_shipped_changed(found),
        "beside": beside,
        "unread": unread,
        "names": names_seen_by(request.actor, [found.changed_by_id]),
        "may_change": may_change_template(request.actor, found),
        "text_form": text_form or TemplateTextForm(initial=seen),
        "name_form": name_form or TemplateNameForm(initial=seen | {"name": found.name}),
        "refusal": refusal,
    }
    is_refused = refusal or (text_form and text_form.errors) or (name_form and name_form.errors)
    return shown(request, "transition/template.html", context, status=REFUSED if is_refused else OK)
