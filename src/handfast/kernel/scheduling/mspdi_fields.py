"""The fields of an element of Microsoft Project XML, each fault said with the element and the field."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from handfast.kernel.scheduling.mspdi import DAY_S, NAMESPACE
from handfast.kernel.scheduling.refusals import MspdiRefused
from handfast.kernel.worktime.windows import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from handfast.kernel.scheduling.mspdi import Times

_TAG = f"{{{NAMESPACE}}}"
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_LENGTH = re.compile(
    r"P(?:(?P<d>[0-9]{1,7})D)?(?:T(?:(?P<h>[0-9]{1,9})H)?(?:(?P<m>[0-9]{1,9})M)?(?:(?P<s>[0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?"
)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?")
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})")
_UNIT_S = {"d": DAY_S, "h": 3600, "m": 60, "s": 1}
SECOND_US = 1_000_000
MOST_CHARACTERS = 4_000


class Fields:
    """One element: its children read by name; `where` says which it is."""

    def __init__(self, element: Element, where: str) -> None:
        self._element, self.where = element, where

    def said(self, where: str) -> Fields:
        """The same element under a nearer place."""
        return Fields(self._element, where)

    def refuse(self, field: str, fault: str) -> NoReturn:
        raise MspdiRefused(f"{self.where}, {field}: {fault}")

    def each(self, *path: str) -> Iterator[Fields]:
        """The elements at a path under this one, all said with this one's place."""
        for found in self._element.iterfind("/".join(f"{_TAG}{name}" for name in path)):
            yield Fields(found, self.where)

    def has(self, field: str) -> bool:
        return self._element.find(f"{_TAG}{field}") is not None

    def text(self, field: str) -> str:
        found = (self._element.findtext(f"{_TAG}{field}") or "").strip()
        if len(found) > MOST_CHARACTERS:
            self.refuse(field, f"{len(found):,} characters: at most {MOST_CHARACTERS:,} are read")
        return found

    def whole(self, field: str, default: int | None = None) -> int:
        found = self.whole_if(field)
        if found is not None:
            return found
        if default is None:
            self.refuse(field, "is missing: write a whole number")
        return default

    def whole_if(self, field: str) -> int | None:
        text = self.text(field)
        if text and not _WHOLE.fullmatch(text):
            self.refuse(field, f"{text[:40]!r} is not a whole number")
        return int(text) if text else None

    def one_of(self, field: str, last: int, default: int) -> int:
        """A whole number from 0 to `last`."""
        found = self.whole(field, default)
        if not 0 <= found <= last:
            self.refuse(field, f"{found} is not a number from 0 to {last}")
        return found

    def hundredths(self, field: str, default: int) -> int:
        text = self.text(field)
        if text and not _NUMBER.fullmatch(text):
            self.refuse(field, f"{text[:40]!r} is not a number")
        return round(Decimal(text) * 100) if text else default

    def yes(self, field: str, *, default: bool = False) -> bool:
        text = self.text(field)
        if text not in ("", "0", "1", "true", "false"):
            self.refuse(field, f"{text[:40]!r} is neither 0 nor 1")
        return text in ("1", "true") if text else default

    def length_us(self, field: str) -> int | None:
        """`PT8H0M0S` in microseconds."""
        text = self.text(field)
        if not text:
            return None
        found = _LENGTH.fullmatch(text)
        if not found or text.endswith(("P", "T")):
            self.refuse(field, f"{text[:40]!r} is not a duration: it is written as PT8H0M0S")
        seconds = sum(Decimal(found[unit] or 0) * each for unit, each in _UNIT_S.items())
        return int(seconds * SECOND_US)

    def moment(self, field: str) -> datetime | None:
        """A local date and time; the format knows no zone."""
        text = self.text(field)
        if not text:
            return None
        if not _MOMENT.fullmatch(text):
            self.refuse(
                field, f"{text[:40]!r} is not a local time without an offset, as in 2026-05-04T08:00:00"
            )
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            self.refuse(field, f"there is no {text}")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.refuse(field, f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return found

    def day(self, field: str) -> date | None:
        found = self.moment(field)
        return None if found is None else found.date()

    def period(self) -> tuple[date, date]:
        """The first and the last day of the element's TimePeriod."""
        days = [(one.day("FromDate"), one.day("ToDate")) for one in self.each("TimePeriod")]
        first, last = days[0] if days else (None, None)
        if first is None or last is None or last < first:
            self.refuse("TimePeriod", "write FromDate and ToDate, the later last")
        return first, last

    def times(self) -> Times:
        """The working times of a day: in order, joined where they touch or overlap; 00:00 as an end is midnight."""
        found: list[tuple[int, int]] = []
        for time in self.each("WorkingTimes", "WorkingTime"):
            if not time.text("FromTime") and not time.text("ToTime"):
                continue
            opens, closes = time.clock("FromTime"), time.clock("ToTime") or DAY_S
            if closes <= opens:
                self.refuse(
                    "WorkingTime", f"{time.text('ToTime')} does not come after {time.text('FromTime')}"
                )
            found.append((opens, closes))
        return joined(found)

    def clock(self, field: str) -> int:
        found = _CLOCK.fullmatch(self.text(field))
        hours, minutes, seconds = (int(part) for part in found.groups()) if found else (99, 0, 0)
        if hours * 3600 > DAY_S - 1 or max(minutes, seconds) > 59:  # noqa: PLR2004 - of a clock
            self.refuse(field, f"{self.text(field)[:40]!r} is not a time of day, as in 08:00:00")
        return hours * 3600 + minutes * 60 + seconds


def joined(times: list[tuple[int, int]]) -> Times:
    """In order, and one where they touch or overlap."""
    found: list[tuple[int, int]] = []
    for opens, closes in sorted(times):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return tuple(found)
