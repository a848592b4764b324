"""A cast that asks: surveys of either side, whom they ask, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.factories.cast import AT, Cast, make_cast

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import Reach, entered
from handfast.governance.queries.entries import space_to_write_in
from handfast.people.queries import actor_for
from handfast.surveys.actions import (
    answer_anonymously,
    answer_survey,
    close_survey,
    draft_survey,
    invite_to_survey,
    open_survey,
)
from handfast.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyLink
from handfast.surveys.queries.links import survey_secret
from handfast.surveys.reading.said import QuestionSaid, SurveySaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.foundation.actor import Actor

__all__ = ["AT", "QUESTIONS", "Asking", "make_asking", "saying"]
FAR = date(2099, 7, 1)
QUESTIONS = (
    QuestionSaid("I know what changes for me.", "agree"),
    QuestionSaid("How satisfied are you?", "score"),
    QuestionSaid("I would choose this partner again.", "ten"),
    QuestionSaid("Compared with before, it is", "choice", ("better", "same", "worse")),
    QuestionSaid("What worries you most?", "text"),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The client's owner asks; the provider's delivery manager does too."""

    cast: Cast

    @property
    def client(self) -> Actor:
        return actor_for(self.cast.owner)

    @property
    def provider(self) -> Actor:
        return actor_for(self.cast.delivery)

    @property
    def engagement(self) -> Any:
        return self.cast.engagement

    def drafted(self, actor: Actor | None = None, *, is_internal: bool = False, **said: Any) -> Survey:
        who = actor or self.client
        with entered(who.reach):
            space = space_to_write_in(who, self.engagement, is_internal=is_internal)
        return draft_survey(who, space, said=saying(**said), at=AT)

    def opened(self, groups: dict[str, int] | None = None, actor: Actor | None = None, **said: Any) -> Survey:
        """With so many addresses of each group."""
        who = actor or self.client
        made = self.drafted(who, **said)
        for group, count in (groups or {"Desk": 6}).items():
            self.invited(made, group, count, who)
        return open_survey(who, made, at=AT)

    def invited(self, survey: Survey, group: str, count: int, actor: Actor | None = None) -> Survey:
        told = [f"{group.lower() or 'x'}{number}@users.example" for number in range(count)]
        return invite_to_survey(actor or self.client, survey, group=group, persons=[], emails=told, at=AT)

    def invitations(self, survey: Survey, group: str | None = None) -> list[SurveyInvitation]:
        with entered(Reach(frozenset({survey.space_id}))):
            rows = SurveyInvitation.objects.filter(survey=survey).order_by("email")
            return list(rows if group is None else rows.filter(group=group))

    def given(self, survey: Survey, *values: object) -> dict[str, str]:
        """Answers in the order of the questions; None leaves one out."""
        with entered(Reach(frozenset({survey.space_id}))):
            asked = list(survey.questions.all())
        return {str(one.pk): str(told) for one, told in zip(asked, values, strict=False) if told is not None}

    def says(self, survey: Survey, group: str, rows: Sequence[Sequence[object]]) -> None:
        """The first of a group who have not answered answer so."""
        waiting = [one for one in self.invitations(survey, group) if not one.is_used]
        for one, values in zip(waiting, rows, strict=False):
            given = self.given(survey, *values)
            if survey.is_anonymous:
                answer_anonymously(worker_in(survey.space_id), one, given=given)
            else:
                answer_survey(worker_in(survey.space_id), one, given=given, at=AT)

    def answers(self, survey: Survey) -> list[SurveyAnswer]:
        with entered(Reach(frozenset({survey.space_id}))):
            return list(SurveyAnswer.objects.filter(survey=survey))

    def closed(self, survey: Survey, actor: Actor | None = None) -> Survey:
        return close_survey(actor or self.client, survey, at=AT)

    def path(self, survey: Survey, invitation: SurveyInvitation | None = None) -> str:
        link = SurveyLink.objects.get(
            survey_id=survey.pk, invitation_id=invitation.pk if invitation else None
        )
        return f"/answer/{survey_secret(link.pk)}/"


def saying(**said: Any) -> SurveySaid:
    told = {"title": "Pulse of May", "purpose": "To hear it early.", "closes_on": FAR, "questions": QUESTIONS}
    return SurveySaid(**(told | said))


def make_asking() -> Asking:
    return Asking(make_cast())
