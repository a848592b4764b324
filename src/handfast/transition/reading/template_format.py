"""The format of a transition template: every key known, every value checked where it stands."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from handfast.foundation.texts import line_fault
from handfast.kernel.scheduling.plan import MILLIONTHS
from handfast.kernel.scheduling.written import duration_of, lag_of

LONGEST_LINE, LONGEST_TEXT, LONGEST_LENGTH = 300, 4000, 12
MOST_LINES, MOST_NUMBER, MOST_DAYS, MOST_HOURS = 100, 999, 1000, 24_000
STEP_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
ACTIVITY_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
FACTOR = re.compile(r"[0-9](?:\.[0-9]{1,2})?")
STARTS = re.compile(r"[0-9]{1,4}d\b.*")
MOST = {"d": MOST_DAYS * MILLIONTHS, "h": MOST_HOURS * 3600 * MILLIONTHS}
LEAST_PERCENT, MOST_PERCENT = 10, 300


def _line(most: int, *, least: int = 1) -> AfterValidator:
    def checked(text: str) -> str:
        if (text.strip() or least) and (fault := line_fault(text, most=most)):
            raise ValueError(fault)
        return text

    return AfterValidator(checked)


def _like(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    def checked(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(wanted)
        return text

    return AfterValidator(checked)


def _duration(text: str) -> str:
    return _measured(text, duration_of(text))


def _lag(text: str) -> str:
    return _measured(text, lag_of(text))


def _measured(text: str, length: Any) -> str:
    if len(text) > LONGEST_LENGTH or abs(length.amount) > MOST[length.unit]:
        raise ValueError(f"at most {MOST_DAYS}d, in at most {LONGEST_LENGTH} characters")
    return text


def _number(text: str) -> str:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MOST_NUMBER:
        raise ValueError(f"write a whole number from 1 to {MOST_NUMBER}")
    return text


def _activity_key(text: str) -> str:
    if text.endswith(".milestone") or re.match(r"w[0-9]+\.", text):
        raise ValueError(
            "this key belongs to the plan: keys of milestones end so, keys of later waves begin so"
        )
    return text


def _factor(text: str) -> str:
    if not FACTOR.fullmatch(text) or not LEAST_PERCENT <= Decimal(text) * 100 <= MOST_PERCENT:
        raise ValueError("write how much of the durations it takes, from 0.1 to 3, as in 0.8")
    return text


Line = Annotated[str, _line(LONGEST_LINE)]
Name = Annotated[str, _line(200)]
Words = Annotated[str, Field(max_length=LONGEST_TEXT)]
Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]
Role = Annotated[str, _line(80, least=0)]
Lead = Literal["client", "provider", "joint", "either"]
StepKey = Annotated[str, _like(STEP_KEY, "write small letters, digits and _, at most 40, a letter first")]
ActivityKey = Annotated[
    str,
    _like(ACTIVITY_KEY, "write letters, digits, dots, _ and -, at most 80"),
    AfterValidator(_activity_key),
]
Length = Annotated[str, AfterValidator(_duration)]
Lag = Annotated[str, AfterValidator(_lag)]
Number = Annotated[str, AfterValidator(_number)]
Aside = Any  # said to whoever reads the file; the plan does not ask it


class Written(BaseModel):
    """A part of the file; what it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenLink(Written):
    """What an activity waits for."""

    activity: ActivityKey
    link: Literal["FS", "SS", "FF", "SF"]
    lag: Lag


class WrittenDuration(Written):
    """At best, likely and at worst, in this order and in one unit."""

    low: Length
    likely: Length
    high: Length

    @model_validator(mode="after")
    def _in_order(self) -> WrittenDuration:
        lengths = [duration_of(one) for one in (self.low, self.likely, self.high)]
        if len({one.unit for one in lengths}) > 1:
            raise ValueError("write all three in days, or all three in hours")
        if not lengths[0].amount <= lengths[1].amount <= lengths[2].amount:
            raise ValueError("low is not longer than likely, likely not longer than high")
        return self


class WrittenActivity(Written):
    """An activity inside its step."""

    id: ActivityKey
    name: Line
    lead: Lead
    duration: WrittenDuration
    after: Annotated[list[WrittenLink], Field(max_length=MOST_LINES)]
    mainly_done_by: Role


class WrittenLightActivity(WrittenActivity):
    """An activity of a light template, which names its step."""

    step: StepKey


class WrittenCriterion(Written):
    """What must be shown for a milestone to pass."""

    id: Name
    text: Line
    query: Name = ""
    compare: Name = ""
    value: Name = ""
    unit: Name = ""
    blocking: Literal["true", "false"] = "true"
    attested_by: Line = ""


class WrittenMilestone(Written):
    """The end of a step."""

    name: Line
    criteria: Annotated[list[WrittenCriterion], Field(max_length=MOST_LINES)]


class WrittenStep(Written):
    """A step with its activities; one without a milestone has none in the plan."""

    key: StepKey
    number: Number
    name: Name
    also_called: Line = ""
    lead: Lead
    description: Words
    client_actions: Lines
    provider_actions: Lines
    deliverables: Lines
    activities: list[WrittenActivity]
    milestone: WrittenMilestone | None = None


class WrittenWave(Written):
    """A later wave; the first is the template itself."""

    number: Number
    rule: Line = ""
    starts: Annotated[str, _like(STARTS, "write the working days after the wave before first, as in 36d"), _line(LONGEST_LINE)] = "0d"  # fmt: skip
    steps: list[StepKey] | None = None
    duration_factor: Annotated[str, AfterValidator(_factor)] = "1"
    may_start_when: Aside = None
    full_volume_expected_at: Aside = None


class WrittenHead(Written):
    """What every template says of itself."""

    content: Literal["transition_template"]
    version: Literal["1"]
    title: Name
    purpose: Words
    how_to_use: Aside = None
    sources: Aside = None
    fits: Aside = None
    computed_without_holidays: Aside = None
    client_effort_note: Aside = None
    waves: list[WrittenWave] = []


class WrittenTemplate(WrittenHead):
    """A standard or a complex template: steps, and inside them what is done."""

    size: Literal["standard", "complex"]
    steps: Annotated[list[WrittenStep], Field(min_length=1, max_length=MOST_LINES)]


class WrittenLightTemplate(WrittenHead):
    """A light template: one list, and one ready check."""

    size: Literal["light"]
    roles: Aside = None
    hidden_by_default: Aside = None
    blocks: Aside = None
    activities: Annotated[list[WrittenLightActivity], Field(min_length=1)]
    ready_check: Annotated[list[WrittenCriterion], Field(max_length=MOST_LINES)]
    service_levels: Aside = None
    service_credits: Aside = None
