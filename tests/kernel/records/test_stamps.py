"""Stamps read in bulk agree with the standard library's reading of each one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records import arrow
from handfast.kernel.records.refusals import CellRefused, MappingRefused
from handfast.kernel.records.stampformat import format_named
from handfast.kernel.records.stamps import local_stamps

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31))
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EPOCH = datetime(1970, 1, 1)
PYTHON_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%Y%m%d%H%M%S",
    "%m-%d-%y %I:%M:%S %p",
    "%d %B %Y, %H.%M",
    "%b %d %Y %I:%M %p",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d",
]


def read(cells: list[str], written_format: str) -> list[tuple[int, int] | None]:
    found = local_stamps(*arrow.bytes_of(arrow.texts(cells)), written_format)
    return [
        None if wrong else (local, offset if has_offset else 0)
        for local, offset, has_offset, wrong in zip(
            found.local_us.tolist(),
            found.offset_us.tolist(),
            found.has_offset.tolist(),
            found.is_wrong.tolist(),
            strict=True,
        )
    ]


def microseconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - EPOCH) // timedelta(microseconds=1)


@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from(PYTHON_FORMATS))
def test_written_stamps_are_read_as_strptime_reads_them(moments: list[datetime], written_format: str) -> None:
    cells = [moment.strftime(written_format) for moment in moments]
    # Two digits of a year reach from 1969 to 2068; strptime is asked, not the moment itself.
    asked = [datetime.strptime(cell, written_format) for cell in cells]
    found = read(cells, written_format)
    expected = [(microseconds(moment), 0) if 1900 <= moment.year <= 2200 else None for moment in asked]
    assert found == expected


@given(
    st.lists(
        st.tuples(MOMENTS, st.one_of(st.none(), OFFSETS), st.sampled_from(["T", " "])),
        min_size=1,
        max_size=20,
    )
)
def test_iso_stamps_are_read_as_fromisoformat_reads_them(given_: list[tuple[datetime, Any, str]]) -> None:
    cells = [moment.replace(tzinfo=zone).isoformat(mark) for moment, zone, mark in given_]
    expected = []
    for cell in cells:
        moment = datetime.fromisoformat(cell)
        offset = moment.utcoffset() or timedelta(0)
        expected.append((microseconds(moment), offset // timedelta(microseconds=1)))
    assert read(cells, "iso") == expected


@given(st.lists(st.text("0123456789-/: TZ+.ap", max_size=26), min_size=1, max_size=10))
def test_garbage_is_wrong_or_read_as_the_library_reads_it(cells: list[str]) -> None:
    for cell, found in zip(cells, read(cells, "iso"), strict=True):
        if found is not None:
            moment = datetime.fromisoformat(cell.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
            assert found[0] == microseconds(moment)


@given(st.integers(1900, 2200), st.integers(0, 13), st.integers(0, 32))
def test_days_that_no_calendar_has_are_wrong(year: int, month: int, day: int) -> None:
    try:
        expected: tuple[int, int] | None = (microseconds(datetime(year, month, day)), 0)
    except ValueError:
        expected = None
    assert read([f"{year:04}-{month:02}-{day:02}T00:00"], "iso") == [expected]


@pytest.mark.parametrize(
    "cell",
    ["2024-01-01T24:00:00", "2024-01-01T12:60", "2024-01-01T12:00:60", "2024-1-1T12:00", "2024-01-01", "0001-01-01T00:00",
     "2024-01-01T12:00:00+24:00", "2024-01-01T12:00:00+01:60", " 2024-01-01T12:00", "9999-12-31T23:59", "٢٠٢٤-01-01T12:00"],
)  # fmt: skip
def test_what_is_no_iso_stamp_is_wrong(cell: str) -> None:
    assert read([cell], "iso") == [None]


def test_digits_finer_than_a_microsecond_are_cut_off() -> None:
    assert read(["1970-01-01T00:00:00.123456789Z"], "iso") == [(123456, 0)]


def test_utc_written_out_is_an_offset() -> None:
    assert read(["1970-01-01 00:00:01 UTC", "1970-01-01 00:00:01 +0100"], "iso") == [
        (10**6, 0),
        (10**6, 3600 * 10**6),
    ]


@pytest.mark.parametrize(
    "written",
    ["%d/%m", "%Y-%m-%d %q", "%Y-%m-%d %H %I %p", "%Y-%m-%d %I:%M", "%Y-%m-%d %M", "%Y-%m-%d %H:%M %Y", "%Y-%m-%d 7 %H", "%"],
)  # fmt: skip
def test_format_that_leaves_something_to_guess_is_refused(written: str) -> None:
    with pytest.raises(MappingRefused):
        format_named(written)


NAIVE = {"kind": "events", "record": "r", "event": "e"}


def at(read: Callable[..., Any], stamp: str, **settings: str) -> int:
    mapping = NAIVE | {"at": {"column": "t", **settings}}
    instant: int = read(f"r,t,e\n1,{stamp},x\n", mapping).log.events.column("at")[0].as_py()
    return instant


def test_naive_stamp_is_read_in_its_zone_and_an_offset_wins(
    read: Callable[..., Any], us: Callable[[str], int]
) -> None:
    assert at(read, "2024-07-01T12:00", zone="Europe/Amsterdam") == us("2024-07-01T10:00+00:00")
    assert at(read, "2024-07-01T12:00-05:00", zone="Europe/Amsterdam") == us("2024-07-01T17:00+00:00")


def test_naive_stamp_without_a_zone_is_refused(read: Callable[..., Any]) -> None:
    with pytest.raises(CellRefused, match=r"row 2, column 't'.*add `zone:`"):
        at(read, "2024-07-01T12:00")


def test_hour_that_the_clock_skips_is_refused_by_row(read: Callable[..., Any]) -> None:
    for ambiguous in ("refuse", "first", "second"):
        with pytest.raises(CellRefused, match=r"row 2.*does not exist in Europe/Amsterdam"):
            at(read, "2024-03-31T02:30", zone="Europe/Amsterdam", ambiguous=ambiguous)


def test_hour_that_exists_twice_is_what_the_mapping_says(
    read: Callable[..., Any], us: Callable[[str], int]
) -> None:
    zoned = {"zone": "Europe/Amsterdam"}
    with pytest.raises(CellRefused, match="exists twice"):
        at(read, "2024-10-27T02:30", **zoned)
    assert at(read, "2024-10-27T02:30", ambiguous="first", **zoned) == us("2024-10-27T00:30+00:00")
    assert at(read, "2024-10-27T02:30", ambiguous="second", **zoned) == us("2024-10-27T01:30+00:00")


def test_fault_is_named_by_the_row_it_stands_in(read: Callable[..., Any]) -> None:
    lines = "".join(f"1,2024-01-01T00:00:{second:02}Z,x\n" for second in range(50))
    with pytest.raises(CellRefused) as refused:
        read(f"r,t,e\n{lines}1,yesterday,x\n", NAIVE | {"at": {"column": "t"}})
    assert (refused.value.row, refused.value.column) == (52, "t")
