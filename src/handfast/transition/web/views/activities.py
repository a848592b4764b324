"""One activity: why it is when it is, what has happened, and how it is changed or a change proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.evidence.web.beside import kept_beside
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import names_seen_by
from handfast.transition.actions import amend_activity, date_now, propose_change, report_progress
from handfast.transition.models import Activity
from handfast.transition.permissions import (
    may_amend_activity,
    may_answer_change,
    may_propose_change,
    may_report_progress,
)
from handfast.transition.queries.activity_things import activity_thing
from handfast.transition.queries.agreed import check_agreed
from handfast.transition.queries.checking import POINTS, check_values
from handfast.transition.queries.effects import amended, effect_of
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.owning import owners_of
from handfast.transition.queries.plans import changes_seen_by, rows_of
from handfast.transition.queries.promised import promised_in
from handfast.transition.queries.sides import is_internal, is_moved_alone
from handfast.transition.queries.undoing import undoable
from handfast.transition.queries.working import today_of
from handfast.transition.refusals import AgreedInContract
from handfast.transition.web.activity_view import activity_view
from handfast.transition.web.finding import found_activity, way_back
from handfast.transition.web.forms import ActivityForm, ProgressForm
from handfast.transition.web.stale import is_stale, stale_answer
from handfast.transition.web.why_view import why_view

if TYPE_CHECKING:
    from handfast.transition.models import ProposedChange

OK, REFUSED = 200, 422


@page("GET")
def activity(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """The drawer of an activity: its dates in both zones, why, its links, the forms that the actor may use."""
    found = found_activity(request, engagement, activity)
    return _shown(request, found, _form(request, found, is_sent=False), ProgressForm(initial=_facts(found)))


@page("POST")
def change(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """Make a change that moves nobody else; propose one that does."""
    found = found_activity(request, engagement, activity)
    if not _may_change(request, found):
        raise NotPermitted("change the plan: your role does not include it")
    form = _form(request, found)
    if not form.is_valid():
        return _shown(request, found, form, ProgressForm(initial=_facts(found)), REFUSED)
    if is_stale(found, form):
        return stale_answer(request, found, form, again="effect")
    changes = form.changes(found)
    try:
        check_agreed(found, changes)
    except AgreedInContract as refused:
        form.add_error("deadline_on", str(refused))
        return _shown(request, found, form, ProgressForm(initial=_facts(found)), REFUSED)
    check_values({name: getattr(found, name) for name in POINTS} | changes)
    effect = effect_of(engagement, amended(found.pk, changes))
    if is_moved_alone(request.actor, found, effect, lead=changes.get("lead", "")):
        amend_activity(
            request.actor,
            found,
            changes=changes,
            effect=effect,
            at=request.at,
            as_seen=form.cleaned_data["as_seen"],
        )
        date_now(engagement, at=request.at)
        if not request.POST.get("zoom"):
            messages.success(request, f"“{found.name}” is changed, and the plan is dated anew.")
    elif not form.cleaned_data["reason"].strip():
        form.add_error(
            "reason", f"This moves what the other side must accept ({len(effect.moves)} dates): say why."
        )
        return _shown(request, found, form, ProgressForm(initial=_facts(found)), REFUSED)
    else:
        propose_change(
            request.actor,
            found,
            changes=changes,
            effect=effect,
            reason=form.cleaned_data["reason"],
            at=request.at,
            as_seen=form.cleaned_data["as_seen"],
        )
        messages.success(request, "The change is proposed; the other side is told.")
    return redirect(way_back(request, found))


@page("POST")
def progress(request: ActorRequest, engagement: UUID, activity: UUID) -> HttpResponse:
    """Report what has happened; the dates that follow are a forecast."""
    found = found_activity(request, engagement, activity)
    if not may_report_progress(request.actor, found):
        raise NotPermitted("report progress: of what your side leads or works on, by a role that includes it")
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, _form(request, found, is_sent=False), form, REFUSED)
    if is_stale(found, form):
        return stale_answer(request, found, form, again="progress")
    given = form.cleaned_data
    report_progress(
        request.actor, found, started_on=given["started_on"], finished_on=given["finished_on"],
        remaining=given["remaining"], on=today_of(request.actor, request.at), at=request.at, as_seen=given["as_seen"],
    )  # fmt: skip
    date_now(engagement, at=request.at)
    messages.success(request, f"“{found.name}” is reported, and the plan is dated anew.")
    if request.POST.get("back") == "work":
        return redirect("transition:work")
    return redirect("transition:activity", engagement=engagement, activity=activity)


def _may_change(request: ActorRequest, found: Activity) -> bool:
    return may_amend_activity(request.actor, found) or may_propose_change(request.actor, found)


def _waiting(request: ActorRequest, found: Activity) -> ProposedChange | None:
    rows = changes_seen_by(request.actor, found.plan).filter(activity=found, state="proposed")
    return rows.first()


def _form(request: ActorRequest, found: Activity, *, is_sent: bool = True) -> ActivityForm:
    initial = {name: getattr(found, name) for name in ActivityForm.FIELDS} | {"as_seen": found.seen_as}
    lasts = found.kind == Activity.Kind.WORK
    return ActivityForm(
        request.POST if is_sent else None,
        lasts=lasts,
        initial=initial,
        owners=owners_of(request.actor, found.plan),
        sites=found.plan.site_names,
        is_agreed=found.agreed_id is not None,
    )


def _facts(found: Activity) -> dict[str, object]:
    return {
        "started_on": found.started_on, "finished_on": found.finished_on, "remaining": found.remaining,
        "as_seen": found.seen_as,
    }  # fmt: skip


def _shown(
    request: ActorRequest, found: Activity, form: ActivityForm, progress: ProgressForm, status: int = OK
) -> HttpResponse:
    rows = rows_of(found.plan)
    context = {
        "engagement": found.plan.engagement,
        "activity": found,
        "view": activity_view(rows, found, names_seen_by(request.actor, [found.owner_id])),
        "promised": next((one for one in promised_in(rows) if one.activity.pk == found.pk), None),
        "told": why_view(rows, found, outlook_of(found.plan)),
        "form": form,
        "progress": progress,
        "may_amend": may_amend_activity(request.actor, found),
        "is_internal": is_internal(found),
        "may_change": _may_change(request, found),
        "may_report": may_report_progress(request.actor, found),
        "beside": kept_beside(request.actor, found.plan.engagement, activity_thing(found)),
        "change": (change := _waiting(request, found)),
        "may_answer": change is not None and may_answer_change(request.actor, change),
        "undo": undoable(request.actor, found.plan, request.at),
    }
    return shown(request, "transition/activity.html", context, status=status)
