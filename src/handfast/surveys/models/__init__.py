"""The nouns of surveys."""

from handfast.surveys.models.survey import Survey
from handfast.surveys.models.survey_answer import SurveyAnswer
from handfast.surveys.models.survey_invitation import SurveyInvitation
from handfast.surveys.models.survey_link import SurveyLink
from handfast.surveys.models.survey_question import SurveyQuestion

__all__ = ["Survey", "SurveyAnswer", "SurveyInvitation", "SurveyLink", "SurveyQuestion"]
