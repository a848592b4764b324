"""What a change would do, shown before it is made; and a change taken back after it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import date_now, undo_change
from handfast.transition.models import Activity
from handfast.transition.permissions import is_alone, may_amend_activity, may_propose_change
from handfast.transition.queries.agreed import check_agreed
from handfast.transition.queries.checking import POINTS, check_values
from handfast.transition.queries.effects import amended, effect_of
from handfast.transition.queries.moving import moved, resized
from handfast.transition.queries.owning import owners_of
from handfast.transition.queries.plans import dates_seen_by, last_change_seen_by
from handfast.transition.queries.sides import is_moved_alone, side_of
from handfast.transition.refusals import ActivityRefused
from handfast.transition.web.effect_view import effect_view
from handfast.transition.web.finding import found_activity, way_back_to_plan
from handfast.transition.web.forms import ActivityForm, MoveForm

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED = 422


@page("GET", "POST")
def effect(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """What a drag, or the form of an activity, would move, and who must accept it; nothing is changed."""
    found = found_activity(request, engagement, activity)
    if not (may_amend_activity(request.actor, found) or may_propose_change(request.actor, found)):
        raise NotPermitted("change the plan: your role does not include it")
    dates = dates_seen_by(request.actor, found)
    given = request.POST if request.method == "POST" else request.GET
    form = ActivityForm(
        given if "name" in given else None,
        lasts=found.kind == Activity.Kind.WORK,
        owners=owners_of(request.actor, found.plan),
        sites=found.plan.site_names,
        is_agreed=found.agreed_id is not None,
    )
    if form.is_bound and not form.is_valid():
        return _shown(request, found, {"faults": form.errors}, REFUSED)
    changes = form.changes(found) if form.is_bound else _dragged(found, dates, given)
    check_agreed(found, changes)
    check_values({name: getattr(found, name) for name in POINTS} | changes)
    moves = effect_of(engagement, amended(found.pk, changes))
    view = effect_view(
        found, dates, moves, side="" if is_alone(found.plan) else side_of(request.actor, found.plan),
        may_alone=is_moved_alone(request.actor, found, moves, lead=changes.get("lead", "")),
    )  # fmt: skip
    fields = {name: getattr(found, name) for name in ActivityForm.FIELDS} | changes
    context = {
        "view": view,
        "fields": [(name, _written(value)) for name, value in fields.items()],
        "zoom": given.get("zoom", ""),
        "reason": given.get("reason", ""),
    }
    return _shown(request, found, context)


@page("POST")
def undo(request: ActorRequest, engagement: UUID, last: UUID) -> HttpResponse:
    """Take back what was changed a moment ago."""
    engagement_seen_by(request.actor, engagement)
    found = last_change_seen_by(request.actor, last)
    if found.plan.engagement_id != engagement:
        raise NotSeen
    undo_change(request.actor, found, at=request.at)
    date_now(engagement, at=request.at)
    return redirect(way_back_to_plan(engagement, request.GET.get("zoom", "")))


def _dragged(found: Activity, dates: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """The change that a drag asks for. Raises ActivityRefused."""
    form = MoveForm(given)
    if not form.is_valid():
        raise ActivityRefused(
            "that is no place for a bar", [(name, str(one[0])) for name, one in form.errors.items()]
        )
    said = form.cleaned_data
    if said["ends_on"] or said["longer"]:
        return resized(found, dates, ends_on=said["ends_on"], days=said["longer"] or 0)
    return moved(found, dates, starts_on=said["starts_on"], days=said["days"] or 0)


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(request: ActorRequest, found: Activity, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"engagement": found.plan.engagement, "activity": found} | more
    return shown(
        request, "transition/effect.html", context, fragment="transition/part_effect.html", status=status
    )
