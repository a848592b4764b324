"""A plan that is written back reads as the same plan."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.kernel.scheduling.plans import MONDAY_US, Shape, plans
from tests.kernel.scheduling.test_reading import TEXT

from handfast.kernel.scheduling.plan import (
    SIDES,
    Actual,
    Baseline,
    Duration,
    Estimate,
    Need,
    Repeat,
    RiskEvent,
    Step,
)
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.writing import duration_text, plan_text
from handfast.kernel.scheduling.written import lag_of

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Activity, Plan

DURATIONS = st.builds(
    Duration, st.integers(0, 10**11 - 1), st.sampled_from(["d", "h"])
)  # up to 99,999 days; hours to the microsecond
CHANCES = st.fractions(0, 1, max_denominator=1000)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)
INSTANTS = st.integers(MONDAY_US - 10**13, MONDAY_US + 10**13)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    unit = draw(st.sampled_from(["d", "h"]))
    low, likely, high = sorted(draw(st.lists(st.integers(0, 10**10), min_size=3, max_size=3)))
    return Estimate(Duration(low, unit), Duration(likely, unit), Duration(high, unit))


@st.composite
def rich(draw: st.DrawFn, activity: Activity) -> Activity:
    """The activity with everything that an activity may have."""
    named = draw(st.dictionaries(st.tuples(st.sampled_from(SIDES), NAMES), st.integers(1, 500), max_size=3))
    needs = tuple(Need(side, role, many) for (side, role), many in sorted(named.items()))
    started = draw(st.none() | INSTANTS)
    ends = draw(INSTANTS)
    remaining = draw(st.none() | DURATIONS) if started is not None else None
    kind = draw(st.sampled_from(["work", "milestone", "gate"]))
    repeat = Repeat(draw(CHANCES) * Fraction(1, 2), draw(estimates()), draw(st.integers(1, 9)))
    return replace(
        activity,
        name=draw(NAMES),
        kind=kind,
        estimate=draw(estimates()) if kind == "work" else Estimate.of(Duration(0, "d")),
        repeat=repeat if kind == "gate" else None,
        step="s",
        wave=draw(st.integers(1, 5)),
        internal_to=activity.lead if activity.lead in SIDES and draw(st.booleans()) else None,
        fixed_us=draw(st.none() | INSTANTS),
        deadline_us=draw(st.none() | INSTANTS),
        needs=needs,
        actual=Actual(started, None, remaining),
        baseline=Baseline(min(ends, MONDAY_US), ends),
    )


@st.composite
def rich_plans(draw: st.DrawFn) -> Plan:
    plan = draw(plans(Shape(most=4, is_frozen=True)))
    activities = tuple(draw(rich(one)) for one in plan.activities)
    delay, chance = draw(estimates()), draw(CHANCES)
    return replace(
        plan,
        name=draw(NAMES),
        activities=activities,
        steps=(Step("s", draw(NAMES), "joint"),),
        risks=(RiskEvent("r", draw(NAMES), chance, delay, (activities[0].id,)),),
        as_of_us=MONDAY_US + 10**14,
    )


@given(rich_plans())
def test_plan_written_as_json_reads_as_the_same_plan(plan: Plan) -> None:
    assert read_plan(json.dumps(plan_text(plan)), name="again.json") == plan


def test_plan_written_as_yaml_reads_as_the_same_plan() -> None:
    plan = read_plan(TEXT, name="plan.yaml")
    text = io.StringIO()
    YAML(typ="safe").dump(plan_text(plan), text)
    assert read_plan(text.getvalue(), name="again.yaml") == plan


def test_plan_of_every_key_reads_as_the_same_plan() -> None:
    plan = read_plan(TEXT, name="plan.yaml")
    assert read_plan(json.dumps(plan_text(plan)), name="again.json") == plan


@given(DURATIONS, st.booleans())
def test_lag_written_reads_as_the_same_lag(duration: Duration, is_back: bool) -> None:
    lag = Duration(-duration.amount if is_back else duration.amount, duration.unit)
    assert lag_of(duration_text(lag)) == lag


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (Duration(500_000, "d"), "0.5d"),
        (Duration(-2_000_000, "d"), "-2d"),
        (Duration(5_400_000_000, "h"), "1h 30m"),
        (Duration(1, "h"), "0.000001s"),
        (Duration(0, "h"), "0h"),
        (Duration(10_000_000, "d"), "10d"),
    ],
)
def test_duration_is_written_as_people_write_it(duration: Duration, text: str) -> None:
    assert duration_text(duration) == text
