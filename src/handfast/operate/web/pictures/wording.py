"""How instants, spans of time, amounts and numbers are written on the pages of operate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.kernel.quantity import SECOND_US, moment_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from datetime import datetime

MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"
ROUND_THE_CLOCK = f"24 {TIMES} 7"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
UNITS = {"percent": " %", "hours": " h", "minutes": " min", "seconds": " s", "number": ""}


def local_of(instant_us: int, zone: str) -> datetime:
    """An instant on the wall clock of a zone."""
    return moment_of(instant_us).astimezone(zone_named(zone))


def clock_text(microseconds: int) -> str:
    """Counted time as h:mm:ss, with its fraction only where there is one."""
    seconds, rest = divmod(microseconds, SECOND_US)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def span_text(microseconds: int) -> str:
    """A span as people say it: 16 h, 15 min, 1 h 30 min."""
    parts = []
    rest = microseconds
    for unit, name in ((HOUR_US, "h"), (MINUTE_US, "min"), (SECOND_US, "s")):
        count, rest = divmod(rest, unit)
        parts += [f"{count:,} {name}"] if count else []
    parts += [f"{rest} µs"] if rest else []
    return " ".join(parts) or "0 h"


def weekday(moment: datetime) -> str:
    return _DAYS[moment.weekday()]


def day_month(moment: datetime) -> str:
    """A day without its year: 6 Mar."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}"


def time_text(moment: datetime) -> str:
    """The wall clock to the second, or finer where it is finer."""
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    return f"{moment:%H:%M:%S}{fraction}"


def hours_text(moment: datetime, *, is_end: bool = False) -> str:
    """A border of opening hours: 8, 8:30; a closing at midnight is 24."""
    if is_end and not moment.hour and not moment.minute:
        return "24"
    return str(moment.hour) + (f":{moment.minute:02d}" if moment.minute else "")


def city_of(zone: str) -> str:
    """The city of a zone: Europe/Belgrade is Belgrade."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def month_text(name: str) -> str:
    """A month by its name in a body: 2026-03 is March 2026."""
    year, _, month = name.partition("-")
    return f"{_LONG_MONTHS[int(month) - 1]} {year}"


def short_month(name: str) -> str:
    """A month's three letters: 2026-03 is Mar."""
    return _MONTHS[int(name.partition("-")[2]) - 1]


def number_text(count: int) -> str:
    """A small count in words, a larger one in digits."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def amount_text(amount: str) -> str:
    """An amount with all its digits and its thousands parted."""
    return f"{Decimal(amount):,f}"


def signed_text(number: Decimal) -> str:
    """A difference with its sign; a true minus, and none before nothing."""
    if not number:
        return f"{abs(number):,f}"
    return f"{'+' if number > 0 else MINUS}{abs(number):,f}"


def value_text(value: str | None, unit: str) -> str:
    """A measured value with all its digits and its unit; a dash where there is none."""
    return "–" if value is None else f"{amount_text(value)}{UNITS[unit]}"
