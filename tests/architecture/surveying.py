"""What is asked in a deal: a survey with names that was answered, one of each side alone, every text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import entered
from handfast.governance.queries.entries import space_to_write_in
from handfast.surveys.actions import answer_survey, draft_survey, invite_to_survey, open_survey
from handfast.surveys.models import SurveyInvitation, SurveyLink
from handfast.surveys.queries.links import survey_secret
from handfast.surveys.reading.said import QuestionSaid, SurveySaid

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.surveys.models import Survey

FAR = date(2099, 7, 1)
SIDES = ("client", "provider")


def surveyed(deal: Deal) -> None:
    """The client asks both sides; each side asks its own."""
    shared = _opened(deal, "client", is_internal=False)
    deal.shared["survey"] = str(shared.pk)
    for side in SIDES:
        own = _opened(deal, side, is_internal=True)
        with entered(deal.actor(side).reach):
            waiting = SurveyInvitation.objects.get(survey=own, is_used=False)
        link = SurveyLink.objects.get(invitation_id=waiting.pk)
        deal.own[side]["survey_secret"] = survey_secret(link.pk)


def _opened(deal: Deal, side: str, *, is_internal: bool) -> Survey:
    actor, at, word = deal.actor(side), datetime.now(UTC), _word(side, is_internal=is_internal)
    said = SurveySaid(
        f"Asked {deal.said('survey', word)}", f"Because {deal.said('survey purpose', word)}", FAR,
        (
            QuestionSaid(f"Why {deal.said('survey question', word)}", "text"),
            QuestionSaid("Which", "choice", (f"This {deal.said('survey choice', word)}", "That")),
        ),
        is_anonymous=False,
    )  # fmt: skip
    with entered(actor.reach):
        space = space_to_write_in(actor, deal.engagement, is_internal=is_internal)
        made = draft_survey(actor, space, said=said, at=at)
        told = _addresses(deal, word)
        invite_to_survey(actor, made, group=f"G {deal.said('group', word)}", persons=[], emails=told, at=at)
        made = open_survey(actor, made, at=at)
        invitation = SurveyInvitation.objects.filter(survey=made).order_by("email").first()
        question = made.questions.get(number=1)
    given = {str(question.pk): f"So {deal.said('survey said', word)}"}
    answer_survey(worker_in(made.space_id), invitation, given=given, at=at)
    return made


def asked_addresses(deal: Deal) -> set[str]:
    """Whom the deal's surveys are mailed to: people of nowhere."""
    words = (_word("client", is_internal=False), *(_word(side, is_internal=True) for side in SIDES))
    return {one for word in words for one in _addresses(deal, word)}


def _word(side: str, *, is_internal: bool) -> str:
    return f"{side} {is_internal}"


def _addresses(deal: Deal, word: str) -> list[str]:
    return [f"{deal.said('asked', word, which)}@mail.example" for which in ("first", "second")]
