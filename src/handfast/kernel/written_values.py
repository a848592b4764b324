"""Values as people write them: percentages, durations, amounts, dates and instants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from handfast.kernel.quantity import SECOND_US, instant_of
from handfast.kernel.worktime.windows import FIRST_YEAR, LAST_YEAR

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
_DURATION = re.compile(r"(?:(?P<h>[0-9]{1,6})h)?\s*(?:(?P<m>[0-9]{1,7})m)?\s*(?:(?P<s>[0-9]{1,9})s)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}")
_UNIT_SECONDS = {"h": 3600, "m": 60, "s": 1}
HUNDRED = 100
_FIRST_US = instant_of(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
_AFTER_US = instant_of(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC))


class Written(BaseModel):
    """A part of a written document: frozen, every key known, every default documented."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def decimal_of(value: Any) -> Decimal:
    """A number as it is written; a float of Python is refused, since it is not what was written."""
    text = (
        str(value).strip() if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    )
    if not _NUMBER.fullmatch(text):
        raise ValueError("write a plain number, as in 412600.00")
    try:
        return Decimal(text)
    except InvalidOperation as error:  # pragma: no cover - the pattern lets nothing else through
        raise ValueError("write a plain number") from error


def percent_of(value: Any) -> Fraction:
    """`95 %` or `0.95` as the exact fraction of one; a bare number from 1 is not guessed."""
    text = str(value).strip() if isinstance(value, str | int | Decimal | Fraction) else ""
    if isinstance(value, Fraction):
        return value
    if text.endswith("%"):
        share = Fraction(decimal_of(text[:-1].strip())) / HUNDRED
    else:
        share = Fraction(decimal_of(text))
        if share == 1:
            raise ValueError("write 100 % or 1 %: a bare 1 can be read as either")
        if share > 1:
            raise ValueError(f"write {text} % if percent is meant")
    if share < 0:
        raise ValueError("a share is not negative")
    return share


def duration_us_of(value: Any) -> int:
    """`4h`, `90m`, `1h 30m`, `45s` in microseconds; days are refused: how long is a working day?"""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    found = _DURATION.fullmatch(text)
    if not found or not text:
        hint = "; a day's length is the calendar's: write hours" if text.endswith("d") else ""
        raise ValueError(f"write a duration as 4h, 90m, 1h 30m or 45s{hint}")
    return sum(int(found[unit] or 0) * seconds for unit, seconds in _UNIT_SECONDS.items()) * SECOND_US


def date_of(value: Any) -> date:
    """A day as 2012-04-30."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    found = _day_of(value)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"the year lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return found


def _day_of(value: Any) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("write a day as 2012-04-30")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"there is no day {value}") from error


def instant_us_of(value: Any) -> int:
    """An instant with its offset, as 2012-05-05T12:00:00Z, in microseconds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("write an instant with its offset, as 2012-05-05T12:00:00Z")
    instant_us = instant_of(moment)
    if not _FIRST_US <= instant_us < _AFTER_US:
        raise ValueError(f"the instant lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return instant_us


def _identifier(text: str) -> str:
    if not _IDENTIFIER.fullmatch(text):
        raise ValueError("an id is lower case letters, digits and _, at most 60, and begins with a letter")
    return text


def _month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise ValueError("write a month as 2012-04")
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise ValueError(f"the year lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return text


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _text_of(value: Any) -> Any:
    """A plain value of JSON stands for its text, so that 1 and "1" mean the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else value


_NUMBER_SCHEMA = WithJsonSchema({"type": ["string", "number"], "examples": ["412600.00"]})
_PERCENT_SCHEMA = WithJsonSchema({"type": ["string", "number"], "examples": ["95 %", "0.95"]})
_DURATION_SCHEMA = WithJsonSchema({"type": "string", "examples": ["4h", "1h 30m", "45s"]})
_DATE_SCHEMA = WithJsonSchema({"type": "string", "format": "date"})
_INSTANT_SCHEMA = WithJsonSchema({"type": "string", "format": "date-time"})

Identifier = Annotated[str, AfterValidator(_identifier)]
Month = Annotated[str, BeforeValidator(_text_of), AfterValidator(_month)]
Text = Annotated[str, BeforeValidator(_text_of)]
Number = Annotated[Decimal, BeforeValidator(decimal_of), _NUMBER_SCHEMA]
Percent = Annotated[Fraction, BeforeValidator(percent_of), PlainSerializer(str), _PERCENT_SCHEMA]
Duration = Annotated[int, BeforeValidator(duration_us_of), _DURATION_SCHEMA]
Day = Annotated[date, BeforeValidator(date_of), _DATE_SCHEMA]
Instant = Annotated[int, BeforeValidator(instant_us_of), _INSTANT_SCHEMA]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
