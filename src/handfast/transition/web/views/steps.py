"""One step: what each side does in it, what it delivers, how its milestone is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import amend_step
from handfast.transition.permissions import may_amend_step
from handfast.transition.queries.lines import step_lines
from handfast.transition.queries.plans import rows_of, step_seen_by
from handfast.transition.web.planning_forms import StepForm

if TYPE_CHECKING:
    from handfast.transition.models import Step

REFUSED = 422


@page("GET", "POST")
def step(request: ActorRequest, engagement: UUID, step: UUID) -> HttpResponse:
    """The drawer of a step; posted, its words are changed."""
    deal = engagement_seen_by(request.actor, engagement)
    found = step_seen_by(request.actor, deal.pk, step)
    is_posted = request.method == "POST"
    if is_posted and not may_amend_step(request.actor, found):
        raise NotPermitted("change a step: the side that leads it does, by a role that manages the plan")
    form = StepForm(request.POST if is_posted else None, initial=StepForm.of(found))
    if is_posted and form.is_valid():
        changes = form.changes(found)
        try:
            amend_step(
                request.actor, found, changes=changes, at=request.at, as_seen=form.cleaned_data["as_seen"]
            )
        except FieldsRefused as refused:
            for field, said in refused.fields or [(None, str(refused))]:
                form.add_error(field, said)
        else:
            messages.success(request, f"“{found.name}” is changed.")
            return redirect("transition:step", engagement=engagement, step=step)
    lines = next((one for one in step_lines(rows_of(found.plan)) if one.key == found.key), None)
    context = {
        "engagement": deal, "step": found, "form": form, "lines": lines,
        "may_amend": may_amend_step(request.actor, found),
        "lists": _lists(found),
    }  # fmt: skip
    return shown(request, "transition/step.html", context, status=REFUSED if form.errors else 200)


def _lists(found: Step) -> list[tuple[str, list[str]]]:
    """What each side does, by its name, and what the step leaves behind; lists that are empty are left out."""
    names = names_of_sides(found.plan.engagement)
    lists = [
        (names["client"], found.client_actions),
        (names["provider"], found.provider_actions),
        ("It leaves behind", found.deliverables),
        ("Its milestone is passed when", [one["text"] for one in found.criteria]),
    ]
    return [one for one in lists if one[1]]
