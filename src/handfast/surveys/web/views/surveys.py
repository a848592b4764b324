"""Surveys: their list, one of them, and what the side that sends it does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import exported
from handfast.governance.queries.entries import space_to_write_in
from handfast.surveys.actions import (
    amend_survey,
    close_survey,
    draft_survey,
    invite_to_survey,
    open_survey,
    remind_of_survey,
)
from handfast.surveys.permissions import may_draft_survey, may_send_survey
from handfast.surveys.queries.results import results_of
from handfast.surveys.queries.surveys import members_to_ask, survey_seen_by, surveys_seen_by
from handfast.surveys.web.forms import OWN, DraftForm, InviteForm, SurveyForm, tell
from handfast.surveys.web.results import HEADS, export_rows
from handfast.surveys.web.survey_page import LIST_HEADS, REFUSED, list_rows, survey_page, surveys_page

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.surveys.models import Survey


@page("GET", "POST")
def surveys(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All that are seen; posted, one more is drafted."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method != "POST":
        return surveys_page(request, deal)
    space = space_to_write_in(request.actor, deal, is_internal=request.POST.get("audience") == OWN)
    if not may_draft_survey(request.actor, space):
        raise NotPermitted("survey drafted: your role does not include it")
    mine = party_of(deal, request.actor.organisation)
    form = DraftForm(request.POST, own_name=mine.name if mine else "")
    if form.is_valid():
        try:
            said = form.said(usual=form.cleaned_data["usual"])
            made = draft_survey(request.actor, space, said=said, at=request.at)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(
                request,
                made,
                f"{made.name} is drafted: {'open' if made.is_by_link else 'invite who is asked, then open'} it.",
            )
    return surveys_page(request, deal, draft=form, status=REFUSED)


@page("GET", "POST")
def survey(request: ActorRequest, engagement: UUID, survey: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, the draft says something else."""
    deal, found = _here(request, engagement, survey)
    if request.method != "POST":
        return survey_page(request, deal, found)
    _check_sends(request, found)
    form = SurveyForm(request.POST)
    if form.is_valid():
        try:
            said, seen = form.said(usual=found.usual), form.cleaned_data["as_seen"] or None
            amend_survey(request.actor, found, said=said, at=request.at, as_seen=seen)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, "The draft is kept.")
    return survey_page(request, deal, found, amend=form, status=REFUSED)


@page("POST")
def survey_invite(request: ActorRequest, engagement: UUID, survey: UUID) -> HttpResponse:
    """Invite one group more."""
    deal, found = _here(request, engagement, survey)
    _check_sends(request, found)
    form = InviteForm(request.POST, members=members_to_ask(found))
    if form.is_valid():
        try:
            made = invite_to_survey(request.actor, found, **form.said(), at=request.at)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, f"{made.invited_count - found.invited_count} more are invited.")
    return survey_page(request, deal, found, invite=form, status=REFUSED)


@page("POST")
def survey_open(request: ActorRequest, engagement: UUID, survey: UUID) -> HttpResponse:
    """Send it."""
    deal, found = _here(request, engagement, survey)
    _check_sends(request, found)
    try:
        open_survey(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen") or None)
    except FieldsRefused as refusal:
        messages.error(request, f"Not opened: {refusal}.")
        return survey_page(request, deal, found, status=REFUSED)
    return _back(
        request,
        found,
        "It is open." if found.is_by_link else "It is open; each who is invited is mailed a link.",
    )


@page("POST")
def survey_close(request: ActorRequest, engagement: UUID, survey: UUID) -> HttpResponse:
    """Take no answer any more."""
    _, found = _here(request, engagement, survey)
    close_survey(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen") or None)
    return _back(request, found, "It is closed.")


@page("POST")
def survey_remind(request: ActorRequest, engagement: UUID, survey: UUID) -> HttpResponse:
    """Mail the link once more to those who have not answered."""
    _, found = _here(request, engagement, survey)
    remind_of_survey(request.actor, found, at=request.at)
    return _back(request, found, "Whoever has not answered for three days is reminded.")


@page("GET")
def survey_export(request: ActorRequest, engagement: UUID, survey: UUID, form: str) -> HttpResponseBase:
    """What is shown of the answers, as CSV or XLSX."""
    _, found = _here(request, engagement, survey)
    return exported(request, form, f"{found.name} results", HEADS, export_rows(results_of(found)))


@page("GET")
def surveys_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    return exported(request, form, "surveys", LIST_HEADS, list_rows(surveys_seen_by(request.actor, deal.pk)))


def _here(request: ActorRequest, engagement: UUID, survey: UUID) -> tuple[Engagement, Survey]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), survey_seen_by(request.actor, survey)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _check_sends(request: ActorRequest, found: Survey) -> None:
    if not may_send_survey(request.actor, found):
        raise NotPermitted("survey sent: whoever manages the plan for the side that sends it does that")


def _back(request: ActorRequest, found: Survey, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("surveys:survey", engagement=found.engagement_id, survey=found.pk)
