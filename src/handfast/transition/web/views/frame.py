"""What stands around the activities: the start, both calendars, the people released, and freezes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import (
    accept_freeze,
    amend_plan,
    date_now,
    declare_freeze,
    decline_freeze,
    lift_freeze,
)
from handfast.transition.models import Freeze
from handfast.transition.permissions import may_answer_freeze, may_lift_freeze, may_manage_plan
from handfast.transition.queries.checking import check_frame, check_values
from handfast.transition.queries.effects import effect_of, framed, frozen, thawed
from handfast.transition.queries.plans import freeze_seen_by, plan_seen_by
from handfast.transition.refusals import ActivityRefused
from handfast.transition.web.asking import reason_of
from handfast.transition.web.frame_view import (
    A_DAY,
    calendar_facts,
    calendar_from,
    released_with,
    with_site,
    without_site,
)
from handfast.transition.web.planning_forms import (
    CalendarForm,
    FreezeForm,
    ReleasedForm,
    SiteForm,
    SiteNameForm,
    StartForm,
)

if TYPE_CHECKING:
    from django.forms import Form

    from handfast.engagement.models import Party
    from handfast.transition.models import Plan

REFUSED = 422
STATUS = {"proposed": "running", "agreed": "met", "lifting": "running", "declined": "missed"}


@page("GET")
def frame(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Both sides' weeks, holidays, people and freezes; each side changes its own."""
    deal = engagement_seen_by(request.actor, engagement)
    return _shown(
        request, plan_seen_by(request.actor, engagement), party_of(deal, request.actor.organisation)
    )


@page("POST")
def start(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Begin the plan on another day."""
    plan, mine = _to_manage(request, engagement)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, mine, start=form)
    return _amended(request, plan, {"starts_on": form.cleaned_data["starts_on"]}, form)


@page("POST")
def calendar(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The own side's hours and holidays."""
    plan, mine = _to_manage(request, engagement)
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, mine, calendar=form)
    changed = {**plan.calendars, mine.side: calendar_from(plan.calendars[mine.side], form.cleaned_data)}
    return _amended(request, plan, {"calendars": changed}, form)


