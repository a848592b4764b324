"""What people may say of a topic, a question, a class and a session; each tidied and checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.foundation.texts import block_fault, line_fault, tidied
from handfast.learning.models import Topic, TopicPart
from handfast.learning.refusals import ClassRefused, QuestionsRefused, SessionRefused, TopicRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.foundation.refusals import FieldsRefused

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
A_DAY = f"write a day from {FIRST} to the year {LAST.year - 1}"
LONGEST_TITLE, LONGEST_NAME, LONGEST_TEXT, LONGEST_CHOICE = 200, 120, 4_000, 400
MOST_PARTS, MOST_MONTHS, MOST_MINIMUM = 8, 120, 999
MOST_SIZE, MOST_MINUTES, MOST_RETAKES, MOST_WAIT = 200, 480, 20, 60
FEWEST_CHOICES, MOST_CHOICES, MOST_QUESTIONS = 2, 8, 500
MOST_TOPICS, LONGEST_CLASS = 100, 800
WHOLE = Decimal(1)
Faults = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartSaid:
    """One part of a certification; `id` is that of the part which it amends, None for a new one."""

    name: str
    kind: str
    pass_mark: Decimal = WHOLE
    size: int = 1
    minutes: int | None = None
    retakes: int = 0
    wait_days: int = 0
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TopicSaid:
    """A topic as somebody words it, with its parts in their order."""

    title: str
    text: str = ""
    kind: str = Topic.Kind.PROCESS
    is_critical: bool = False
    minimum: int = 2
    validity_months: int = 12
    is_dropped: bool = False
    process_id: UUID | None = None
    parts: tuple[PartSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSaid:
    """A question, its answers, and the places of the right ones, from 0."""

    text: str
    choices: tuple[str, ...]
    right: tuple[int, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class ClassSaid:
    """A class as somebody words it, with the topics that it must hold."""

    title: str
    starts_on: date
    ends_on: date
    shows_scores: bool = False
    topics: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionSaid:
    """When, how long, by whom, and what is shown."""

    topic_id: UUID
    starts_at: datetime
    minutes: int
    expert: str
    trainer: str = ""
    place: str = ""


def checked_topic(said: TopicSaid) -> TopicSaid:
    """The same, tidied. Raises TopicRefused."""
    parts = tuple(replace(one, name=tidied(one.name)) for one in said.parts)
    tidy = replace(said, title=tidied(said.title), text=tidied(said.text), parts=parts)
    faults: Faults = []
    _line(faults, "title", tidy.title, LONGEST_TITLE)
    _block(faults, "text", tidy.text)
    if tidy.kind not in Topic.Kind.values:
        faults.append(("kind", f"write one of {', '.join(Topic.Kind.values)}"))
    _number(faults, "minimum", tidy.minimum, (0, MOST_MINIMUM), "people")
    _number(faults, "validity_months", tidy.validity_months, (0, MOST_MONTHS), "months, 0 for ever")
    if len(parts) > MOST_PARTS:
        faults.append(("parts", f"write at most {MOST_PARTS} parts"))
    for place, one in enumerate(parts[:MOST_PARTS], start=1):
        _check_part(faults, f"parts.{place}", one)
    names = [one.name.casefold() for one in parts]
    if len(set(names)) < len(names):
        faults.append(("parts", "give each part a name of its own"))
    _refuse(TopicRefused, "the topic is not kept", faults)
    return tidy


def _check_part(faults: Faults, field: str, one: PartSaid) -> None:
    _line(faults, field, one.name, LONGEST_NAME)
    if one.kind not in TopicPart.Kind.values:
        faults.append((field, f"write one of {', '.join(TopicPart.Kind.values)}"))
    is_share = one.pass_mark.is_finite() and 0 < one.pass_mark <= 1
    if not is_share or one.pass_mark != one.pass_mark.quantize(Decimal("0.0001")):
        faults.append(
            (field, "write the pass mark as more than 0 and at most 100 %, to a hundredth of a percent")
        )
    _number(faults, field, one.size, (1, MOST_SIZE), "questions or cases")
    if one.minutes is not None:
        _number(faults, field, one.minutes, (1, MOST_MINUTES), "minutes")
    elif one.kind == TopicPart.Kind.TEST:
        faults.append((field, f"write for how many minutes the test runs, 1 to {MOST_MINUTES}"))
    _number(faults, field, one.retakes, (0, MOST_RETAKES), "retakes")
    _number(faults, field, one.wait_days, (0, MOST_WAIT), "working days between two tries")


def checked_questions(given: Sequence[QuestionSaid]) -> tuple[QuestionSaid, ...]:
    """All of them, tidied; each fault names its row from 1. Raises QuestionsRefused."""
    faults: Faults = []
    if not 0 < len(given) <= MOST_QUESTIONS:
        faults.append(("questions", f"send 1 to {MOST_QUESTIONS} questions at a time"))
    found = []
    for row, one in enumerate(given[:MOST_QUESTIONS], start=1):
        choices = tuple(tidied(each) for each in one.choices)
        tidy = replace(one, text=tidied(one.text), choices=choices, because=tidied(one.because))
        found.append(tidy)
        faults += [(f"questions.{row}", fault) for fault in _question_faults(tidy)]
    _refuse(QuestionsRefused, "no question is kept", faults)
    return tuple(found)


def _question_faults(one: QuestionSaid) -> list[str]:
    faults: Faults = []
    if not one.text:
        faults.append(("text", "write what is asked"))
    _block(faults, "text", one.text)
    _block(faults, "because", one.because)
    if not FEWEST_CHOICES <= len(one.choices) <= MOST_CHOICES:
        faults.append(("choices", f"write {FEWEST_CHOICES} to {MOST_CHOICES} answers"))
    for each in one.choices:
        _line(faults, "choices", each, LONGEST_CHOICE)
    if len({each.casefold() for each in one.choices}) < len(one.choices):
        faults.append(("choices", "an answer stands twice"))
    places = set(one.right)
    if not places or len(places) < len(one.right) or not places <= set(range(len(one.choices))):
        faults.append(("right", "say which of the answers are right, each once"))
    elif len(places) == len(one.choices):
        faults.append(("right", "one answer at least must be wrong"))
    return [fault for _, fault in faults]


def checked_class(said: ClassSaid) -> ClassSaid:
    """The same, tidied. Raises ClassRefused."""
    tidy = replace(said, title=tidied(said.title), topics=tuple(dict.fromkeys(said.topics)))
    faults: Faults = []
    _line(faults, "title", tidy.title, LONGEST_TITLE)
    for field in ("starts_on", "ends_on"):
        if not FIRST <= getattr(tidy, field) < LAST:
            faults.append((field, A_DAY))
    if not faults and not 0 <= (tidy.ends_on - tidy.starts_on).days <= LONGEST_CLASS:
        faults.append(("ends_on", f"write a day within {LONGEST_CLASS} days after the first"))
    if len(tidy.topics) > MOST_TOPICS:
        faults.append(("topics", f"choose at most {MOST_TOPICS} topics"))
    _refuse(ClassRefused, "the class is not kept", faults)
    return tidy


def checked_session(said: SessionSaid) -> SessionSaid:
    """The same, tidied. Raises SessionRefused."""
    told = {name: tidied(getattr(said, name)) for name in ("expert", "trainer", "place")}
    tidy = replace(said, **told)  # type: ignore[arg-type]  # three texts
    faults: Faults = []
    if tidy.starts_at.tzinfo is None or not FIRST <= tidy.starts_at.date() < LAST:
        faults.append(("starts_at", "write the day and the hour with their zone"))
    _number(faults, "minutes", tidy.minutes, (5, MOST_MINUTES), "minutes")
    _line(faults, "expert", tidy.expert, LONGEST_NAME)
    for field, most in (("trainer", LONGEST_NAME), ("place", LONGEST_TITLE)):
        if told[field]:
            _line(faults, field, told[field], most)
    _refuse(SessionRefused, "the session is not kept", faults)
    return tidy


def _line(faults: Faults, field: str, text: str, most: int) -> None:
    if fault := line_fault(text, most=most):
        faults.append((field, fault))


def _block(faults: Faults, field: str, text: str) -> None:
    if fault := block_fault(text, most=LONGEST_TEXT):
        faults.append((field, fault))


def _number(faults: Faults, field: str, value: int, between: tuple[int, int], what: str) -> None:
    low, high = between
    if not low <= value <= high:
        faults.append((field, f"write {low} to {high} {what}"))


def _refuse(refusal: type[FieldsRefused], said: str, faults: Faults) -> None:
    if faults:
        raise refusal(f"{said}: {'; '.join(f'{field}: {fault}' for field, fault in faults[:20])}", faults)
