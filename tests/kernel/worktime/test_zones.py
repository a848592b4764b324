"""Zones come from the pinned tz data, and local time is mapped without a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handfast.kernel.quantity import Span, instant_of, moment_of
from handfast.kernel.worktime.refusals import UnknownZone
from handfast.kernel.worktime.tzif import changes_of_footer, read_tzif
from handfast.kernel.worktime.zones import instants_from_local, local_of, offsets_of, zone_named, zone_names

CENTURIES = Span(-2_208_988_800_000_000, 7_289_654_400_000_000)
NAMES = st.sampled_from(zone_names())
NAIVE = datetime(1970, 1, 1)


def local_us(text: str) -> np.ndarray:
    return np.array([(datetime.fromisoformat(text) - NAIVE) // timedelta(microseconds=1)], dtype=np.int64)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Europe/Amsterdm", "did you mean 'Europe/Amsterdam'"),
        ("europe/amsterdam", "did you mean 'Europe/Amsterdam'"),
        ("../../etc/passwd", "write an IANA name"),
        ("", "write an IANA name"),
    ],
)
def test_unknown_zone_is_refused_with_the_nearest_name(name: str, said: str) -> None:
    with pytest.raises(UnknownZone, match=said):
        zone_named(name)


def test_zone_is_the_packages_own_even_where_the_machine_has_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    assert datetime(2024, 7, 1, tzinfo=zone_named("Asia/Kolkata")).utcoffset() == timedelta(
        hours=5, minutes=30
    )


@given(NAMES, st.integers(CENTURIES.starts_us, CENTURIES.ends_us - 1))
@example("Africa/Casablanca", instant_of(datetime(2100, 6, 1, tzinfo=UTC)))
@example("Europe/Dublin", instant_of(datetime(2150, 1, 1, tzinfo=UTC)))
def test_offset_at_any_instant_is_that_of_zoneinfo(name: str, instant: int) -> None:
    starts, offsets = offsets_of(name, Span(instant, instant + 1))
    shown = moment_of(instant).astimezone(zone_named(name)).utcoffset()
    assert (starts.tolist(), offsets.tolist()) == ([instant], [shown // timedelta(seconds=1)])


def test_local_time_of_a_stretch_never_ends_before_that_of_the_stretch_before() -> None:
    # The mapping of local time searches the ends of the stretches, which must therefore be in order.
    for name in zone_names():
        starts, offsets = offsets_of(name, CENTURIES)
        ends = starts[1:] + offsets[:-1] * 1_000_000
        begins = starts[1:] + offsets[1:] * 1_000_000
        assert (np.diff(ends) > 0).all(), name
        assert (np.diff(begins) > 0).all(), name


@given(NAMES, st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1)))
@example("Europe/Amsterdam", datetime(2024, 3, 31, 2, 30))
@example("Europe/Amsterdam", datetime(2024, 10, 27, 2, 30))
@example("Australia/Lord_Howe", datetime(2024, 4, 7, 1, 45))
@example("Pacific/Apia", datetime(2011, 12, 30, 12, 0))
def test_local_time_exists_once_twice_or_not_at_all_as_zoneinfo_says(name: str, naive: datetime) -> None:
    zone = zone_named(name)
    both = [naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = sorted(
        {moment for moment in both if moment.astimezone(zone).replace(tzinfo=None, fold=0) == naive}
    )
    local = local_us(naive.isoformat())
    fault = {0: 1, 1: 0, 2: 2}[len(shown)]
    assert instants_from_local(local, name, "refuse").fault.tolist() == [fault]
    for place, choice in ((0, "first"), (-1, "second")):
        chosen = instants_from_local(local, name, choice)  # type: ignore[arg-type]  # the loop loses the literal
        assert chosen.fault.tolist() == [1 if fault == 1 else 0]
        assert chosen.instants_us.tolist() == [instant_of(shown[place]) if shown else 0]


@given(NAMES, st.integers(CENTURIES.starts_us, CENTURIES.ends_us))
def test_instant_survives_the_wall_clock_and_back(name: str, instant: int) -> None:
    local = local_of(np.array([instant], dtype=np.int64), name)
    ways = [instants_from_local(local, name, choice).instants_us[0] for choice in ("first", "second")]  # type: ignore[arg-type]  # the loop loses the literal
    assert instant in ways


def test_nothing_local_is_nothing_anywhere() -> None:
    nothing = np.zeros(0, np.int64)
    assert instants_from_local(nothing, "UTC", "refuse").instants_us.size == 0
    assert local_of(nothing, "UTC").size == 0


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", [date(2024, 3, 31), date(2024, 10, 27)]),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", [date(2024, 4, 6), date(2024, 10, 5)]),
        ("XXX3YYY,J60/2,300/2", [date(2024, 3, 1), date(2024, 10, 27)]),
    ],
)
def test_footer_changes_on_its_days(footer: str, expected: list[date]) -> None:
    changes = changes_of_footer(footer, 2024, 2024)
    assert [datetime.fromtimestamp(instant, UTC).date() for instant, _ in changes] == expected


def test_footer_that_is_no_rule_and_content_that_is_no_tzif_are_refused() -> None:
    with pytest.raises(UnknownZone, match="not a POSIX rule"):
        changes_of_footer("nonsense,", 2024, 2024)
    with pytest.raises(UnknownZone, match="TZif version 2"):
        read_tzif(b"x" * 60)


def test_zone_info_is_the_standard_librarys() -> None:
    assert isinstance(zone_named("Europe/Berlin"), ZoneInfo)
