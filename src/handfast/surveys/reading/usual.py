"""The usual questionnaires, as the project ships them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from handfast.kernel.document import read_document
from handfast.surveys.reading.said import QuestionSaid, questions_of

CHANGE_PULSE, CLIENT_USERS, RELATIONSHIP = "change_pulse", "client_users", "relationship"
# The question of each that readiness counts where nobody chooses another.
COUNTED = {CHANGE_PULSE: 2, CLIENT_USERS: 1, RELATIONSHIP: 11}
# Where a survey belongs in the transition.
STEPS = {CHANGE_PULSE: "change", CLIENT_USERS: "stabilisation"}


@dataclass(frozen=True, slots=True)
class UsualSurvey:
    """A questionnaire by default: who sends it and when, in words."""

    key: str
    title: str
    sent_by: str
    when: tuple[str, ...]
    is_anonymous: bool
    questions: tuple[QuestionSaid, ...]

    @property
    def counted(self) -> int | None:
        return COUNTED.get(self.key)


@lru_cache(maxsize=1)
def usual_surveys() -> dict[str, UsualSurvey]:
    """All of them by their keys."""
    text = files("handfast.surveys").joinpath("content/surveys.yaml").read_text("utf-8")
    told = read_document(text, name="surveys.yaml").content["surveys"]
    return {
        one["id"]: UsualSurvey(
            one["id"], one["title"], one["sent_by"], tuple(one["when"]), one["anonymous"] == "true",
            questions_of("\n".join(f"{each['text']} | {each['answer']}" for each in one["questions"])),
        )
        for one in told
    }  # fmt: skip


@lru_cache(maxsize=1)
def agree_scale() -> tuple[str, ...]:
    """From strongly disagree to strongly agree, of which the last two agree."""
    text = files("handfast.surveys").joinpath("content/surveys.yaml").read_text("utf-8")
    return tuple(read_document(text, name="surveys.yaml").content["agree_scale"])
