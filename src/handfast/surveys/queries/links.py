"""The addresses at which surveys are answered, and what stands behind them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import entered
from handfast.people.queries import letters_made, secret_digest
from handfast.surveys.models import Survey, SurveyInvitation, SurveyLink
from handfast.surveys.refusals import SurveyOver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


def survey_secret(link: UUID) -> str:
    """Made again from the row's id whenever it is mailed or shown, so that it is kept nowhere."""
    return letters_made("surveys.link", link)


def survey_address(link: UUID) -> str:
    return settings.HANDFAST_ADDRESS + reverse("surveys:answer", args=[survey_secret(link)])


def link_known(secret: str) -> SurveyLink:
    """Raises SurveyOver."""
    found = SurveyLink.objects.filter(digest=secret_digest(secret)).first()
    if found is None:
        raise _over()
    return found


def link_for_all(survey: Survey) -> SurveyLink | None:
    """The one of a survey that is sent by one link, while it is open."""
    return SurveyLink.objects.filter(survey_id=survey.pk, invitation_id=None).first()


@contextmanager
def answering(link: SurveyLink) -> Iterator[None]:
    """Within, the link's space is reached and nothing else, whoever is signed in: its door enters no other reach."""
    with entered(worker_in(link.survey_space_id).reach):
        yield


def survey_behind(link: SurveyLink) -> tuple[Survey, SurveyInvitation | None]:
    """The open survey, with the invitation where the link is of one. Raises SurveyOver."""
    survey = Survey.objects.filter(pk=link.survey_id, state=Survey.State.OPENED).first()
    invitation = (
        SurveyInvitation.objects.filter(pk=link.invitation_id).first() if link.invitation_id else None
    )
    if survey is None or (link.invitation_id and invitation is None):
        raise _over()
    return survey, invitation


def _over() -> SurveyOver:
    return SurveyOver("this link leads to no open survey: it was closed, or the address is not whole")
