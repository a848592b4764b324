"""Windows of local time and day keys, as a calendar writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MIN = 24 * 60
_WINDOW = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LAST_MINUTE = 59
FIRST_YEAR = 1900
LAST_YEAR = 2200


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Minutes from the local midnight of the day it belongs to; an end past 1440 lies on the next day."""

    opens_min: int
    closes_min: int


def window_of(text: str) -> Window:
    """`07:30-18:00`; `22:00-06:00` crosses midnight; `24:00` is the end of the day. ValueError otherwise."""
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a window: write it as in '07:30-18:00'")
    first_hour, first_minute, last_hour, last_minute = (int(part) for part in match.groups())
    opens, closes = first_hour * 60 + first_minute, last_hour * 60 + last_minute
    if max(first_minute, last_minute) > _LAST_MINUTE or opens >= DAY_MIN or closes > DAY_MIN:
        raise ValueError(
            f"{text!r} names a time that no clock shows: hours 00 to 23, minutes 00 to 59, 24:00 as end"
        )
    if opens == closes:
        raise ValueError(f"{text!r} is empty: write '00:00-24:00' for a whole day, or leave it out")
    return Window(opens, closes if closes > opens else closes + DAY_MIN)


def windows_of(texts: tuple[str, ...]) -> tuple[Window, ...]:
    """The windows of one day, in order; windows that overlap are a ValueError, windows that touch are not."""
    windows = sorted((window_of(text), text) for text in texts)
    for (before, before_text), (after, after_text) in pairwise(windows):
        if after.opens_min < before.closes_min:
            raise ValueError(f"{before_text!r} and {after_text!r} overlap: write them as one window")
    return tuple(window for window, _ in windows)


def weekdays_of(key: str) -> tuple[int, ...]:
    """The weekdays (Monday 0) of `mon`, `mon-fri`, `fri-mon` (which wraps) or `mon,wed-fri`."""
    found: list[int] = []
    for part in key.split(","):
        first, dash, last = (text.strip() for text in part.partition("-"))
        begin = _weekday_of(first, key)
        end = _weekday_of(last, key) if dash else begin
        found.extend((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    if len(set(found)) != len(found):
        raise ValueError(f"{key!r} names a day twice")
    return tuple(found)


def _weekday_of(text: str, key: str) -> int:
    if text not in DAYS:
        raise ValueError(
            f"{key!r} is not a day or a range of days: write mon, tue, wed, thu, fri, sat, sun or mon-fri"
        )
    return DAYS.index(text)


def date_of(text: str) -> date:
    """A date as `2013-12-25` from 1900 to 2200; ValueError otherwise."""
    if _DATE.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a date: write it as in '2013-12-25'")
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of any year") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return found