@page("POST")
def site(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A site of the own side with hours and holidays of its own."""
    plan, mine = _to_manage(request, engagement)
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, mine, site=form)
    changed = with_site(plan, mine.side, form.cleaned_data["name"].strip(), form.cleaned_data)
    return _amended(request, plan, {"sites": changed}, form)


@page("POST")
def site_remove(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Take a site away at which nothing runs."""
    plan, mine = _to_manage(request, engagement)
    form = SiteNameForm(request.POST)
    name = form.data.get("name", "")
    if not form.is_valid() or name not in plan.sites.get(mine.side, {}):
        raise ActivityRefused(
            "your side has no such site: it may be gone already", [("name", "choose a site of your calendar")]
        )
    changed = without_site(plan, mine.side, name)
    return _amended(request, plan, {"sites": changed}, form)


@page("POST")
def people(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """How many of a role the own side has released."""
    plan, mine = _to_manage(request, engagement)
    form = ReleasedForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, mine, people=form)
    given = form.cleaned_data
    changed = released_with(plan.released, mine.side, given["role"].strip(), given["number"])
    return _amended(request, plan, {"released": changed}, form)


@page("POST")
def freeze(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Write down days on which named work does not run."""
    plan, mine = _to_manage(request, engagement)
    form = FreezeForm(request.POST, steps=plan.steps.all())
    if not form.is_valid():
        return _shown(request, plan, mine, freeze=form)
    given = form.cleaned_data
    said = {key: given[key] for key in ("name", "first_on", "percent", "leads", "step_keys")}
    check_values({"first_on": given["first_on"], "end_on": given["last_on"]})
    said["end_on"] = given["last_on"] + A_DAY
    effect = effect_of(engagement, frozen(Freeze(space_id=plan.space_id, plan=plan, **said)))
    as_seen = request.POST.get("as_seen", "")
    made = declare_freeze(request.actor, plan, **said, effect=effect, at=request.at, as_seen=as_seen)
    return _answered(request, made, "is written down")


@page("POST")
def lift(request: ActorRequest, engagement: UUID, freeze: UUID) -> HttpResponse:
    """Take a freeze away."""
    engagement_seen_by(request.actor, engagement)
    found = freeze_seen_by(request.actor, freeze)
    if found.plan.engagement_id != engagement:
        raise NotSeen
    if not may_lift_freeze(request.actor, found):
        raise NotPermitted("lift a freeze: whoever manages the plan; of what is proposed, the side that did")
    lifted = lift_freeze(request.actor, found, effect=effect_of(engagement, thawed(found.pk)), at=request.at)
    return _answered(request, lifted, "is lifted")


@page("POST")
def answer_freeze(request: ActorRequest, engagement: UUID, freeze: UUID, verb: str) -> HttpResponse:
    """Accept or decline a freeze that the other side proposed, or its lifting."""
    engagement_seen_by(request.actor, engagement)
    found = freeze_seen_by(request.actor, freeze)
    if found.plan.engagement_id != engagement or verb not in ("accept", "decline"):
        raise NotSeen
    if verb == "accept":
        return _answered(request, accept_freeze(request.actor, found, at=request.at), "is accepted")
    declined = decline_freeze(request.actor, found, reason=reason_of(request), at=request.at)
    return _answered(request, declined, "is declined")


def _answered(request: ActorRequest, freeze: Freeze, what: str) -> HttpResponse:
    """Date the plan, unless the freeze only waits for an answer now."""
    if freeze.is_waiting:
        messages.success(
            request, f"“{freeze.name}”: it moves what the other side must accept, so it is proposed."
        )
    else:
        date_now(freeze.plan.engagement_id, at=request.at)
        messages.success(request, f"“{freeze.name}” {what}.")
    return redirect("transition:frame", engagement=freeze.plan.engagement_id)


def _to_manage(request: ActorRequest, engagement: UUID) -> tuple[Plan, Party]:
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    mine = party_of(deal, request.actor.organisation)
    if mine is None or not may_manage_plan(request.actor, plan):
        raise NotPermitted("change the plan: your role does not include it")
    return plan, mine


def _amended(request: ActorRequest, plan: Plan, changes: dict[str, Any], form: Form) -> HttpResponse:
    """Try it on a copy, which names what cannot be dated, then change it."""
    check_frame(plan, changes)
    effect_of(plan.engagement_id, framed(changes))
    amend_plan(request.actor, plan, changes=changes, at=request.at, as_seen=form.cleaned_data["as_seen"])
    date_now(plan.engagement_id, at=request.at)
    messages.success(request, "The plan is changed, and dated anew.")
    return redirect("transition:frame", engagement=plan.engagement_id)


def _shown(request: ActorRequest, plan: Plan, mine: Party | None, **refused: Form) -> HttpResponse:
    seen = {"as_seen": plan.seen_as}
    own = plan.calendars.get(mine.side, {}) if mine else {}
    steps = list(plan.steps.all())
    names = {one.key: one.name for one in steps}
    context = {
        "engagement": plan.engagement,
        "plan": plan,
        "mine": mine,
        "may_manage": mine is not None and may_manage_plan(request.actor, plan),
        "sides": [calendar_facts(plan, party) for party in plan.engagement.parties.all()],
        "freezes": [
            _freeze_row(request, one, names)
            for one in plan.freezes.select_related("plan__engagement").prefetch_related(
                "plan__engagement__parties"
            )
        ],
        "forms": {
            "start": StartForm(initial=seen | {"starts_on": plan.starts_on}),
            "calendar": CalendarForm(initial=seen | _calendar_initial(own)),
            "site": SiteForm(
                initial=seen | {"zone": own.get("zone", ""), "hours": _calendar_initial(own)["hours"]}
            ),
            "people": ReleasedForm(initial=seen),
            "freeze": FreezeForm(steps=steps),
        }
        | refused,
    }
    return shown(request, "transition/frame.html", context, status=REFUSED if refused else 200)


def _freeze_row(request: ActorRequest, freeze: Freeze, names: dict[str, str]) -> dict[str, Any]:
    return {
        "freeze": freeze,
        "status": STATUS[freeze.state],
        "last_on": freeze.end_on - A_DAY,
        "steps": [names.get(key, key) for key in freeze.step_keys],
        "can_lift": may_lift_freeze(request.actor, freeze),
        "can_answer": freeze.is_waiting and may_answer_freeze(request.actor, freeze),
        "verb": "Take back" if freeze.is_waiting else "Lift",
    }


def _calendar_initial(own: dict[str, Any]) -> dict[str, Any]:
    """What the form of a calendar shows of it."""
    holidays = own.get("holidays", {})
    windows = next(iter(own.get("hours", {}).values()), ["09:00-17:00"])
    return {
        "hours": windows[0], "country": holidays.get("country") or "",
        "subdivision": holidays.get("subdivision") or "",
    }  # fmt: skip
