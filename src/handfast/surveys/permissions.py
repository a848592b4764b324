"""Who may send surveys, and who answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.surveys.models import Survey, SurveyInvitation


def may_draft_survey(actor: Actor, space: Space) -> bool:
    """Whoever manages the plan, on either side; which spaces they write the reach says."""
    return actor.organisation is not None and actor.can("manage-plan", space.engagement_id)


def may_send_survey(actor: Actor, survey: Survey) -> bool:
    """Whoever manages the plan for the side that sends it."""
    return actor.organisation == survey.sent_for_id and actor.can("manage-plan", survey.engagement_id)


def may_end_survey(actor: Actor, survey: Survey) -> bool:
    """The same; and the worker, when its day is over."""
    return may_send_survey(actor, survey) or may_run_survey(actor, survey)


def may_run_survey(actor: Actor, survey: Survey) -> bool:
    """The worker, and whoever holds the link for all, in the survey's own space: nobody by name."""
    return actor.person is None and actor.reach.writes == frozenset({survey.space_id})


def may_answer_survey(actor: Actor, invitation: SurveyInvitation) -> bool:
    """Whoever holds the link, in the survey's own space: nobody by name."""
    return actor.person is None and actor.reach.writes == frozenset({invitation.space_id})
