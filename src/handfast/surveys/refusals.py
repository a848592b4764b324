"""What the room of surveys refuses."""

from __future__ import annotations

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal


class SurveyRefused(FieldsRefused):
    """A survey, its questions or its invitations that cannot be kept or sent as they are."""

    code = "survey-refused"


class SurveyMoved(Refusal):
    """A survey that is in another state than what is asked of it needs."""

    code = "survey-moved"
    status = 409


class NobodyToRemind(Refusal):
    """A reminder that would reach nobody: all have answered, or were asked within three days."""

    code = "nobody-to-remind"
    status = 409


class AnswerRefused(FieldsRefused):
    """An answer that no question of the survey takes."""

    code = "survey-answer-refused"


class SurveyAnswered(Refusal):
    """A link that was used: the first answer counts."""

    code = "survey-answered"
    status = 409


class SurveyOver(Refusal):
    """A link that is not known, or whose survey is closed: which of them is not said."""

    code = "survey-over"
    status = 410
