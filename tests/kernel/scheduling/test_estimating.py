"""An estimate is the sum of its parts, grows with every answer, and agrees with the lengths of the templates."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.scheduling.estimating import (
    LONGEST,
    MOST_DAYS,
    MOST_PEOPLE,
    MOST_PILOTS,
    SHORTEST,
    Undertaking,
    estimate,
    weeks_text,
)
from handfast.kernel.scheduling.refusals import EstimateRefused
from handfast.transition.reading.templates import content_of

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "estimating.md"
TYPICAL = {
    "light": Undertaking("simple", 8, "written", 0, 5),
    "standard": Undertaking("moderate", 30, "partly", 0, 10),
    "complex": Undertaking("complex", 200, "in heads", 2, 20),
}
ORDER: dict[str, tuple[Any, ...]] = {
    "complexity": ("simple", "moderate", "complex"),
    "knowledge": ("written", "partly", "in heads"),
    "size": ("light", "standard", "complex"),
}
ANY = st.builds(
    Undertaking,
    st.sampled_from(ORDER["complexity"]),
    st.integers(1, MOST_PEOPLE),
    st.sampled_from(ORDER["knowledge"]),
    st.integers(0, MOST_PILOTS),
    st.integers(0, MOST_DAYS),
)


def full_volume_of(size: str) -> Fraction:
    """The working days to full volume that a template computes for itself."""
    said = content_of(f"transition_{size}")
    if size == "complex":
        days = said["waves"][1]["full_volume_expected_at"]
    else:
        computed = said["computed_without_holidays"]
        days = (
            computed["finish_likely"]["golive.full"]
            if size == "light"
            else computed["finish"]["likely"]["go_live.full"]
        )
    return Fraction(days.removesuffix("d"))


@pytest.mark.parametrize(("size", "weeks"), [("light", 6), ("standard", 10), ("complex", 39)])
def test_typical_answers_of_a_template_give_its_length_and_itself(size: str, weeks: int) -> None:
    found = estimate(TYPICAL[size])
    assert (found.likely_weeks, found.size, found.bounded) == (weeks, size, "")
    assert abs(found.likely_weeks - full_volume_of(size) / 5) <= 1


@given(ANY)
def test_estimate_is_the_sum_of_its_parts_within_six_weeks_and_a_year(asked: Undertaking) -> None:
    found = estimate(asked)
    tenths = sum(part.tenths for part in found.parts)
    assert 6 <= found.low_weeks <= found.likely_weeks <= found.high_weeks <= 52
    assert bool(found.bounded) == (not SHORTEST <= tenths <= LONGEST)
    if not found.bounded:
        assert found.likely_weeks * 10 - 10 < tenths <= found.likely_weeks * 10
    assert all(part.said and part.tenths > 0 for part in found.parts)
    assert found.why
    assert estimate(asked) == found


@given(ANY, st.sampled_from(["complexity", "people", "knowledge", "pilots", "training_days"]))
def test_more_of_anything_is_never_shorter_and_never_a_smaller_template(
    asked: Undertaking, name: str
) -> None:
    value = getattr(asked, name)
    if name in ORDER:
        values = ORDER[name]
        more = values[min(values.index(value) + 1, len(values) - 1)]
    else:
        more = min(
            value + 1, {"people": MOST_PEOPLE, "pilots": MOST_PILOTS, "training_days": MOST_DAYS}[name]
        )
    before, after = estimate(asked), estimate(replace(asked, **{name: more}))
    assert (before.low_weeks, before.likely_weeks, before.high_weeks) <= (
        after.low_weeks,
        after.likely_weeks,
        after.high_weeks,
    )
    assert ORDER["size"].index(before.size) <= ORDER["size"].index(after.size)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("complexity", "hard", "complexity: write simple, moderate or complex"),
        ("knowledge", "nowhere", "knowledge: write written, partly or in heads"),
        ("people", 0, "people: write 1 to 1000"),
        ("people", 1001, "people: write 1 to 1000"),
        ("pilots", -1, "pilots: write 0 to 6"),
        ("training_days", 61, "training_days: write 0 to 60"),
    ],
)
def test_answer_that_cannot_be_is_refused_by_its_name(name: str, value: Any, fault: str) -> None:
    with pytest.raises(EstimateRefused, match=re.escape(fault)) as refused:
        replace(TYPICAL["light"], **{name: value})
    assert (refused.value.field, refused.value.code) == (name, "estimate-refused")


@pytest.mark.parametrize(
    ("asked", "size", "why"),
    [
        (Undertaking("simple", 16, "written", 0, 5), "standard", "15 people"),
        (Undertaking("simple", 8, "written", 1, 5), "standard", "pilot"),
        (Undertaking("simple", 8, "in heads", 0, 5), "standard", "eight weeks"),
        (Undertaking("moderate", 8, "written", 0, 5), "standard", "due diligence"),
        (Undertaking("moderate", 81, "written", 0, 5), "complex", "80 people"),
        (Undertaking("simple", 8, "in heads", 6, 30), "complex", "20 weeks"),
        (Undertaking("complex", 8, "written", 0, 5), "complex", "waves"),
    ],
)
def test_template_that_fits_says_what_rules_out_the_smaller_one(
    asked: Undertaking, size: str, why: str
) -> None:
    found = estimate(asked)
    assert found.size == size
    assert why in found.why


def test_what_is_shorter_or_longer_than_any_transition_is_bounded_and_says_so() -> None:
    short = estimate(Undertaking("simple", 1, "written", 0, 0))
    assert (short.said, short.bounded[:21]) == (
        "between 6 and 7 weeks, most likely 6",
        "the parts make five w",
    )
    long = estimate(Undertaking("complex", 1000, "in heads", 6, 60))
    assert (long.low_weeks, long.high_weeks) == (52, 52)
    assert long.said == "52 weeks"
    assert "in waves" in long.bounded


def test_weeks_are_written_as_people_say_them() -> None:
    assert [weeks_text(one) for one in (5, 10, 15, 30, 190)] == [
        "half a week", "one week", "1.5 weeks", "three weeks", "19 weeks"
    ]  # fmt: skip


def test_worked_example_of_the_page_is_what_is_computed() -> None:
    text = PAGE.read_text("utf-8")
    found = estimate(Undertaking("moderate", 40, "partly", 2, 8))
    rows = [[part.of, str(part.tenths), part.said] for part in found.parts]
    example = text.partition("**Worked example.**")[2]
    told = [[cell.strip() for cell in line.split("|")[1:-1]] for line in example.splitlines() if "| " in line]
    assert told[1:] == rows
    assert f"{sum(part.tenths for part in found.parts) // 10}.1 weeks: {found.said}" in example
    assert f"The {found.size} template fits" in example
