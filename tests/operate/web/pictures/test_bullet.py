"""A bullet stands around its marks, and right of a mark is always better."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handfast.operate.web.pictures.bullet import bullet_of

PERCENT = {
    "value": "66.41", "minimum": "70.00", "expected": "80.00", "unit": "percent", "better": "higher",
    "verdict": "missed", "reported_by": None,
}  # fmt: skip


def level(**changed: Any) -> dict[str, Any]:
    return PERCENT | changed


def test_marks_stand_in_their_order() -> None:
    bullet = bullet_of(level())
    assert Decimal(bullet.measured) < Decimal(bullet.minimum) < Decimal(bullet.expected)
    assert bullet.label == "Missed, measured 66.41 %, minimum 70.00 %, expected 80.00 %"
    assert bullet.status == "missed"


def test_lower_is_better_turns_the_track() -> None:
    bullet = bullet_of(level(value="35", minimum="30", expected="20", unit="seconds", better="lower"))
    assert Decimal(bullet.measured) < Decimal(bullet.minimum) < Decimal(bullet.expected)
    assert bullet.label.endswith("lower is better")


def test_percent_never_runs_over_a_hundred() -> None:
    bullet = bullet_of(level(value="100.00", minimum="90.00", expected="95.00", verdict="met"))
    assert bullet.measured == "100.00"


def test_without_data_there_is_no_dot() -> None:
    bullet = bullet_of(level(value=None, verdict="no data"))
    assert bullet.measured == ""
    assert bullet.minimum
    assert bullet.label == "No data, minimum 70.00 %, expected 80.00 %"


def test_without_promise_there_is_no_place() -> None:
    bullet = bullet_of(level(minimum=None, expected=None, verdict="measured"))
    assert (bullet.measured, bullet.minimum, bullet.expected) == ("", "", "")


def test_one_promise_alone_stands_inside() -> None:
    for value in ("95.00", "90.00", "0.00", "100.00"):
        bullet = bullet_of(level(value=value, minimum=None, expected="95.00"))
        assert 0 < Decimal(bullet.expected) <= 100
        assert 0 <= Decimal(bullet.measured) <= 100


AMOUNTS = st.none() | st.decimals(-(10**9), 10**9, places=2).map(str)


@given(
    AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(["percent", "number"]), st.sampled_from(["higher", "lower"])
)
def test_every_mark_lies_on_the_track(
    value: str | None, minimum: str | None, expected: str | None, unit: str, better: str
) -> None:
    bullet = bullet_of(level(value=value, minimum=minimum, expected=expected, unit=unit, better=better))
    for place in (bullet.measured, bullet.minimum, bullet.expected):
        assert not place or 0 <= Decimal(place) <= 100
