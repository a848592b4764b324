"""How long a transition takes, from five answers that are known before a plan is: as low, likely and high, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from handfast.kernel.scheduling.refusals import EstimateRefused

Complexity = Literal["simple", "moderate", "complex"]
Knowledge = Literal["written", "partly", "in heads"]
Size = Literal["light", "standard", "complex"]

WEEK, WHOLE = 10, 100  # lengths are tenths of a week, ranges are percent
SHORTEST, LONGEST = 6 * WEEK, 52 * WEEK
BASE: dict[Complexity, int] = {"simple": 35, "moderate": 50, "complex": 190}
CLASS_OF, A_CLASS = 15, 5
TRANSFER: dict[Knowledge, int] = {"written": 10, "partly": 20, "in heads": 60}
A_PILOT = 15
WORKING_DAYS = 5
LOW, HIGH = 80, {"written": 130, "partly": 150, "in heads": 175}
MOST_PEOPLE, MOST_PILOTS, MOST_DAYS = 1000, 6, 60
LIGHT_PEOPLE, LIGHT_WEEKS, STANDARD_PEOPLE, STANDARD_WEEKS = 15, 8 * WEEK, 80, 20 * WEEK
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is moved: how complex it is, how many people will do it, where its knowledge is, pilots, days of training.

    Raises EstimateRefused, naming the field.
    """

    complexity: Complexity
    people: int
    knowledge: Knowledge
    pilots: int
    training_days: int

    def __post_init__(self) -> None:
        if self.complexity not in get_args(Complexity):
            raise EstimateRefused("complexity", "write simple, moderate or complex")
        if self.knowledge not in get_args(Knowledge):
            raise EstimateRefused("knowledge", "write written, partly or in heads")
        for name, least, most in (
            ("people", 1, MOST_PEOPLE),
            ("pilots", 0, MOST_PILOTS),
            ("training_days", 0, MOST_DAYS),
        ):
            if not least <= getattr(self, name) <= most:
                raise EstimateRefused(name, f"write {least} to {most}")


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the answers adds, in tenths of a week, and its sentence."""

    of: str
    tenths: int
    said: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """Whole weeks from the start to full volume, between 6 and 52; `size` is the template that fits, `why` says so.

    The likely length is the sum of the parts. `bounded` says where that sum lies outside; empty where it does not.
    """

    low_weeks: int
    likely_weeks: int
    high_weeks: int
    parts: tuple[Part, ...]
    size: Size
    why: str
    bounded: str

    @property
    def said(self) -> str:
        return (
            f"between {self.low_weeks} and {self.high_weeks} weeks, most likely {self.likely_weeks}"
            if self.low_weeks < self.high_weeks
            else f"{self.likely_weeks} weeks"
        )


def estimate(asked: Undertaking) -> Estimate:
    """The sum of what complexity, volume, knowledge, pilots and training take; its law is in docs/algorithms."""
    parts = _parts(asked)
    tenths = sum(part.tenths for part in parts)
    low, high = tenths * LOW // WHOLE, tenths * HIGH[asked.knowledge] // WHOLE
    size, why = _size(asked, tenths)
    return Estimate(
        _weeks(low), _weeks(tenths), _weeks(high), parts, size, why, _bounded(tenths)
    )  # fmt: skip


def weeks_text(tenths: int) -> str:
    """`one week`, `half a week`, `3.5 weeks`."""
    weeks, rest = divmod(tenths, WEEK)
    if tenths == WEEK // 2:
        return "half a week"
    if rest:
        return f"{weeks}.{rest} weeks"
    return "one week" if weeks == 1 else f"{_number(weeks)} weeks"


def _parts(asked: Undertaking) -> tuple[Part, ...]:
    classes = -(-asked.people // CLASS_OF)
    base, transfer = BASE[asked.complexity], TRANSFER[asked.knowledge]
    where = {
        "written": "knowledge that is written down",
        "partly": "knowledge that is partly written down",
        "in heads": "knowledge that is only in heads and has to be captured first",
    }[asked.knowledge]
    what = {
        "simple": "one simple process: planning, set-up, rehearsal and ramp-up",
        "moderate": "a process with exceptions and several systems: planning, set-up, rehearsal and ramp-up",
        "complex": "several processes or sites, with controls, consultation and two waves",
    }[asked.complexity]
    found = [
        Part("complexity", base, f"{weeks_text(base)} for {what}"),
        Part(
            "people",
            classes * A_CLASS,
            f"{weeks_text(classes * A_CLASS)} to find and start {asked.people} "
            f"{_plural(asked.people, 'person', 'people')} in {_number(classes)} "
            f"{_plural(classes, 'class', 'classes')}",
        ),
        Part("knowledge", transfer, f"{weeks_text(transfer)} for {where}"),
    ]
    if asked.pilots:
        length, number = asked.pilots * A_PILOT, asked.pilots
        found.append(
            Part(
                "pilots",
                length,
                f"{weeks_text(length)} for {_number(number)} {_plural(number, 'pilot', 'pilots')}",
            )
        )
    if asked.training_days:
        length = -(-asked.training_days * WEEK // WORKING_DAYS)
        days = f"{_number(asked.training_days)} {_plural(asked.training_days, 'day', 'days')}"
        found.append(Part("training_days", length, f"{weeks_text(length)} for {days} of training"))
    return tuple(found)


def _size(asked: Undertaking, tenths: int) -> tuple[Size, str]:
    """The smallest template that holds it, and what rules out the smaller one."""
    rows: tuple[tuple[bool, Size, str], ...] = (
        (asked.complexity == "complex", "complex", "several processes or sites need its waves and controls"),
        (
            asked.people > STANDARD_PEOPLE,
            "complex",
            f"more than {STANDARD_PEOPLE} people are more than the standard template is made for",
        ),
        (
            tenths > STANDARD_WEEKS,
            "complex",
            f"more than {STANDARD_WEEKS // WEEK} weeks are more than the standard template is made for",
        ),
        (
            asked.complexity == "moderate",
            "standard",
            "exceptions and several systems need due diligence and sign-off",
        ),
        (
            asked.people > LIGHT_PEOPLE,
            "standard",
            f"more than {LIGHT_PEOPLE} people are more than one team with one key contact a side",
        ),
        (
            bool(asked.pilots) or tenths > LIGHT_WEEKS,
            "standard",
            "the light template has room neither for a pilot nor for more than eight weeks",
        ),
        (True, "light", "one simple process and one team: one list, one ready check"),
    )
    return next((size, why) for holds, size, why in rows if holds)


def _weeks(tenths: int) -> int:
    """Up to whole weeks, within the bounds."""
    return -(-min(max(tenths, SHORTEST), LONGEST) // WEEK)


def _bounded(tenths: int) -> str:
    if tenths < SHORTEST:
        return f"the parts make {weeks_text(tenths)}: no transition is planned in less than six weeks"
    if tenths > LONGEST:
        return f"the parts make {weeks_text(tenths)}: what takes more than a year is planned in waves"
    return ""


def _number(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def _plural(number: int, one: str, more: str) -> str:
    return one if number == 1 else more
