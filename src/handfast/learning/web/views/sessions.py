"""Sessions: planned, amended, and who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import party_on
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.instants import both_zones
from handfast.governance.queries.entries import today_in
from handfast.learning.actions import amend_session, keep_attendance, plan_session
from handfast.learning.models import Attendance, Session, Trainee
from handfast.learning.permissions import may_amend_session, may_plan_session, may_run_session
from handfast.learning.queries.overlap import outside_overlap
from handfast.learning.queries.seen import here_on, kept_topics
from handfast.learning.web.class_page import class_page
from handfast.learning.web.forms import SessionForm, tell
from handfast.learning.web.opening import class_here, session_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.engagement.models import Engagement

OK, REFUSED = 200, 422
THERE, PLAYBACK = "there-", "playback-"


@page("POST")
def session_plan(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """A session more of a class."""
    deal, found = class_here(request, engagement, training_class)
    if not may_plan_session(request.actor, found):
        raise NotPermitted("session planned: your role does not include it")
    form = SessionForm(request.POST, topics=kept_topics(deal), zone=party_on(deal, found.side).zone)
    if form.is_valid():
        try:
            made = plan_session(request.actor, found, said=form.said(), at=request.at)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Session {made.number} is planned.")
            return redirect("learning:class", deal.pk, found.pk)
    return class_page(request, deal, found, planning=form, status=REFUSED)


@page("GET", "POST")
def session(request: ActorRequest, engagement: UUID, learning_session: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended or cancelled."""
    deal, found = session_here(request, engagement, learning_session)
    if request.method != "POST":
        return _page(request, deal, found)
    if not may_amend_session(request.actor, found):
        raise NotPermitted("session amended: your role does not include it")
    zone = party_on(deal, found.training_class.side).zone
    form = SessionForm(request.POST, topics=kept_topics(deal), zone=zone, kept=found)
    if form.is_valid():
        try:
            amend_session(
                request.actor, found, said=form.said(), is_cancelled=request.POST.get("cancel") == "yes", at=request.at,
                as_seen=form.cleaned_data["as_seen"] or None,
            )  # fmt: skip
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, "is kept")
    return _page(request, deal, found, form=form, status=REFUSED)


@page("POST")
def session_there(request: ActorRequest, engagement: UUID, learning_session: UUID) -> HttpResponse:
    """Who was there, and how each played the work back."""
    deal, found = session_here(request, engagement, learning_session)
    if not may_run_session(request.actor, found):
        raise NotPermitted("session held: the side whose people learn writes it down")
    try:
        keep_attendance(
            request.actor,
            found,
            there=dict(_there(request)),
            at=request.at,
            as_seen=request.POST.get("as_seen") or None,
        )
    except FieldsRefused as refusal:
        return _page(request, deal, found, refusal=refusal, status=REFUSED)
    return _back(request, found, "is written down")


def _there(request: ActorRequest) -> Iterator[tuple[UUID, str]]:
    """Those who are ticked; what is no id names nobody."""
    for key in request.POST:
        if key.startswith(THERE):
            word = key.removeprefix(THERE)
            try:
                yield UUID(word), request.POST.get(f"{PLAYBACK}{word}", "")
            except ValueError:
                continue


def _page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Session, *, form: SessionForm | None = None,
    refusal: FieldsRefused | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    there = {one.trainee_id: one for one in Attendance.objects.filter(session=found)}
    rows = Trainee.objects.filter(training_class=found.training_class_id)
    people = [one for one in rows.filter(here_on(found.starts_at.date())) if one.pk not in there]
    people += [one for one in rows if one.pk in there]
    zones = [party_on(deal, side).zone for side in ("client", "provider")]
    zone = party_on(deal, found.training_class.side).zone
    context = {
        "engagement": deal,
        "one": found,
        "when": both_zones(found.starts_at, zones),
        "is_outside": outside_overlap(deal, [found]).get(found.pk, False),
        "people": [(one, there.get(one.pk)) for one in sorted(people, key=lambda each: each.label)],
        "playbacks": Attendance.Playback.choices,
        "count": len(there),
        "form": form or SessionForm(topics=kept_topics(deal), zone=zone, kept=found),
        "is_open": form is not None,
        "refusal": refusal,
        "may_amend": may_amend_session(request.actor, found) and found.state != Session.State.HELD,
        "may_run": may_run_session(request.actor, found)
        and found.state != Session.State.CANCELLED
        and found.starts_at <= request.at,
        "today": today_in(deal, request.at),
    }
    return shown(request, "learning/session.html", context, status=status)


def _back(request: ActorRequest, found: Session, said: str) -> HttpResponse:
    messages.success(request, f"Session {found.number} {said}.")
    return redirect("learning:session", found.training_class.engagement_id, found.pk)
