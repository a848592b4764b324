"""What learning refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class TopicRefused(FieldsRefused):
    """What a topic or a part of its certification cannot say."""

    code = "topic-refused"


class QuestionsRefused(FieldsRefused):
    """Questions without two answers, without a right one, or more than are taken at a time."""

    code = "questions-refused"


class ClassRefused(FieldsRefused):
    """What a class cannot say: its days, its topics, whose people learn in it."""

    code = "class-refused"


class TraineesRefused(FieldsRefused):
    """Staff numbers that stand twice, or more than a class holds."""

    code = "trainees-refused"


class SessionRefused(FieldsRefused):
    """A session without its topic, its expert or its hour, or with people who are not of its class."""

    code = "session-refused"


class ResultsRefused(FieldsRefused):
    """Results of nobody of the class, of a part that there is not, of a day that is to come, or without a score."""

    code = "results-refused"


class TryRefused(Conflict):
    """A test that cannot be begun: it runs already, was passed, has no try left, or waits for its day."""

    code = "try-refused"


class CertificateLapsed(Conflict):
    """A certificate lapses once."""

    code = "certificate-lapsed"
