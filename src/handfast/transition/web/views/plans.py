"""The plan: made from a template, and seen as a picture or as a list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides, party_on
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import date_now, make_plan
from handfast.transition.permissions import may_agree_baseline, may_make_plan, may_manage_plan
from handfast.transition.queries.agreed import untaken_of
from handfast.transition.queries.lines import folded
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.outlook_view import sure_of, sure_of_wave
from handfast.transition.queries.pictures.gantt_view import picture_of
from handfast.transition.queries.plans import changes_seen_by, plans_seen_by, rows_of
from handfast.transition.queries.sentence import sentence_of
from handfast.transition.queries.templates import has_shipped_changed, template_chosen, templates_seen_by
from handfast.transition.queries.told import today_in
from handfast.transition.queries.undoing import undoable
from handfast.transition.reading.templates import SIZES, template_of
from handfast.transition.web.estimate_form import estimate_form, estimate_in
from handfast.transition.web.forms import SIDES, MakePlanForm
from handfast.transition.web.wave_view import chosen_wave, tabs_of

REFUSED = 422
ZOOMS = ("hours", "days", "weeks", "quarters")


@page("GET")
def plan(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The whole plan; without one, what belongs here and the way to it."""
    deal = engagement_seen_by(request.actor, engagement)
    found = plans_seen_by(request.actor, engagement).first()
    if found is None:
        context = {"engagement": deal, "may_make": may_make_plan(request.actor, deal)}
        return shown(request, "transition/plan_none.html", context)
    rows = rows_of(found)
    zoom = request.GET.get("zoom", "weeks")
    zoom = zoom if zoom in ZOOMS else "weeks"
    view = chosen_wave(rows, request.GET.get("wave", ""))
    tabs = tabs_of(rows, view.waves, view.key, zoom)
    rows, steps = view.rows, view.steps
    said = sentence_of(steps)
    steps = steps if request.GET.get("done") == "shown" else folded(steps)
    live = (
        sure_of_wave(rows, outlook_of(found), view.wave.number)
        if view.wave
        else sure_of(rows, outlook_of(found))
    )
    # What a light plan does not need stands one click away.
    sure = live if found.size != "light" else None
    context = {
        "engagement": deal,
        "plan": found,
        "steps": steps,
        "said": said,
        "picture": picture_of(rows, steps, zoom=zoom, today=today_in(found, request.at), sure=sure),  # type: ignore[arg-type]  # asked above
        "live": live,
        "is_sure_shown": sure is not None,
        "zoom": zoom,
        "zooms": ZOOMS,
        "wave": view.wave,
        "tabs": tabs,
        "names": names_of_sides(deal),
        "waiting": [one for one in changes_seen_by(request.actor, found) if one.state == "proposed"],
        "may_agree": found.baseline_asked_version == found.version
        and may_agree_baseline(request.actor, found),
        "may_manage": may_manage_plan(request.actor, found),
        "untaken": untaken_of(found),
        "is_promised": bool(rows.agreed),
        "undo": undoable(request.actor, found, request.at),
    }
    return shown(request, "transition/plan.html", context)


@page("GET", "POST")
def make(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Size, start and both weeks; everything else comes from the template and can be changed."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_make_plan(request.actor, deal):
        raise NotPermitted("make the plan: your role does not include it")
    asked = estimate_form(request.GET)
    estimated = estimate_in(asked)
    sides = {side: party_on(deal, side) for side in SIDES}
    own = list(templates_seen_by(request.actor).filter(retired_at__isnull=True))
    form = MakePlanForm(
        request.POST if request.method == "POST" else None,
        own=own,
        names={side: party.name for side, party in sides.items()},
        initial={
            "size": estimated.size if estimated else deal.size,
            "starts_on": deal.signed_on or request.at.date(),
        },
    )
    if request.method == "POST" and form.is_valid():
        template, kept = template_chosen(request.actor, form.cleaned_data["size"])
        make_plan(
            request.actor, deal, template=template, own=kept, starts_on=form.cleaned_data["starts_on"],
            calendars=form.calendars({side: party.zone for side, party in sides.items()}), at=request.at,
        )  # fmt: skip
        date_now(deal.pk, at=request.at)
        messages.success(request, "The plan is made. Every date says why: open an activity.")
        return redirect("transition:plan", engagement=engagement)
    context = {
        "engagement": deal,
        "form": form,
        "own": [(one, has_shipped_changed(one)) for one in own],
        "templates": [template_of(one) for one in SIZES],
        "names": {side: party.name for side, party in sides.items()},
        "asked": asked,
        "estimated": estimated,
    }
    is_refused = bool(form.errors or asked.errors)
    return shown(request, "transition/make.html", context, status=REFUSED if is_refused else 200)
