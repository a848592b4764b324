"""The weekly status: the list of weeks, one week, its slide, the remark on the next one, and the list of its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import ask_for_weeks, remark_on_week, stop_weeks
from handfast.transition.permissions import may_remark
from handfast.transition.queries.plans import plan_seen_by, plans_seen_by
from handfast.transition.queries.sides import side_of
from handfast.transition.queries.weekly_words import remarks_of, sections_of, sentence_of_week
from handfast.transition.queries.weeks import (
    next_friday,
    open_week,
    own_reader,
    reader_of,
    week_seen_by,
    weeks_seen_by,
)
from handfast.transition.web.slide import SLIDE_KIND, slide_of
from handfast.transition.web.status_forms import RemarkForm
from handfast.transition.web.status_view import CHIPS

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.transition.models import Plan, WeeklyStatus

MOST_WEEKS, REFUSED = 200, 422


@page("GET", "POST")
def weeks(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every frozen week, and the remark of the own side on the one to come."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method == "POST":
        form = RemarkForm(request.POST)
        if form.is_valid():
            plan = plan_seen_by(request.actor, engagement)
            remark_on_week(request.actor, plan, text=form.cleaned_data["text"], at=request.at)
            messages.success(request, "The remark goes into this week's status.")
            return redirect("transition:weeks", engagement=engagement)
        return _weeks(request, deal, form)
    return _weeks(request, deal, None)


@page("GET")
def week(request: ActorRequest, engagement: UUID, week: UUID) -> HttpResponse:
    """One frozen week."""
    deal = engagement_seen_by(request.actor, engagement)
    found = week_seen_by(request.actor, engagement, week)
    names = names_of_sides(deal)
    context = {
        "engagement": deal,
        "week": found,
        "sentence": sentence_of_week(found.body),
        "sections": sections_of(found.body, names),
        "remarks": remarks_of(found.body, names),
        "steps": [(one, CHIPS[one["rag"]]) for one in found.body["rag"]],
    }
    return shown(request, "transition/week.html", context)


@page("GET")
def slide(request: ActorRequest, engagement: UUID, week: UUID) -> HttpResponse:
    """One frozen week as one slide."""
    deal = engagement_seen_by(request.actor, engagement)
    found = week_seen_by(request.actor, engagement, week)
    answer = HttpResponse(slide_of(found, names_of_sides(deal), deal.name), content_type=SLIDE_KIND)
    answer["Content-Disposition"] = f'attachment; filename="status-{found.ends_on}.pptx"'
    return answer


@page("POST")
def read_weeks(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Get the weekly status by mail."""
    engagement_seen_by(request.actor, engagement)
    ask_for_weeks(request.actor, plan_seen_by(request.actor, engagement), at=request.at)
    messages.success(request, "Each Friday's status comes to you by mail.")
    return redirect("transition:weeks", engagement=engagement)


@page("POST")
def leave_weeks(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Get it no more."""
    engagement_seen_by(request.actor, engagement)
    found = own_reader(request.actor, plan_seen_by(request.actor, engagement))
    stop_weeks(request.actor, found, at=request.at)
    messages.success(request, "No weekly status is mailed to you any more.")
    return redirect("transition:weeks", engagement=engagement)


def _weeks(request: ActorRequest, deal: Engagement, form: RemarkForm | None) -> HttpResponse:
    plan = plans_seen_by(request.actor, deal.pk).first()
    found: list[WeeklyStatus] = list(weeks_seen_by(request.actor, deal.pk)[:MOST_WEEKS])
    context = {
        "engagement": deal,
        "plan": plan,
        "weeks": [(one, sentence_of_week(one.body)) for one in found],
        **(_coming(request, plan, form) if plan else {}),
    }
    return shown(request, "transition/weeks.html", context, status=REFUSED if form and form.errors else 200)


def _coming(request: ActorRequest, plan: Plan, form: RemarkForm | None) -> dict[str, object]:
    friday = next_friday(plan, request.at)
    coming = open_week(plan, friday)
    remarks = coming.remarks if coming else {}
    mine = remarks.get(side_of(request.actor, plan), {}).get("text", "")
    names = names_of_sides(plan.engagement)
    return {
        "friday": friday,
        "form": form or RemarkForm(initial={"text": mine}),
        "remarks": [(side, names[side], one["text"]) for side, one in remarks.items() if side in names],
        "may_remark": may_remark(request.actor, plan),
        "reader": reader_of(request.actor, plan),
    }
