"""The verbs of surveys."""

from handfast.surveys.actions.answering import answer_anonymously, answer_by_link, answer_survey
from handfast.surveys.actions.drafting import amend_survey, draft_survey
from handfast.surveys.actions.inviting import invite_to_survey
from handfast.surveys.actions.reminding import remind_of_survey
from handfast.surveys.actions.running import close_survey, open_survey

__all__ = [
    "amend_survey",
    "answer_anonymously",
    "answer_by_link",
    "answer_survey",
    "close_survey",
    "draft_survey",
    "invite_to_survey",
    "open_survey",
    "remind_of_survey",
]
