"""One side's own plan: sent in, its phases mapped to the steps, held beside the plan, and taken over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.files.staged import path_of
from handfast.foundation.refusals import NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.kernel.refusal import Refusal
from handfast.people.queries import names_seen_by, own_space_of
from handfast.transition.actions import date_now, map_phases, offer_plan, take_over
from handfast.transition.models import OfferedPlan, Plan
from handfast.transition.permissions import may_manage_plan, may_take_over
from handfast.transition.queries.additions import wanted_of
from handfast.transition.queries.offering import content_at, mapping_before, read_for, side_that_offers
from handfast.transition.queries.offers import beside, offer_seen_by, offers_seen_by, since
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sides import side_of

REFUSED = 422
OWN = "own"


# The token stands in the body, and the body is read only once it is known where its file goes: see `_send`.
@csrf_exempt
@page("GET", "POST")
def offers(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """What the own side sent in, and the form that sends the next version."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if request.method == "POST":
        side_that_offers(request.actor, plan)
        with receiving(request, own_space_of(request.actor, engagement).pk) as one:
            return _send(request, plan, one)
    return _listed(request, plan)


@csrf_protect
def _send(request: ActorRequest, plan: Plan, one: Receiving) -> HttpResponse:
    request.POST  # noqa: B018 - reads the body, so that the file is there
    try:
        staged = one.staged
        space = own_space_of(request.actor, plan.engagement_id)
        content = content_at(path_of(space.pk, staged.name), staged.file_name, staged.size_bytes)
        side = side_that_offers(request.actor, plan)
        read = read_for(rows_of(plan), side, content, staged.file_name)
    except NotSeen:
        raise
    except Refusal as refusal:
        return _listed(request, plan, refusal)
    made = offer_plan(
        request.actor, space, plan=plan, file_name=staged.file_name, content=content, read=read,
        mapping=mapping_before(request.actor, plan, read.plan), at=request.at,
    )  # fmt: skip
    return redirect("transition:offer", engagement=plan.engagement_id, offered=made.pk)


def _listed(request: ActorRequest, plan: Plan, refusal: Refusal | None = None) -> HttpResponse:
    found = list(offers_seen_by(request.actor, plan))
    context = {
        "engagement": plan.engagement,
        "plan": plan,
        "offers": found,
        "mine": party_of(plan.engagement, request.actor.organisation),
        "names": names_seen_by(request.actor, [one.offered_by_id for one in found]),
        "may_offer": bool(side_of(request.actor, plan)) and may_manage_plan(request.actor, plan),
        "refusal": refusal,
    }
    return shown(request, "transition/offers.html", context, status=status_of(refusal) if refusal else 200)


@page("GET")
def offer(request: ActorRequest, engagement: UUID, offered: UUID) -> HttpResponse:
    """A version beside the plan: what either lacks, where both have it with other dates, what changed since."""
    found = _found(request, engagement, offered)
    rows = rows_of(plan_seen_by(request.actor, engagement))
    former = offers_seen_by(request.actor, found.plan).filter(number=found.number - 1).first()
    context = {
        "engagement": rows.plan.engagement,
        "offered": found,
        "beside": beside(found, rows, side_of(request.actor, rows.plan)),  # type: ignore[arg-type]  # whoever sees one is of a side
        "since": since(found, former) if former else None,
        "steps": rows.steps,
        "mine": party_of(rows.plan.engagement, request.actor.organisation),
        "both": " and ".join(party.name for party in rows.plan.engagement.parties.all()),
        "may_take": may_take_over(request.actor, found),
    }
    return shown(request, "transition/offer.html", context)


@page("POST")
def mapping(request: ActorRequest, engagement: UUID, offered: UUID) -> HttpResponse:
    """Which step each phase stands for."""
    found = _found(request, engagement, offered)
    phases = [step["key"] for step in found.content.get("steps", [])]
    chosen = {key: request.POST[f"phase.{key}"] for key in phases if f"phase.{key}" in request.POST}
    map_phases(request.actor, found, mapping=chosen, at=request.at, as_seen=request.POST.get("as_seen", ""))
    messages.success(request, "The phases are mapped. What the plan lacks stands below.")
    return redirect("transition:offer", engagement=engagement, offered=offered)


@page("POST")
def take(request: ActorRequest, engagement: UUID, offered: UUID) -> HttpResponse:
    """Take over what is ticked, all of it or nothing."""
    found = _found(request, engagement, offered)
    wanted = set(request.POST.getlist("wanted")) - found.taken.keys()
    is_internal = request.POST.get("audience") == OWN
    addition, effect = wanted_of(request.actor, found, wanted, is_internal=is_internal)
    take_over(
        request.actor, found, addition=addition, effect=effect, at=request.at,
        as_seen=request.POST.get("as_seen", ""),
    )  # fmt: skip
    date_now(engagement, at=request.at)
    many = len(addition.activities)
    messages.success(request, f"{many} activit{'y is' if many == 1 else 'ies are'} in the plan.")
    return redirect("transition:offer", engagement=engagement, offered=offered)


def _found(request: ActorRequest, engagement: UUID, offered: UUID) -> OfferedPlan:
    engagement_seen_by(request.actor, engagement)
    found = offer_seen_by(request.actor, offered)
    if found.plan.engagement_id != engagement:
        raise NotSeen
    return found
