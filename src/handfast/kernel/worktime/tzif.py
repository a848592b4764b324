"""Reads a TZif file (RFC 8536): every change of the offset, and the rule for the years after the last."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta

from handfast.kernel.worktime.refusals import UnknownZone

HOUR_S = 3600
DAY_S = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_HEADER = struct.Struct(">4sc15x6l")
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_FOOTER = re.compile(
    rf"{_NAME}(?P<standard>{_TIME})(?:{_NAME}(?P<summer>{_TIME})?,(?P<begin>[^,]+),(?P<end>[^,]+))?"
)


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """`offsets_s[0]` holds before the first change, `offsets_s[i + 1]` from `changes_s[i]`; then the footer."""

    changes_s: tuple[int, ...]
    offsets_s: tuple[int, ...]
    footer: str


def read_tzif(content: bytes) -> ZoneRules:
    """The 64-bit block of a TZif file of version 2 or later."""
    magic, version, *counts = _HEADER.unpack_from(content)
    if magic != b"TZif" or version < b"2":
        raise UnknownZone("the tz data is not in TZif version 2 or later: install the pinned tzdata package")
    place = _HEADER.size + _block_size(counts, 4)
    _, _, *counts = _HEADER.unpack_from(content, place)
    _, _, _, times, types, _ = counts
    begin = place + _HEADER.size
    changes = struct.unpack_from(f">{times}q", content, begin)
    kinds = content[begin + 8 * times : begin + 9 * times]
    table = begin + 9 * times
    offsets = [struct.unpack_from(">l", content, table + 6 * kind)[0] for kind in range(types)]
    footer = content[begin + _block_size(counts, 8) :].strip(b"\n").decode("ascii")
    return ZoneRules(changes, (offsets[0], *(offsets[kind] for kind in kinds)), footer)


def _block_size(counts: list[int], width: int) -> int:
    is_utc, is_standard, leaps, times, types, characters = counts
    return times * (width + 1) + types * 6 + characters + leaps * (width + 4) + is_standard + is_utc


def changes_of_footer(footer: str, first_year: int, last_year: int) -> list[tuple[int, int]]:
    """The (instant in seconds, new offset) pairs that a POSIX TZ string makes in the years named."""
    match = _FOOTER.fullmatch(footer)
    if match is None:
        raise UnknownZone(f"the tz data ends with the rule {footer!r}, which is not a POSIX rule")
    if match["begin"] is None:
        return []
    standard = -_seconds_of(match["standard"])
    summer = -_seconds_of(match["summer"]) if match["summer"] else standard + HOUR_S
    found = []
    for year in range(first_year, last_year + 1):
        found.append((_rule_instant(match["begin"], year) - standard, 1, summer))
        found.append((_rule_instant(match["end"], year) - summer, 0, standard))
    # At one instant summer wins: "summer all year" is written as an end that meets the next beginning.
    return [(instant, offset) for instant, _, offset in sorted(found)]


def _seconds_of(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (HOUR_S, 60, 1), strict=False))


def _rule_instant(rule: str, year: int) -> int:
    """Local seconds since the epoch at which a rule like `M3.5.0/2`, `J60` or `59` strikes in a year."""
    day_text, _, time_text = rule.partition("/")
    seconds = _seconds_of(time_text) if time_text else 2 * HOUR_S
    return (_rule_day(day_text, year).toordinal() - _EPOCH_DAY) * DAY_S + seconds


def _rule_day(text: str, year: int) -> date:
    if text.startswith("M"):
        month, week, weekday = (int(part) for part in text[1:].split("."))
        first = date(year, month, 1)
        # Week 5 means the last: some months have only four.
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (week - 1))
        return day - timedelta(days=7) if day.month != month else day
    if text.startswith("J"):
        # J60 is 1 March in every year: 29 February is never counted.
        common = date(2001, 1, 1) + timedelta(days=int(text[1:]) - 1)
        return common.replace(year=year)
    return date(year, 1, 1) + timedelta(days=int(text))
