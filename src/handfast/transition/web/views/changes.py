"""Changes that one side proposed: the list, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import names_seen_by
from handfast.transition.actions import accept_change, date_now, decline_change, withdraw_change
from handfast.transition.permissions import may_answer_change, may_withdraw_change
from handfast.transition.queries.changing import proposed
from handfast.transition.queries.effects import effect_of
from handfast.transition.queries.plans import (
    activities_seen_by,
    change_seen_by,
    changes_seen_by,
    plan_seen_by,
)
from handfast.transition.web.forms import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.foundation.actor import Actor
    from handfast.transition.models import ProposedChange

STATUS = {"proposed": "running", "accepted": "met", "declined": "missed", "withdrawn": "stale"}
FIELD_NAMES = {"not_before_on": "not before", "fixed_on": "fixed for", "deadline_on": "deadline", "low": "at best", "high": "at worst", "step_key": "step", "owner_id": "owner", "before_id": "waits for", "kind": "link", "lag_on": "lag counted on"}  # fmt: skip


@page("GET")
def changes(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every proposed change, the newest first, with what it would move."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    found = list(changes_seen_by(request.actor, plan))
    names = names_seen_by(request.actor, [one.proposed_by_id for one in found])
    linked = _linked(request.actor, found)
    rows = [
        {
            "change": one,
            "status": STATUS[one.state],
            "fields": [_field(name, values, linked) for name, values in one.changes.items() if any(values)],
            "by": names.get(one.proposed_by_id, "") if one.proposed_by_id else "",
            "can_answer": one.state == "proposed" and may_answer_change(request.actor, one),
            "can_withdraw": one.state == "proposed" and may_withdraw_change(request.actor, one),
        }
        for one in found
    ]
    context = {"engagement": deal, "rows": rows, "waiting": sum(one.state == "proposed" for one in found)}
    return shown(request, "transition/changes.html", context)


def _linked(actor: Actor, changes: list[ProposedChange]) -> dict[str, str]:
    """The names of the other ends of links that were proposed, by their ids as they are kept."""
    ids = {one for change in changes for one in change.changes.get("before_id", ()) if one}
    return {str(one.pk): one.name for one in activities_seen_by(actor, ids)} if ids else {}


def _field(name: str, values: list[Any], linked: Mapping[str, str]) -> tuple[str, Any, Any]:
    before, after = (linked.get(one, one) if name == "before_id" else one for one in values)
    return FIELD_NAMES.get(name, name), before, after


@page("POST")
def answer(request: ActorRequest, engagement: UUID, change: UUID, verb: str) -> HttpResponse:
    """Accept, decline or withdraw."""
    deal = engagement_seen_by(request.actor, engagement)
    found = change_seen_by(request.actor, change)
    if found.activity.plan.engagement_id != deal.pk:
        raise NotSeen
    form = AnswerForm(request.POST)
    form.is_valid()
    if verb == "accept":
        if not may_answer_change(request.actor, found):
            raise NotPermitted("accept a change: the side that did not propose it does, by a role that plans")
        effect = effect_of(engagement, proposed(found))
        accept_change(request.actor, found, effect=effect, at=request.at)
        date_now(engagement, at=request.at)
    elif verb == "decline":
        decline_change(request.actor, found, reason=form.cleaned_data.get("reason", ""), at=request.at)
    elif verb == "withdraw":
        withdraw_change(request.actor, found, at=request.at)
    else:
        raise NotSeen
    messages.success(request, f"The change of “{found.activity.name}” is answered.")
    return redirect("transition:changes", engagement=engagement)
