"""The verbs of learning."""

from handfast.learning.actions.classes import (
    amend_class,
    close_class_code,
    enrol,
    note_leaving,
    open_class,
    open_class_code,
)
from handfast.learning.actions.results import allow_try, lapse_certificate, record_results, score_practical
from handfast.learning.actions.sessions import amend_session, keep_attendance, plan_session
from handfast.learning.actions.sitting import begin_sitting, close_sitting, hand_in_sitting
from handfast.learning.actions.topics import add_questions, add_topic, amend_topic, drop_question, take_topics

__all__ = [
    "add_questions",
    "add_topic",
    "allow_try",
    "amend_class",
    "amend_session",
    "amend_topic",
    "begin_sitting",
    "close_class_code",
    "close_sitting",
    "drop_question",
    "enrol",
    "hand_in_sitting",
    "keep_attendance",
    "lapse_certificate",
    "note_leaving",
    "open_class",
    "open_class_code",
    "plan_session",
    "record_results",
    "score_practical",
    "take_topics",
]
