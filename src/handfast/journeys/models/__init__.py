"""The nouns of journeys."""

from handfast.journeys.models.answer_key import AnswerKey
from handfast.journeys.models.channel import Channel
from handfast.journeys.models.delivery import Delivery
from handfast.journeys.models.digest import Digest
from handfast.journeys.models.notice import Notice
from handfast.journeys.models.skipped_step import SkippedStep

__all__ = ["AnswerKey", "Channel", "Delivery", "Digest", "Notice", "SkippedStep"]
