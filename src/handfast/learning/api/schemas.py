"""What the operations of learning take and give."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema


class TopicPartIn(Schema):
    """A part of a certification. `pass_mark` is a share from 0 to 1; `id` is that of the part which it amends, null for a new one."""

    name: str
    kind: str = "recorded"
    pass_mark: Decimal = Decimal(1)
    size: int = 1
    minutes: int | None = None
    retakes: int = 0
    wait_days: int = 0
    id: UUID | None = None


class TopicIn(Schema):
    """A topic with its parts; without parts a new one gets the usual ones of its kind."""

    title: str
    text: str = ""
    kind: str = "process"
    is_critical: bool = False
    minimum: int = 2
    validity_months: int = 12
    process_id: UUID | None = None
    parts: list[TopicPartIn] = Field(default_factory=list)


class AmendedTopicIn(TopicIn):
    """All that it says from now on, and what was seen of it."""

    is_dropped: bool = False
    as_seen: str


class TopicPartOut(Schema):
    """A part of a certification."""

    id: UUID
    name: str
    kind: str
    pass_mark: Decimal
    size: int
    minutes: int | None
    retakes: int
    wait_days: int


class TopicOut(Schema):
    """A topic; `certified` counts different people whose certificate holds today, `questions` those that its bank asks."""

    id: UUID
    name: str
    title: str
    text: str
    kind: str
    is_critical: bool
    minimum: int
    validity_months: int
    is_dropped: bool
    process_id: UUID | None
    certified: int
    questions: int
    parts: list[TopicPartOut]
    seen_as: str


class TestQuestionIn(Schema):
    """A question, its answers, and the places of the right ones, from 0."""

    text: str
    choices: list[str]
    right: list[int]
    because: str = ""


class TestQuestionsIn(Schema):
    """Questions for the bank of a topic, taken in together or not at all."""

    bank: list[TestQuestionIn]


class TestQuestionOut(Schema):
    """A question of a bank."""

    id: UUID
    number: int
    text: str
    choices: list[str]
    right: list[int]
    because: str
    is_dropped: bool
    seen_as: str


class TestQuestionDropIn(Schema):
    """Whether it is asked no more, and what was seen of it."""

    is_dropped: bool = True
    as_seen: str | None = None


class TrainingClassIn(Schema):
    """A class and the topics that it must hold."""

    title: str
    starts_on: date
    ends_on: date
    shows_scores: bool = False
    topics: list[UUID] = Field(default_factory=list)


class AmendedTrainingClassIn(TrainingClassIn):
    """All that it says from now on, and what was seen of it."""

    as_seen: str


class TrainingClassOut(Schema):
    """A class; `people` have not left, `complete` of them hold every topic that it must hold."""

    id: UUID
    name: str
    title: str
    side: str
    starts_on: date
    ends_on: date
    shows_scores: bool
    topics: list[UUID]
    people: int
    complete: int
    seen_as: str


class EnrolmentIn(Schema):
    """Staff numbers; one that is in the class already is left as it is."""

    labels: list[str]


class TopicStandingOut(Schema):
    """How far a trainee is with a topic: certified, ending, ended, lapsed, out, begun or not-begun."""

    topic_id: UUID
    word: str
    certificate_id: UUID | None
    certified_on: date | None
    valid_until: date | None
    parts_passed: int
    parts_needed: int


class TraineeOut(Schema):
    """Somebody who learns, by their staff number, with how far they are; empty where only who they are was asked."""

    id: UUID
    label: str
    class_id: UUID
    left_on: date | None
    topics: list[TopicStandingOut]
    seen_as: str


class LeavingIn(Schema):
    """The day on which somebody left, null where they are back; and what was seen of them."""

    left_on: date | None
    as_seen: str | None = None


class LearningResultIn(Schema):
    """A result: staff number, topic by its number or title, part by its name, day, and a score from 0 to 1 or whether it was passed."""

    trainee: str
    topic: str
    part: str = ""
    taken_on: date
    score: Decimal | None = None
    is_passed: bool | None = None


class LearningResultsIn(Schema):
    """Results of one class, taken in together or not at all."""

    results: list[LearningResultIn]


class LearningResultsOut(Schema):
    """How many were new, how many stood there already, and how many certificates followed."""

    new: int
    known: int
    certified: int


class TryOut(Schema):
    """A try at a part; `score` is null where it is not the caller's to read, or is not known."""

    part_id: UUID
    number: int
    taken_on: date
    is_passed: bool
    score: Decimal | None
    source: str


class PracticalIn(Schema):
    """Practical cases of a part: for each case a mark of each criterion of the rubric, in halves 0, 1 and 2."""

    part_id: UUID
    marks: list[list[int]]
    taken_on: date
    note: str = ""


class ExtraTryIn(Schema):
    """One more try at a part, and why."""

    part_id: UUID
    reason: str


class LapseIn(Schema):
    """Why a certificate holds no more, and what was seen of it."""

    reason: str
    as_seen: str | None = None


class ClassCodeIn(Schema):
    """For how many days a code opens the class, 1 to 14."""

    days: int = 1


class ClassCodeOut(Schema):
    """The code of a class, its address, and until when it opens."""

    code: str
    url: str
    expires_at: datetime


class TrainingSessionIn(Schema):
    """A session: its topic, when it begins, how long it lasts, and by whom it is shown."""

    topic_id: UUID
    starts_at: datetime
    minutes: int
    expert: str
    trainer: str = ""
    place: str = ""


class AmendedTrainingSessionIn(TrainingSessionIn):
    """All that it says from now on, whether it is cancelled, and what was seen of it."""

    is_cancelled: bool = False
    as_seen: str


class AttendanceIn(Schema):
    """Who was there, by the id of the trainee, with how they played the work back: `well`, `again`, or nothing."""

    there: dict[UUID, str]
    as_seen: str | None = None


class TrainingSessionOut(Schema):
    """A session of a class."""

    id: UUID
    number: int
    class_id: UUID
    topic_id: UUID
    starts_at: datetime
    minutes: int
    expert: str
    trainer: str
    place: str
    state: str
    seen_as: str
