"""The nouns of learning."""

from handfast.learning.models.certificate import Certificate
from handfast.learning.models.learning_key import LearningKey
from handfast.learning.models.question import Question
from handfast.learning.models.result import ExtraTry, Result
from handfast.learning.models.session import Attendance, Session
from handfast.learning.models.sitting import Sitting
from handfast.learning.models.topic import Topic, TopicPart
from handfast.learning.models.trainee import Trainee
from handfast.learning.models.training_class import ClassTopic, TrainingClass

__all__ = [
    "Attendance",
    "Certificate",
    "ClassTopic",
    "ExtraTry",
    "LearningKey",
    "Question",
    "Result",
    "Session",
    "Sitting",
    "Topic",
    "TopicPart",
    "Trainee",
    "TrainingClass",
]
