"""The page behind the link of a survey: who asks, the questions, and once they are answered thanks; no sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from handfast.foundation.actor import worker_in
from handfast.foundation.refusals import NotSeen, sentence_of
from handfast.foundation.web.headers import unseen
from handfast.people.models import Organisation
from handfast.surveys.actions import answer_anonymously, answer_by_link, answer_survey
from handfast.surveys.queries.links import answering, link_known, survey_behind
from handfast.surveys.reading.answers import offered
from handfast.surveys.refusals import AnswerRefused, SurveyAnswered, SurveyOver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.surveys.models import Survey, SurveyInvitation, SurveyLink

OK, GONE, USED, REFUSED = 200, 410, 409, 422


def answer(request: HttpRequest, survey_secret: str) -> HttpResponse:
    """Found by its secret alone. To look at it answers nothing: programs that look into mails open every link."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    try:
        link = link_known(survey_secret)
        with answering(link):
            return unseen(_answered(request, link, *survey_behind(link)))
    except (SurveyOver, NotSeen):
        return unseen(render(request, "surveys/answer.html", {"is_over": True}, status=GONE))


def _answered(
    request: HttpRequest, link: SurveyLink, survey: Survey, invitation: SurveyInvitation | None
) -> HttpResponse:
    if invitation is not None and invitation.is_used:
        return _said(request, survey, {"is_used": True}, USED)
    if request.method != "POST":
        return _asked(request, survey, {})
    if invitation is None:  # nobody knows who answers twice: from one place at most so many a minute
        slower: HttpResponse | None = ratelimit.consume_or_429(request, action="answer_survey")
        if slower is not None:
            return slower
    given = {name: str(told) for name, told in request.POST.items()}
    try:
        _send(link, survey, invitation, given)
    except AnswerRefused as refusal:
        faults = dict(refusal.fields)
        return _asked(request, survey, given, faults, sentence_of(refusal), REFUSED)
    except SurveyAnswered:
        return _said(request, survey, {"is_used": True}, USED)
    return _said(request, survey, {"is_done": True})


def _send(
    link: SurveyLink, survey: Survey, invitation: SurveyInvitation | None, given: Mapping[str, str]
) -> None:
    actor = worker_in(link.survey_space_id)
    if invitation is None:
        answer_by_link(actor, survey, given=given)
    elif survey.is_anonymous:
        answer_anonymously(actor, invitation, given=given)
    else:
        answer_survey(actor, invitation, given=given, at=timezone.now())


def _asked(  # noqa: PLR0913, PLR0917 - what the page shows
    request: HttpRequest, survey: Survey, given: Mapping[str, str], faults: Mapping[str, str] | None = None,
    refused: str = "", status: int = OK,
) -> HttpResponse:  # fmt: skip
    rows = [
        (one, offered(one), given.get(str(one.pk), ""), (faults or {}).get(str(one.pk), ""))
        for one in survey.questions.all()
    ]
    return _said(request, survey, {"rows": rows, "refused": refused}, status)


def _said(request: HttpRequest, survey: Survey, told: dict[str, object], status: int = OK) -> HttpResponse:
    by = Organisation.objects.filter(pk=survey.sent_for_id).first()
    return render(request, "surveys/answer.html", {"survey": survey, "by": by, **told}, status=status)
