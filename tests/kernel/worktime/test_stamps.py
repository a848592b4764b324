"""Stamps read many at once say what datetime says, and a wrong one is named as wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.worktime.stamps import Stamps, fault_of, read_stamps

NAIVE = datetime(1970, 1, 1)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31, 23, 59, 59, 999999))
OFFSETS = st.none() | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def read(texts: list[str]) -> Stamps:
    content = "".join(texts).encode()
    ends = np.cumsum([0, *(len(text.encode()) for text in texts)])
    return read_stamps(np.frombuffer(content, dtype=np.uint8), ends[:-1], ends[1:])


def written(moment: datetime, offset: timezone | None, form: str) -> tuple[str, datetime]:
    """A stamp in one of the forms, and the moment that is left of it."""
    cuts = {"minutes": {"second": 0, "microsecond": 0}, "seconds": {"microsecond": 0}}
    precision = form.partition(" ")[0]
    kept = moment.replace(tzinfo=offset, **cuts.get(precision, {}))
    text = kept.isoformat(timespec=precision)
    text = text.replace("T", " ") if "blank" in form else text
    if offset is not None and "compact" in form:
        text = text[:-3] + text[-2:]
    return text, kept


@given(
    st.lists(
        st.tuples(
            MOMENTS, OFFSETS, st.sampled_from(["minutes", "seconds", "auto", "seconds blank", "auto compact"])
        ),
        max_size=20,
    )
)
def test_stamps_of_any_form_say_what_was_written(rows: list[tuple[datetime, timezone | None, str]]) -> None:
    texts = [written(*row) for row in rows]
    found = read([text for text, _ in texts])
    microsecond = timedelta(microseconds=1)
    for place, (text, moment) in enumerate(texts):
        offset = moment.utcoffset()
        assert not found.is_wrong[place], text
        assert fault_of(text) is None
        assert found.local_us[place] == (moment.replace(tzinfo=None) - NAIVE) // microsecond
        assert found.has_offset[place] == (offset is not None)
        assert found.offset_us[place] == (offset or timedelta(0)) // microsecond


@pytest.mark.parametrize("fraction", ["5", "25", "125", "0625", "03125", "015625"])
def test_digits_of_a_second_count_from_the_left(fraction: str) -> None:
    found = read([f"1970-01-01T00:00:01.{fraction}Z", f"1970-01-01T00:00:01.{fraction}"])
    assert found.local_us.tolist() == [1_000_000 + int(fraction.ljust(6, "0"))] * 2


@pytest.mark.parametrize(
    ("tail", "hours"), [("Z", 0), ("+01", 1), ("-0130", -1.5), ("+05:45", 5.75), ("-00:00", 0)]
)
def test_offset_in_each_of_its_forms(tail: str, hours: float) -> None:
    for body in ("2024-02-29T12:00", "2024-02-29T12:00:00", "2024-02-29T12:00:00.5"):
        found = read([body + tail])
        assert (found.is_wrong[0], found.has_offset[0], found.offset_us[0]) == (
            False,
            True,
            hours * 3_600_000_000,
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("yesterday", "is not an ISO 8601 stamp"),
        ("2024-02-29", "is not an ISO 8601 stamp"),
        ("20240229T070000", "is not an ISO 8601 stamp"),
        ("2024-02-29T07", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00.1234567", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00.", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00,5", "is not an ISO 8601 stamp"),
        ("2024-02-29t07:00:00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00z", "is not an ISO 8601 stamp"),
        (" 2024-02-29T07:00:00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00+01:", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00+01:00 extra and more than fits", "is not an ISO 8601 stamp"),
        ("\uff12024-02-29T07:00", "is not an ISO 8601 stamp"),
        ("2024x02-29T07:00", "is not an ISO 8601 stamp"),
        ("2024-02x29T07:00", "is not an ISO 8601 stamp"),
        ("2024-02-29x07:00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07x00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00x00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00x5", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00+01x00", "is not an ISO 8601 stamp"),
        ("2024-02-29T07:00:00x01:00", "is not an ISO 8601 stamp"),
        ("2024-02-30T07:00", "names a day that no calendar has"),
        ("2023-02-29T07:00", "names a day that no calendar has"),
        ("2024-13-01T07:00", "names a day that no calendar has"),
        ("2024-00-10T07:00", "names a day that no calendar has"),
        ("2024-01-00T07:00", "names a day that no calendar has"),
        ("2024-01-01T24:00", "names a time that no clock shows"),
        ("2024-01-01T23:60", "names a time that no clock shows"),
        ("2024-01-01T23:59:60", "names a time that no clock shows"),
        ("2024-01-01T00:00+25:00", "has an offset that no zone has"),
        ("2024-01-01T00:00+0060", "has an offset that no zone has"),
        ("1899-12-31T23:59", "lies outside of the years 1900 to 2200"),
        ("2201-01-01T00:00", "lies outside of the years 1900 to 2200"),
    ],
)
def test_wrong_stamp_is_wrong_and_its_fault_is_named(text: str, said: str) -> None:
    assert read([text]).is_wrong.tolist() == [True]
    assert said in (fault_of(text) or "")


MUTABLE = "2024-02-29T07:30:15.250+01:00"


@given(
    st.integers(0, len(MUTABLE) - 1), st.sampled_from("0123456789-+:T Z.,x/é"), st.integers(0, len(MUTABLE))
)
def test_both_readers_agree_on_what_is_wrong(place: int, sign: str, length: int) -> None:
    text = (MUTABLE[:place] + sign + MUTABLE[place + 1 :])[:length]
    assert read([text]).is_wrong.tolist() == [fault_of(text) is not None]


def test_first_and_last_instant_that_can_be_written() -> None:
    found = read(["1900-01-01T00:00", "2200-12-31T23:59:59.999999"])
    last = datetime(2201, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert found.local_us.tolist() == [-2_208_988_800_000_000, last // timedelta(microseconds=1) - 1]
