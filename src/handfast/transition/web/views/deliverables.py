"""What one side owes the other: the list with the form that plans one, and the same list as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.web.filters import Filter
from handfast.governance.web.rows import people_of, seeing
from handfast.transition.actions import plan_deliverable
from handfast.transition.permissions import may_plan_deliverable
from handfast.transition.queries.deliverables import clock_of, day_of_clock, deliverables_seen_by
from handfast.transition.queries.deliverables_asked import STATES, chosen_deliverables, deliverables_asked
from handfast.transition.refusals import DeliverableRefused
from handfast.transition.web.deliverable_forms import DeliverableForm, tell
from handfast.transition.web.deliverable_rows import HEADS, export_rows, row_of, sentence_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.web.rows import Person

ROWS_A_PAGE = 50
OK, REFUSED = 200, 422


@page("GET", "POST")
def deliverables(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The list as it is filtered; posted, the form under it plans one more."""
    deal = engagement_seen_by(request.actor, engagement)
    people = people_of(request.actor, deal)
    if request.method != "POST":
        return _list(request, deal, people)
    if not may_plan_deliverable(request.actor, deal):
        raise NotPermitted("deliverable planned: your role does not include it")
    form = DeliverableForm(request.POST, people=people, names=names_of_sides(deal))
    if not form.is_valid():
        return _list(request, deal, people, form=form, status=REFUSED)
    try:
        made = plan_deliverable(request.actor, deal, said=form.said(), at=request.at)
    except DeliverableRefused as refusal:
        tell(form, refusal)
        return _list(request, deal, people, form=form, status=REFUSED)
    messages.success(request, f"{made.name} is planned.")
    return redirect("transition:deliverable", engagement=deal.pk, deliverable=made.pk)


@page("GET")
def deliverables_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX, exactly as it is filtered."""
    deal = engagement_seen_by(request.actor, engagement)
    clock = clock_of(deal, request.at)
    every = deliverables_seen_by(request.actor, deal.pk)
    rows = list(chosen_deliverables(every, deliverables_asked(request.GET), deal, clock))
    persons = [person for one in rows for person in (one.owner_id, one.reviewer_id)]
    people = people_of(request.actor, deal)
    seen = seeing(request.actor, deal, people, persons, day_of_clock(deal, clock))
    cells = export_rows(rows, names_of_sides(deal), seen, clock)
    return exported(request, form, "deliverables", HEADS, cells)


def _list(
    request: ActorRequest, deal: Engagement, people: list[Person], *, form: DeliverableForm | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    actor, asked, clock = request.actor, deliverables_asked(request.GET), clock_of(deal, request.at)
    every = deliverables_seen_by(actor, deal.pk)
    rows = Paginator(chosen_deliverables(every, asked, deal, clock), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    persons = [person for one in rows.object_list for person in (one.owner_id, one.reviewer_id)]
    seen, names = seeing(actor, deal, people, persons, day_of_clock(deal, clock)), names_of_sides(deal)
    told = list(every.only("state", "due_on", "review_ends_at", "is_silence_acceptance", "is_silence_agreed"))
    context = {
        "engagement": deal,
        "rows": [row_of(one, names, seen, deal.zone, clock) for one in rows.object_list],
        "page": rows,
        "total": len(told),
        "asked": asked,
        "filters": [
            Filter("state", "State", (("", "any"), *STATES.items()), asked.state),
            Filter("side", "Handed in by", (("", "either"), *sorted(names.items())), asked.side),
        ],
        "sentence": sentence_of(told, deal, clock),
        "may_plan": may_plan_deliverable(actor, deal),
        "form": form or DeliverableForm(people=people, names=names),
        "is_open": form is not None,
        **export_urls("transition:deliverables_export", deal.pk, query=request.GET.urlencode()),
    }
    return shown(request, "transition/deliverables.html", context, status=status)
