"""The operations on surveys. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.queries.entries import space_to_write_in
from handfast.surveys.actions import (
    amend_survey,
    close_survey,
    draft_survey,
    invite_to_survey,
    open_survey,
    remind_of_survey,
)
from handfast.surveys.api.schemas import (
    SurveyIn,
    SurveyInvitationsIn,
    SurveyMoveIn,
    SurveyOut,
    SurveyResultsOut,
    UsualSurveyOut,
    WholeSurveyOut,
    results_told,
)
from handfast.surveys.models import Survey
from handfast.surveys.permissions import may_send_survey
from handfast.surveys.queries.links import link_for_all, survey_address
from handfast.surveys.queries.results import results_of
from handfast.surveys.queries.surveys import survey_seen_by, surveys_seen_by
from handfast.surveys.reading.usual import UsualSurvey, usual_surveys

router = Router(tags=["surveys"])
ONE = "/surveys/{uuid:survey}"


@router.get("/engagements/{uuid:engagement}/questionnaires", response=list[UsualSurveyOut])
def list_questionnaires(request: ActorRequest, engagement: UUID) -> list[UsualSurvey]:
    """The usual ones."""
    engagement_seen_by(request.actor, engagement)
    return list(usual_surveys().values())


@router.get("/engagements/{uuid:engagement}/surveys", response=list[SurveyOut])
def list_surveys(request: ActorRequest, engagement: UUID) -> list[Survey]:
    """All that the caller reads, the newest first."""
    deal = engagement_seen_by(request.actor, engagement)
    return list(surveys_seen_by(request.actor, deal.pk))


@router.post("/engagements/{uuid:engagement}/surveys", response={201: WholeSurveyOut})
def post_survey(request: ActorRequest, engagement: UUID, given: SurveyIn) -> Status[Survey]:
    """Draft one."""
    deal = engagement_seen_by(request.actor, engagement)
    space = space_to_write_in(request.actor, deal, is_internal=given.is_internal)
    return Status(201, draft_survey(request.actor, space, said=given.said(), at=request.at))


@router.get(ONE, response=WholeSurveyOut)
def get_survey(request: ActorRequest, survey: UUID) -> Survey:
    """One of them with its questions."""
    found = survey_seen_by(request.actor, survey)
    link = link_for_all(found) if may_send_survey(request.actor, found) and found.is_open else None
    found.link = survey_address(link.pk) if link else ""  # type: ignore[attr-defined]  # read by the schema
    return found


@router.put(ONE, response=WholeSurveyOut)
def put_survey(request: ActorRequest, survey: UUID, given: SurveyIn) -> Survey:
    """Let a draft ask something else."""
    found = survey_seen_by(request.actor, survey)
    return amend_survey(request.actor, found, said=given.said(), at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/invitations", response=SurveyOut)
def post_survey_invitations(request: ActorRequest, survey: UUID, given: SurveyInvitationsIn) -> Survey:
    """Invite one group more."""
    found = survey_seen_by(request.actor, survey)
    told = given.dict()
    return invite_to_survey(request.actor, found, **told, at=request.at)


@router.post(f"{ONE}/opening", response=SurveyOut)
def post_survey_opening(request: ActorRequest, survey: UUID, given: SurveyMoveIn) -> Survey:
    """Send it."""
    found = survey_seen_by(request.actor, survey)
    return open_survey(request.actor, found, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/closing", response=SurveyOut)
def post_survey_closing(request: ActorRequest, survey: UUID, given: SurveyMoveIn) -> Survey:
    """Take no answer any more."""
    found = survey_seen_by(request.actor, survey)
    return close_survey(request.actor, found, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/reminder", response=SurveyOut)
def post_survey_reminder(request: ActorRequest, survey: UUID) -> Survey:
    """Mail the link once more to those who have not answered for three days."""
    return remind_of_survey(request.actor, survey_seen_by(request.actor, survey), at=request.at)


@router.get(f"{ONE}/results", response=SurveyResultsOut)
def get_survey_results(request: ActorRequest, survey: UUID) -> dict[str, Any]:
    """What the answers say together; `hidden` says why nothing is shown."""
    return results_told(results_of(survey_seen_by(request.actor, survey)))
