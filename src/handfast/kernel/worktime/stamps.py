"""ISO 8601 stamps: many at once from bytes, and one by one to say what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US

if TYPE_CHECKING:
    from numpy.typing import NDArray

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
LONGEST = len("2024-01-01T00:00:00.000000+00:00")
_BLOCK_ROWS = 65_536
_MINUTES, _SECONDS = len("2024-01-01T00:00"), len("2024-01-01T00:00:00")
_BODIES = {_MINUTES, _SECONDS, *range(_SECONDS + 2, _SECONDS + 8)}
_LAST_HOUR, _LAST_MINUTE = 23, 59
# The length of what says the offset, at the end: nothing, `Z`, `+01`, `+0100`, `+01:00`.
_NO_TAIL, _ZULU, _TAILS = 0, 1, (3, 5, 6)
_MONTH_STARTS = (
    np.arange(f"{EARLIEST_YEAR}-01", f"{LATEST_YEAR + 1}-02", dtype="M8[M]").astype("M8[D]").astype(np.int64)
)
_STAMP = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?"
    r"(?:Z|[+-](?P<offset_hour>\d\d)(?::?(?P<offset_minute>\d\d))?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, eq=False)
class Stamps:
    """Naive wall-clock microseconds, the offset to UTC where `has_offset`, and which could not be read."""

    local_us: NDArray[np.int64]
    offset_us: NDArray[np.int64]
    has_offset: NDArray[np.bool_]
    is_wrong: NDArray[np.bool_]


def read_stamps(content: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> Stamps:
    """The stamps at `content[begins[i]:ends[i]]`.

    Read: `2024-02-29T07:30`, a blank instead of the T, seconds, up to six digits of a second, then nothing
    (local time), `Z`, `+01`, `+0100` or `+01:00`. All else is wrong, as is a year outside 1900 to 2200.
    """
    count = begins.size
    found = Stamps(
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.bool_),
        np.ones(count, np.bool_),
    )
    padded = np.concatenate([content, np.zeros(LONGEST, np.uint8)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, LONGEST)
    for low in range(0, count, _BLOCK_ROWS):
        rows = np.arange(low, min(low + _BLOCK_ROWS, count))
        texts, lengths = windows[begins[rows]], ends[rows] - begins[rows]
        for length in np.unique(lengths).tolist():
            if _MINUTES <= length <= LONGEST:
                chosen = lengths == length
                _read_length(found, rows[chosen], texts[chosen], length)
    return found


def _read_length(found: Stamps, rows: NDArray[np.int64], texts: NDArray[np.uint8], length: int) -> None:
    tails = np.where(texts[:, length - 1] == ord("Z"), _ZULU, _NO_TAIL)
    for tail in _TAILS:
        if length - tail >= _MINUTES:
            tails[_is_sign(texts[:, length - tail])] = tail
    for tail in np.unique(tails).tolist():
        if length - tail in _BODIES:
            chosen = tails == tail
            _read_layout(found, rows[chosen], np.ascontiguousarray(texts[chosen].T), length - tail, tail)


def _is_sign(column: NDArray[np.uint8]) -> NDArray[np.bool_]:
    is_sign: NDArray[np.bool_] = (column == ord("+")) | (column == ord("-"))
    return is_sign


def _read_layout(
    found: Stamps, rows: NDArray[np.int64], columns: NDArray[np.uint8], body: int, tail: int
) -> None:
    """Stamps of one layout: every part stands at the same place in each of them."""
    digits = columns - np.uint8(ord("0"))
    wrong = ~((columns[4] == ord("-")) & (columns[7] == ord("-")) & (columns[13] == ord(":")))
    wrong |= (columns[10] != ord("T")) & (columns[10] != ord(" "))
    year = _number(digits, wrong, 0, 4)
    month, day = _number(digits, wrong, 5, 2), _number(digits, wrong, 8, 2)
    hour, minute = _number(digits, wrong, 11, 2), _number(digits, wrong, 14, 2)
    second = _number(digits, wrong, 17, 2) if body >= _SECONDS else np.zeros_like(year)
    micro = np.zeros_like(year)
    if body >= _SECONDS:
        wrong |= columns[16] != ord(":")
    if body > _SECONDS:
        wrong |= columns[_SECONDS] != ord(".")
        width = body - _SECONDS - 1
        micro = _number(digits, wrong, _SECONDS + 1, width) * 10 ** (6 - width)
    wrong |= (year < EARLIEST_YEAR) | (year > LATEST_YEAR) | (month < 1) | (month > 12)  # noqa: PLR2004 - months
    wrong |= (hour > _LAST_HOUR) | (minute > _LAST_MINUTE) | (second > _LAST_MINUTE)
    place = np.where(wrong, 0, (year - EARLIEST_YEAR) * 12 + month - 1)
    wrong |= (day < 1) | (day > _MONTH_STARTS[place + 1] - _MONTH_STARTS[place])
    seconds = ((_MONTH_STARTS[place] + day - 1) * 24 + hour) * 3600 + minute * 60 + second
    found.offset_us[rows] = _offsets(columns, digits, wrong, body, tail)
    found.has_offset[rows] = tail != _NO_TAIL
    found.local_us[rows] = np.where(wrong, 0, seconds * SECOND_US + micro)
    found.is_wrong[rows] = wrong


def _offsets(
    columns: NDArray[np.uint8], digits: NDArray[np.uint8], wrong: NDArray[np.bool_], body: int, tail: int
) -> NDArray[np.int64] | int:
    if tail in (_NO_TAIL, _ZULU):
        return 0
    hours = _number(digits, wrong, body + 1, 2)
    minutes = np.zeros_like(hours) if tail == _TAILS[0] else _number(digits, wrong, body + tail - 2, 2)
    if tail == _TAILS[2]:
        wrong |= columns[body + 3] != ord(":")
    wrong |= (hours > _LAST_HOUR) | (minutes > _LAST_MINUTE)
    offsets: NDArray[np.int64] = (hours * 3600 + minutes * 60) * SECOND_US
    return np.where(columns[body] == ord("-"), -offsets, offsets)


def _number(digits: NDArray[np.uint8], wrong: NDArray[np.bool_], begin: int, width: int) -> NDArray[np.int64]:
    """The number at these places; notes in `wrong` where one of them is no digit."""
    total = np.zeros(digits.shape[1], np.int64)
    for column in digits[begin : begin + width]:
        wrong |= column > 9  # noqa: PLR2004 - digits
        total = total * 10 + column
    return total


def fault_of(text: str) -> str | None:
    """What is wrong with one stamp, and what to write; None for a stamp that `read_stamps` reads."""
    if not text:
        return "is empty: write the instant, or leave the row out"
    match = _STAMP.fullmatch(text)
    if match is None:
        return "is not an ISO 8601 stamp: write it as in 2024-02-29T07:30:00 or 2024-02-29T07:30:00+01:00"
    parts = {name: int(part) for name, part in match.groupdict("0").items()}
    faults = (
        (
            not EARLIEST_YEAR <= parts["year"] <= LATEST_YEAR,
            f"lies outside of the years {EARLIEST_YEAR} to {LATEST_YEAR}: write the true year",
        ),
        (
            not _is_day(parts["year"], parts["month"], parts["day"]),
            "names a day that no calendar has: write a day of that month",
        ),
        (
            parts["hour"] > _LAST_HOUR or max(parts["minute"], parts["second"]) > _LAST_MINUTE,
            "names a time that no clock shows: hours 00 to 23, minutes and seconds 00 to 59",
        ),
        (
            parts["offset_hour"] > _LAST_HOUR or parts["offset_minute"] > _LAST_MINUTE,
            "has an offset that no zone has: hours 00 to 23, minutes 00 to 59",
        ),
    )
    return next((said for is_wrong, said in faults if is_wrong), None)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
