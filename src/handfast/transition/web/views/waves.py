"""The waves of a plan: all of them at a glance, a further one, and one that is amended or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import add_wave, amend_wave, date_now, remove_wave
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.plan_as_template import repeated_of
from handfast.transition.queries.plans import plan_seen_by, plans_seen_by, rows_of
from handfast.transition.queries.waves import wave_seen_by, waves_of
from handfast.transition.web.wave_forms import AddWaveForm, WaveForm
from handfast.transition.web.wave_view import order_warnings, wave_lines_of

if TYPE_CHECKING:
    from handfast.transition.models import Plan, Wave

REFUSED = 422


@page("GET")
def waves(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every wave: when it begins, when it goes live and how sure that is, how far it is, late or not."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plans_seen_by(request.actor, engagement).first()
    found = waves_of(plan) if plan else ()
    context = {
        "engagement": deal,
        "plan": plan,
        "lines": wave_lines_of(rows_of(plan), found) if plan and found else (),
        "warnings": order_warnings(found),
        "may_manage": plan is not None and may_manage_plan(request.actor, plan),
    }
    return shown(request, "transition/waves.html", context)


@page("GET", "POST")
def add(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A further wave, which repeats the first one's steps as they stand."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("add a wave: your role does not include it")
    steps = list(plan.steps.all())
    form = AddWaveForm(
        request.POST if request.method == "POST" else None,
        steps=steps,
        sites=plan.site_names,
        initial=_initial(plan, [one.key for one in steps]),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = add_wave(
            request.actor, plan, values=form.values(), steps=given["steps"], percent=given["percent"],
            site=given.get("site", ""), at=request.at, as_seen=given["as_seen"],
        )  # fmt: skip
        date_now(engagement, at=request.at)
        messages.success(request, f"Wave {made.number} is in the plan: “{made.name}”.")
        for warning in order_warnings(waves_of(plan)):
            messages.warning(request, warning)
        return redirect("transition:waves", engagement=engagement)
    context = {"engagement": deal, "form": form, "number": len(waves_of(plan)) + 1}
    return shown(request, "transition/wave_add.html", context, status=REFUSED if form.errors else 200)


@page("GET", "POST")
def wave(request: ActorRequest, engagement: UUID, wave: UUID) -> HttpResponse:
    """Name a wave otherwise, or move its start while nothing in it has begun."""
    found = _found(request, engagement, wave)
    initial = {name: getattr(found, name) for name in WaveForm.FIELDS} | {"as_seen": found.seen_as}
    form = WaveForm(request.POST if request.method == "POST" else None, initial=initial)
    if found.number == 1:
        del form.fields["starts_on"]
    if request.method == "POST" and form.is_valid() and _amended(request, found, form):
        return redirect("transition:waves", engagement=engagement)
    context = {"engagement": found.plan.engagement, "wave": found, "form": form}
    return shown(request, "transition/wave.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def remove(request: ActorRequest, engagement: UUID, wave: UUID) -> HttpResponse:
    """Take a wave out while nothing in it has begun."""
    found = _found(request, engagement, wave)
    remove_wave(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen", ""))
    date_now(engagement, at=request.at)
    messages.success(request, f"Wave {found.number} is no longer in the plan.")
    return redirect("transition:waves", engagement=engagement)


def _found(request: ActorRequest, engagement: UUID, wave: UUID) -> Wave:
    engagement_seen_by(request.actor, engagement)
    found = wave_seen_by(request.actor, wave)
    if found.plan.engagement_id != engagement:
        raise NotSeen
    if not may_manage_plan(request.actor, found.plan):
        raise NotPermitted("change a wave: your role does not include it")
    return found


def _amended(request: ActorRequest, found: Wave, form: WaveForm) -> bool:
    try:
        amend_wave(
            request.actor,
            found,
            changes=form.changes(found),
            at=request.at,
            as_seen=form.cleaned_data["as_seen"],
        )
    except FieldsRefused as refused:
        for name, fault in refused.fields or ((None, str(refused)),):
            form.add_error(name if name in form.fields else None, fault)
        return False
    date_now(found.plan.engagement_id, at=request.at)
    messages.success(request, f"Wave {found.number} is changed, and the plan is dated anew.")
    return True


def _initial(plan: Plan, keys: list[str]) -> dict[str, object]:
    """The template's own later waves say which steps they repeat and how much faster; else all, and as long."""
    repeated = repeated_of(plan)
    found: dict[str, object] = {"as_seen": plan.seen_as, "steps": keys}
    if repeated:
        found |= {
            "steps": [one for one in repeated[0]["steps"] if one in keys],
            "percent": repeated[0]["percent"],
        }
    return found
