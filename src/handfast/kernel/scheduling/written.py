"""A plan as people write it: parties, steps, activities, links, freezes and risks, every key known."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from handfast.kernel.scheduling.plan import MILLIONTHS, Duration, Kind, Lead, LinkKind, Side
from handfast.kernel.worktime.written import WrittenCalendar, Zone
from handfast.kernel.written_values import Day, Instant, Text, Written, decimal_of, instant_us_of, percent_of
from handfast.kernel.written_values import date_of as day_of

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_DAYS = re.compile(rf"(?P<d>{_NUMBER})d")
_TIME = re.compile(rf"(?:(?P<h>{_NUMBER})h)?\s*(?:(?P<m>{_NUMBER})m)?\s*(?:(?P<s>{_NUMBER})s)?")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
_FRACTION = re.compile(r"[0-9]{1,18}/[1-9][0-9]{0,17}")
HUNDREDTHS = 100
POINTS = ("low", "likely", "high")


def duration_of(value: Any) -> Duration:
    """`0.5d` in millionths of a full day; `16h`, `1h 30m`, `45s` in microseconds of open time."""
    if isinstance(value, Duration):
        return value
    return _length(value.strip() if isinstance(value, str) else "")


@lru_cache(maxsize=4096)
def _length(text: str) -> Duration:
    if days := _DAYS.fullmatch(text):
        return Duration(int(Fraction(days["d"]) * MILLIONTHS), "d")
    found = _TIME.fullmatch(text)
    if not found or not text:
        raise ValueError("write a duration as 0.5d, 5d, 16h or 1h 30m")
    seconds = sum(Fraction(found[unit] or 0) * each for unit, each in _SECONDS.items())
    return Duration(int(seconds * MILLIONTHS), "h")


def lag_of(value: Any) -> Duration:
    """A duration that may be negative: `-1d` lets the other begin a day before."""
    text = value.strip() if isinstance(value, str) else value
    if not isinstance(text, str) or not text.startswith("-"):
        return duration_of(text)
    length = duration_of(text[1:])
    return Duration(-length.amount, length.unit)


def bound_of(value: Any) -> date | int:
    """A day, or an instant with its offset in microseconds."""
    if isinstance(value, int | date) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and "T" in value:
        return instant_us_of(value)
    try:
        return day_of(value)
    except ValueError as error:
        raise ValueError(f"{error}, or an instant as 2026-05-04T09:00:00Z") from error


def chance_of(value: Any) -> Fraction:
    """`20 %`, `0.2` or `1/5`; from 0 to 1."""
    text = value.strip() if isinstance(value, str) else value
    found = Fraction(text) if isinstance(text, str) and _FRACTION.fullmatch(text) else percent_of(text)
    if found > 1:
        raise ValueError("a chance is at most 100 %")
    return found


def hundredths_of(value: Any) -> int:
    """How many people, as 2 or 0.25, in hundredths of one."""
    number = decimal_of(value) * HUNDREDTHS
    if number != number.to_integral_value():
        raise ValueError("write how many with at most two decimals, as in 0.25")
    if number <= 0:
        raise ValueError("write more than 0, or leave the role out")
    return int(number)


def released_of(value: Any) -> int:
    """How many people are released, as 3, 0.5 or 0, in hundredths of one."""
    return 0 if decimal_of(value) == 0 else hundredths_of(value)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(
            "an id is letters, digits, dots, dashes and _, at most 120, and begins with a letter or digit"
        )
    return text


def _linked(value: Any) -> Any:
    return {"activity": value} if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return [] if value is None else value if isinstance(value, list | tuple) else [value]


_LENGTH_SCHEMA = WithJsonSchema({"type": "string", "examples": ["0.5d", "5d", "16h", "1h 30m"]})
_LAG_SCHEMA = WithJsonSchema({"type": "string", "examples": ["2d", "-1d", "4h"]})
_BOUND_SCHEMA = WithJsonSchema({"type": "string", "examples": ["2026-05-04", "2026-05-04T09:00:00Z"]})
_CHANCE_SCHEMA = WithJsonSchema({"type": ["string", "number"], "examples": ["20 %", "0.2", "1/5"]})
_MANY_SCHEMA = WithJsonSchema({"type": ["string", "number"], "examples": ["2", "0.25"]})

Length = Annotated[Duration, BeforeValidator(duration_of), _LENGTH_SCHEMA]
Lag = Annotated[Duration, BeforeValidator(lag_of), _LAG_SCHEMA]
Bound = Annotated[date | int, BeforeValidator(bound_of), _BOUND_SCHEMA]
Chance = Annotated[Fraction, BeforeValidator(chance_of), PlainSerializer(str), _CHANCE_SCHEMA]
Many = Annotated[int, BeforeValidator(hundredths_of), _MANY_SCHEMA]
Released = Annotated[int, BeforeValidator(released_of), _MANY_SCHEMA]
ActivityId = Annotated[Text, AfterValidator(_id)]
ActivityIds = Annotated[tuple[ActivityId, ...], BeforeValidator(_listed)]


class WrittenRange(Written):
    """Three points: at best, likely, at worst; all in days, or all in hours."""

    low: Length
    likely: Length
    high: Length

    @model_validator(mode="after")
    def _in_order(self) -> WrittenRange:
        if len({self.low.unit, self.likely.unit, self.high.unit}) > 1:
            raise ValueError("low, likely and high are written in one unit: all in days, or all in hours")
        if not self.low.amount <= self.likely.amount <= self.high.amount:
            raise ValueError("write low, likely and high in this order: none under the one before")
        return self


def _ranged(value: Any) -> Any:
    if isinstance(value, dict | WrittenRange):
        return value
    return _one_point(value) if isinstance(value, str) else dict.fromkeys(POINTS, duration_of(value))


@lru_cache(maxsize=4096)
def _one_point(text: str) -> WrittenRange:
    """Large plans say few lengths many times."""
    return WrittenRange.model_validate(dict.fromkeys(POINTS, duration_of(text)))


Spread = Annotated[WrittenRange, BeforeValidator(_ranged)]


class WrittenLink(Written):
    """What an activity waits for; `after: [launch.team]` is short for the finish of that one."""

    activity: ActivityId
    link: LinkKind = Field("FS", description="finish or start of the other, then start or finish of this one")
    lag: Lag | None = Field(None, description="how long after it; negative: before it")
    on: Literal["client", "provider", "joint", "either", "elapsed"] | None = Field(
        None, description="the calendar of the lag; if left out, that of the activity that waits"
    )


class WrittenRepeat(Written):
    """A gate that may say no."""

    chance: Chance = Field(description="of a no, each time")
    takes: Spread = Field(description="until it is asked again")
    most: Annotated[int, Field(ge=1, le=100)] = Field(3, description="times that it says no at most")


class WrittenActual(Written):
    """What has happened; a day alone means its first moment, of `finished` its last."""

    started: Bound | None = None
    finished: Bound | None = None
    remaining: Length | None = Field(None, description="working time left at the last status")


class WrittenBaseline(Written):
    """The dates once agreed; a day alone means its first moment, of `ends` its last."""

    starts: Bound
    ends: Bound


Needs = dict[Text, Many | dict[Text, Many]]


class WrittenActivity(Written):
    """One line of the plan. A bound that is a day is a day of the zone of whoever leads."""

    id: ActivityId
    name: Text
    lead: Lead
    step: Text = ""
    duration: Spread | None = Field(None, description="working time; a milestone and a gate have none")
    after: Annotated[
        tuple[Annotated[WrittenLink, BeforeValidator(_linked)], ...], BeforeValidator(_listed)
    ] = ()
    milestone: bool = False
    gate: bool = Field(False, description="a milestone where both sides decide")
    repeat: WrittenRepeat | None = None
    not_before: Bound | None = Field(None, description="it starts no earlier; of a day, its first moment")
    deadline: Bound | None = Field(None, description="it ends no later; of a day, its last moment")
    fixed: Bound | None = Field(None, description="it starts then, or the plan says what prevents it")
    site: Text = Field("", description="of a party; work then runs on the site's calendar")
    wave: Annotated[int, Field(ge=1, le=1000)] = 1
    internal: Side | None = Field(None, description="nobody's business but this side's")
    needs: Needs = Field(
        default_factory=dict,
        description="how many of each role of the leading side; of another: `client: {role: how many}`",
    )
    baseline: WrittenBaseline | None = None
    actual: WrittenActual | None = None

    @property
    def kind(self) -> Kind:
        return "gate" if self.gate else "milestone" if self.milestone else "work"

    @model_validator(mode="after")
    def _lasts_or_not(self) -> WrittenActivity:
        if self.gate and self.milestone:
            raise ValueError("write gate or milestone, not both: a gate is a milestone where people decide")
        if self.kind == "work" and self.duration is None:
            raise ValueError("write its duration, or milestone: true")
        if self.kind != "work" and self.duration is not None:
            raise ValueError(f"a {self.kind} lasts no time: leave its duration out")
        return self


class WrittenStep(Written):
    """A part of the plan with its own milestone."""

    key: ActivityId
    name: Text
    lead: Lead


class WrittenParty(Written):
    """One side: who, when it works, and how many people of each role it has released."""

    name: Text
    calendar: WrittenCalendar
    sites: dict[Text, WrittenCalendar] = Field(
        default_factory=dict, description="with calendars of their own"
    )
    roles: dict[Text, Released] = Field(default_factory=dict)


class WrittenParties(Written):
    """The two sides of the engagement."""

    client: WrittenParty
    provider: WrittenParty


class WrittenFreeze(Written):
    """Days on which the work it names does not run, or runs at a share of its strength; names none: all work."""

    name: Text
    first: Day = Field(alias="from")
    end: Day = Field(alias="to", description="the day after the last")
    share: Chance = Field(Fraction(0), description="of the strength that is left")
    leads: tuple[Lead, ...] = ()
    steps: tuple[Text, ...] = ()
    activities: ActivityIds = ()


class WrittenRisk(Written):
    """What may happen, and how much longer the activities it names then take."""

    id: ActivityId
    name: Text
    chance: Chance
    delay: Spread
    activities: ActivityIds


class WrittenPlan(Written):
    """A whole plan."""

    name: Text
    zone: Zone = Field(description="the contract's: where its days begin and end")
    starts: Bound = Field(description="nothing starts before; of a day, its first moment in the zone")
    as_of: Instant | None = Field(None, description="the last status: what has not started starts no earlier")
    parties: WrittenParties
    steps: tuple[WrittenStep, ...] = ()
    freezes: tuple[WrittenFreeze, ...] = ()
    activities: tuple[WrittenActivity, ...]
    risks: tuple[WrittenRisk, ...] = ()
