"""Put an activity into the plan, link it, and take it out."""

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
    add_activity,
    date_now,
    link_activities,
    propose_change,
    remove_activity,
    unlink_activities,
)
from handfast.transition.actions.links import space_of_link
from handfast.transition.models import ProposedChange
from handfast.transition.permissions import (
    may_amend_activity,
    may_manage_plan,
    may_propose_change,
    may_unlink,
)
from handfast.transition.queries.changing import link_said
from handfast.transition.queries.checking import check_lag, check_values
from handfast.transition.queries.effects import effect_of, linked, removed, unlinked
from handfast.transition.queries.plans import activity_seen_by, link_seen_by, plan_seen_by, rows_of
from handfast.transition.queries.sharing import space_named, space_to_plan_in
from handfast.transition.queries.sides import is_moved_alone
from handfast.transition.queries.waves import waves_of
from handfast.transition.web.asking import ask, reason_of
from handfast.transition.web.finding import found_activity
from handfast.transition.web.planning_forms import OWN, SHARED, AddActivityForm, LinkForm, link_of

if TYPE_CHECKING:
    from handfast.transition.models import Activity
    from handfast.transition.queries.effects import Effect

REFUSED = 422
What = ProposedChange.What


@page("GET", "POST")
def add(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A new activity, for both sides or for the own one alone; whoever adds it chooses which, first of all."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    mine = party_of(deal, request.actor.organisation)
    if mine is None or not may_manage_plan(request.actor, plan):
        raise NotPermitted("add an activity: your role does not include it")
    form = AddActivityForm(
        request.POST if request.method == "POST" else None, steps=plan.steps.all(), waves=waves_of(plan),
        both=" and ".join(party.name for party in deal.parties.all()), own=mine.name,
        initial={"audience": SHARED, "lead": mine.side},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        space = space_to_plan_in(request.actor, plan, is_internal=form.cleaned_data["audience"] == OWN)
        check_values(form.values())
        made = add_activity(request.actor, space, plan=plan, values=form.values(), at=request.at)
        date_now(engagement, at=request.at)
        messages.success(request, f"“{made.name}” is in the plan. Say what it waits for.")
        return redirect("transition:activity", engagement=engagement, activity=made.pk)
    context = {"engagement": deal, "form": form, "mine": mine}
    return shown(request, "transition/add.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def remove(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """Take an activity out; where the other side must accept that, propose it."""
    found = found_activity(request, engagement, activity)
    _check_may_change(request, found, "remove an activity")
    effect = effect_of(engagement, removed(found.pk))
    as_seen = request.POST.get("as_seen", "")
    if is_moved_alone(request.actor, found, effect):
        remove_activity(request.actor, found, effect=effect, at=request.at, as_seen=as_seen)
        date_now(engagement, at=request.at)
        messages.success(request, f"“{found.name}” is no longer in the plan.")
        return redirect("transition:plan", engagement=engagement)
    return _proposed(request, found, effect, f"Take “{found.name}” out of the plan", What.REMOVE)


@page("GET", "POST")
def link(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """Let an activity wait for another; where the other side must accept that, propose it."""
    found = found_activity(request, engagement, activity)
    _check_may_change(request, found, "link an activity")
    others = [one for one in rows_of(found.plan).activities if one.pk != found.pk]
    form = LinkForm(request.POST if request.method == "POST" else None, others=others)
    if request.method == "POST" and form.is_valid():
        return _linked(request, found, form)
    context = {"engagement": found.plan.engagement, "activity": found, "form": form}
    return shown(request, "transition/link.html", context, status=REFUSED if form.errors else 200)


def _linked(request: ActorRequest, found: Activity, form: LinkForm) -> HttpResponse:
    engagement = found.plan.engagement_id
    before = activity_seen_by(request.actor, UUID(form.cleaned_data["before"]))
    check_lag(form.cleaned_data["lag"].strip(), form.cleaned_data["lag_on"])
    space = space_named(request.actor, space_of_link(before, found))
    made = link_of(form, found, before, space.pk)
    effect = effect_of(engagement, linked(made))
    is_own = made.space_id != found.plan.space_id and may_amend_activity(request.actor, found)
    if is_own or is_moved_alone(request.actor, found, effect):
        link_activities(request.actor, space, link=made, effect=effect, at=request.at)
        date_now(engagement, at=request.at)
        messages.success(request, f"It waits for “{before.name}” now.")
        return redirect("transition:activity", engagement=engagement, activity=found.pk)
    wish = f"Let “{found.name}” wait for “{before.name}”"
    return _proposed(request, found, effect, wish, What.LINK, **link_said(made))


@page("POST")
def unlink(request: ActorRequest, engagement: UUID, link: UUID) -> HttpResponse:
    """Let an activity no longer wait for another; where the other side must accept that, propose it."""
    engagement_seen_by(request.actor, engagement)
    found = link_seen_by(request.actor, link)
    if found.plan.engagement_id != engagement:
        raise NotSeen
    if not may_unlink(request.actor, found):
        raise NotPermitted("unlink an activity: your role does not include it")
    after = found_activity(request, engagement, found.after_id)
    effect = effect_of(engagement, unlinked(found.pk))
    is_own = found.space_id != found.plan.space_id
    if is_own or is_moved_alone(request.actor, after, effect):
        unlink_activities(request.actor, found, effect=effect, at=request.at)
        date_now(engagement, at=request.at)
        messages.success(request, "It no longer waits for that.")
        return redirect("transition:activity", engagement=engagement, activity=found.after_id)
    wish = f"Let “{after.name}” no longer wait for that"
    return _proposed(request, after, effect, wish, What.UNLINK, **link_said(found))


def _check_may_change(request: ActorRequest, found: Activity, what: str) -> None:
    if not (may_amend_activity(request.actor, found) or may_propose_change(request.actor, found)):
        raise NotPermitted(f"{what}: your role does not include it")


def _proposed(
    request: ActorRequest, found: Activity, effect: Effect, wish: str, what: str, **changes: Any
) -> HttpResponse:
    reason = reason_of(request)
    if not reason:
        return ask(request, found, effect, wish=wish)
    propose_change(
        request.actor,
        found,
        what=what,
        changes=changes,
        effect=effect,
        reason=reason,
        at=request.at,
        as_seen=request.POST.get("as_seen", ""),
    )
    messages.success(request, "It is proposed; the other side is told.")
    return redirect("transition:activity", engagement=found.plan.engagement_id, activity=found.pk)
