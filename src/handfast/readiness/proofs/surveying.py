"""Proofs over surveys that both sides read: how many answer, who agrees, who is satisfied."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.readiness.proofs.declared import Asked, Lack, Measured, proof
from handfast.surveys.models import Survey
from handfast.surveys.queries.results import counted_result
from handfast.surveys.reading.hiding import FEWEST
from handfast.surveys.reading.usual import CHANGE_PULSE, CLIENT_USERS

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = "surveys:survey"


@proof("Pulse, share who agree", unit="share", evidence="Surveys", page="surveys:surveys")
def pulse_agree_share(asked: Asked) -> Measured:
    """Whoever agrees or strongly agrees with the counted question of the latest closed change pulse, over all who answered it.

    Of fewer than five answers nothing is counted.
    """
    return _agreed(asked, CHANGE_PULSE, "no change pulse was closed yet")


@proof("Users satisfied", unit="share", evidence="Surveys", page="surveys:surveys")
def users_satisfied_share(asked: Asked) -> Measured:
    """Whoever gives 4 or 5 of 5, or agrees, in the counted question of the latest closed survey of users, over all who answered it.

    Of fewer than five answers nothing is counted.
    """
    return _agreed(asked, CLIENT_USERS, "no survey of users was closed yet")


@proof("Survey answered", unit="share", evidence="Surveys", page="surveys:surveys")
def survey_response_share(asked: Asked) -> Measured:
    """Answers over invitations of the latest survey that was closed; one that was sent by one link is not counted."""
    found = _closed(asked).filter(sent_by=Survey.SentBy.INVITATION, invited_count__gt=0).first()
    if found is None:
        return Measured(None, "no survey with invitations was closed yet")
    answered = found.answers.count()
    said = f"{answered} of {found.invited_count} in {found.name}"
    return Measured(Fraction(answered, found.invited_count), said, found.closed_at, _lack(found, answered))


def _agreed(asked: Asked, usual: str, none: str) -> Measured:
    found = _closed(asked).filter(usual=usual).first()
    if found is None:
        return Measured(None, none)
    result = counted_result(found)
    if result is None or result.whole is None or result.whole.count < FEWEST:
        return Measured(None, f"fewer than {FEWEST} have answered a counted question of {found.name}")
    share = result.whole.agree_share
    if share is None:
        return Measured(
            None, f"the counted question of {found.name} is answered from 0 to 10: it has no share"
        )
    agreed = share * result.whole.count
    return Measured(share, f"{agreed} of {result.whole.count} in {found.name}", found.closed_at)


def _closed(asked: Asked) -> QuerySet[Survey]:
    """Those of both sides, the latest first."""
    rows = Survey.objects.filter(engagement=asked.deal, space_id=asked.deal.space_id, closed_at__lte=asked.at)
    found: QuerySet[Survey] = rows.select_related("engagement").order_by("-closed_at", "-number")
    return found


def _lack(survey: Survey, answered: int) -> tuple[Lack, ...]:
    left = survey.invited_count - answered
    return (Lack(f"{left} have not answered {survey.name}", PAGE, survey.pk),) if left else ()
