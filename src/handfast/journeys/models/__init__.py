"""The nouns of journeys."""

from handfast.journeys.models.answer_key import AnswerKey
from handfast.journeys.models.digest import Digest
from handfast.journeys.models.notice import Notice
from handfast.journeys.models.skipped_step import SkippedStep

__all__ = ["AnswerKey", "Digest", "Notice", "SkippedStep"]
