"""Reading stamps in bulk: one look at each shape, arithmetic on the digits of all its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US
from handfast.kernel.records.arrow import shapes_of
from handfast.kernel.records.stampformat import MONTHS, format_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.records.arrow import Bytes, Flags, Int32s, Int64s

FIRST_YEAR, LAST_YEAR = 1900, 2200
ZERO = ord("0")
PIVOT_OF_TWO_DIGITS = 69
MICROSECOND_DIGITS = 6
DAY_S = 86_400
_SHAPE = np.arange(256, dtype=np.uint8)
_SHAPE[ZERO : ZERO + 10] = ZERO


@dataclass(frozen=True, slots=True)
class LocalStamps:
    """Stamps as written: the wall clock in microseconds, the offset where one stands, and what is wrong."""

    local_us: Int64s
    offset_us: Int64s
    has_offset: Flags
    is_wrong: Flags


def local_stamps(octets: Bytes, offsets: Int64s, written_format: str) -> LocalStamps:
    """Read every cell of a text column by one format; a cell that does not fit is marked wrong."""
    count = len(offsets) - 1
    found = LocalStamps(
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.bool_),
        np.ones(count, np.bool_),
    )
    if not count:
        return found
    low, high = int(offsets[0]), int(offsets[-1])
    octets, offsets = octets[low:high], offsets - low
    numbers, shapes = shapes_of(_SHAPE[octets], offsets)
    pattern = format_named(written_format).pattern
    for shape_number, places in _places_of(numbers, len(shapes)):
        fit = pattern.fullmatch(shapes[shape_number])
        if fit is not None:
            cells = _Cells(octets, offsets, places, len(shapes[shape_number]))
            _read_shape(
                cells, {name: fit.span(name) for name in fit.groupdict() if fit[name] is not None}, found
            )
    return found


def _places_of(numbers: Int32s, count: int) -> Iterator[tuple[int, Int64s | slice]]:
    """The cells of each shape; one shape for all is the common case and costs nothing."""
    if count == 1:
        yield 0, slice(None)
        return
    order = np.argsort(numbers, kind="stable")
    borders = np.searchsorted(numbers[order], np.arange(count + 1))
    for number in range(count):
        yield number, order[borders[number] : borders[number + 1]]


class _Cells:
    """The bytes of the cells of one shape, by position."""

    def __init__(self, octets: Bytes, offsets: Int64s, places: Int64s | slice, length: int) -> None:
        self.places = places
        self._octets = octets
        self._starts = offsets[:-1][places]
        self._matrix = octets.reshape(-1, length) if isinstance(places, slice) and length else None

    def __len__(self) -> int:
        return len(self._starts)

    def octet(self, place: int) -> Bytes:
        if self._matrix is not None:
            return self._matrix[:, place]
        return self._octets[self._starts + place]

    def number(self, span: tuple[int, int]) -> Int64s:
        total = np.zeros(len(self), np.int64)
        for place in range(*span):
            total = total * 10 + (self.octet(place).astype(np.int64) - ZERO)
        return total

    def word(self, span: tuple[int, int]) -> str:
        """The letters at a place, which all cells of one shape share."""
        return "".join(chr(int(self.octet(place)[0])) for place in range(*span))


def _read_shape(cells: _Cells, spans: dict[str, tuple[int, int]], found: LocalStamps) -> None:
    nothing = np.zeros(len(cells), np.int64)
    year, month = _year_of(cells, spans), _month_of(cells, spans)
    day = cells.number(spans["d"])
    hour, is_hour = _hour_of(cells, spans)
    minute = cells.number(spans["M"]) if "M" in spans else nothing
    second = cells.number(spans["S"]) if "S" in spans else nothing
    is_right = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= len(MONTHS)) & is_hour
    is_right &= (minute <= 59) & (second <= 59) & (day >= 1)  # noqa: PLR2004 - the clock's own numbers
    safe_month = np.where(is_right, month, 1)
    months = (np.where(is_right, year, FIRST_YEAR) - 1970) * 12 + safe_month - 1
    first_day = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    next_first = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    is_right &= day <= next_first - first_day
    seconds = (first_day + day - 1) * DAY_S + hour * 3600 + minute * 60 + second
    offset_s, is_offset = _offset_of(cells, spans)
    found.local_us[cells.places] = seconds * SECOND_US + _fraction_of(cells, spans)
    found.offset_us[cells.places] = offset_s * SECOND_US
    found.has_offset[cells.places] = "z" in spans or "utc" in spans
    found.is_wrong[cells.places] = ~(is_right & is_offset)


def _year_of(cells: _Cells, spans: dict[str, tuple[int, int]]) -> Int64s:
    if "Y" in spans:
        return cells.number(spans["Y"])
    short = cells.number(spans["y"])
    century: Int64s = np.where(short < PIVOT_OF_TWO_DIGITS, 2000, 1900).astype(np.int64)
    return short + century


def _month_of(cells: _Cells, spans: dict[str, tuple[int, int]]) -> Int64s:
    if "m" in spans:
        return cells.number(spans["m"])
    written = cells.word(spans["b"] if "b" in spans else spans["B"]).lower()[:3]
    names = [name[:3] for name in MONTHS]
    return np.full(len(cells), names.index(written) + 1, np.int64)


def _hour_of(cells: _Cells, spans: dict[str, tuple[int, int]]) -> tuple[Int64s, Flags]:
    if "I" in spans:
        twelve = cells.number(spans["I"])
        later = 12 if cells.word(spans["p"]).lower() == "pm" else 0
        return twelve % 12 + later, (twelve >= 1) & (twelve <= 12)  # noqa: PLR2004 - hours of a clock face
    hour = cells.number(spans["H"]) if "H" in spans else np.zeros(len(cells), np.int64)
    return hour, hour <= 23  # noqa: PLR2004 - the last hour of a day


def _fraction_of(cells: _Cells, spans: dict[str, tuple[int, int]]) -> Int64s:
    """Microseconds; digits beyond the sixth are cut off."""
    if "f" not in spans:
        return np.zeros(len(cells), np.int64)
    start, end = spans["f"]
    kept = min(end - start, MICROSECOND_DIGITS)
    scale: int = 10 ** (MICROSECOND_DIGITS - kept)
    return cells.number((start, start + kept)) * scale


def _offset_of(cells: _Cells, spans: dict[str, tuple[int, int]]) -> tuple[Int64s, Flags]:
    """Seconds east of UTC, and whether they are an offset at all."""
    nothing, fine = np.zeros(len(cells), np.int64), np.ones(len(cells), np.bool_)
    if "z" not in spans:
        return nothing, fine
    start, end = spans["z"]
    sign = cells.word((start, start + 1))
    if sign in "Zz":
        return nothing, fine
    hours = cells.number((start + 1, start + 3))
    minutes = cells.number((end - 2, end)) if end - start > len("+00") else nothing
    total = hours * 3600 + minutes * 60
    return total * (-1 if sign == "-" else 1), (hours <= 23) & (minutes <= 59)  # noqa: PLR2004 - under a day
