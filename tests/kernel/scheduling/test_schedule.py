"""What a schedule does with dates that are fixed, missed, frozen, done or under way, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.kernel.scheduling.plans import MONDAY_US, calendar, days, hours, plan_of, work

from handfast.kernel.quantity import instant_of, iso_of
from handfast.kernel.scheduling.plan import Actual, Estimate, Freeze, Link, Plan, Repeat
from handfast.kernel.scheduling.refusals import CalendarNeverOpen, PlanHasCycle, PlanRefused
from handfast.kernel.scheduling.schedule import Missed, schedule


def at(day: int, hour: int = 0) -> int:
    return instant_of(datetime(2026, 3, day, hour, tzinfo=UTC))


def dates(plan: Plan, id_: str) -> tuple[str, str]:
    one = schedule(plan).by_id[id_]
    return iso_of(one.starts_us)[5:16], iso_of(one.ends_us)[5:16]


def test_day_is_the_full_day_of_the_calendar_that_the_work_runs_on() -> None:
    plan = plan_of(
        work("own", days(1), lead="provider"),
        work("joint", days(1), lead="joint"),
        provider={"zone": "UTC", "hours": {"mon-thu": ["13:00-19:00"], "fri": ["13:00-15:00"]}},
    )
    assert dates(plan, "own") == ("03-02T13:00", "03-02T19:00")
    assert dates(plan, "joint") == ("03-02T13:00", "03-02T17:00")


def test_work_at_a_site_keeps_the_sites_holidays() -> None:
    site = calendar(
        {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": {"add": {"2026-03-02": "x"}}}
    )
    made = plan_of(work("a", days(1)))
    party = replace(made.parties[0], sites={"Hall": site})
    moved = replace(
        made,
        parties=(party, made.parties[1]),
        activities=(work("a", days(1), site="Hall"), work("b", days(1))),
    )
    assert (dates(moved, "a")[0], dates(moved, "b")[0]) == ("03-03T09:00", "03-02T09:00")


def test_freeze_stops_the_work_it_names_and_at_half_strength_halves_it() -> None:
    def frozen(share: Fraction) -> Plan:
        freeze = Freeze("Close", date(2026, 3, 3), date(2026, 3, 4), share, activities=("a",))
        return plan_of(work("a", days(2)), work("b", days(2)), freezes=(freeze,))

    assert dates(frozen(Fraction(0)), "a") == ("03-02T09:00", "03-04T17:00")
    assert dates(frozen(Fraction(1, 2)), "a") == ("03-02T09:00", "03-04T13:00")
    assert dates(frozen(Fraction(0)), "b") == ("03-02T09:00", "03-03T17:00")


def test_finish_held_into_closed_time_comes_when_the_calendar_opens_again() -> None:
    waits = Link("a", "FF", hours(4), "elapsed")
    plan = plan_of(work("a", days(1)), work("b", hours(2), waits))
    assert dates(plan, "b") == ("03-02T15:00", "03-03T09:00")


def test_milestone_stands_where_it_is_bound_also_in_closed_time() -> None:
    plan = plan_of(
        work("a", days(1)), work("m", hours(0), Link("a", "FS", hours(4), "elapsed"), kind="milestone")
    )
    assert dates(plan, "m") == ("03-02T21:00", "03-02T21:00")


def test_missed_deadline_moves_no_date_and_names_its_chain() -> None:
    plan = plan_of(work("a", days(2)), work("b", days(1), "a", deadline_us=at(4, 12)), work("c", days(9)))
    found = schedule(plan)
    assert found.missed == (Missed("b", "deadline", at(4, 12), at(4, 17), ("a", "b")),)
    assert (found.by_id["b"].total_float_us, found.by_id["b"].is_critical) == (-5 * 3_600_000_000, True)
    assert found.by_id["a"].total_float_us == -5 * 3_600_000_000
    assert iso_of(found.ends_us) == "2026-03-12T17:00:00Z"


def test_fixed_date_that_a_link_prevents_is_missed_and_one_that_nothing_prevents_is_kept() -> None:
    plan = plan_of(
        work("a", days(2)), work("b", days(1), "a", fixed_us=at(3, 9)), work("c", days(1), fixed_us=at(5, 9))
    )
    found = schedule(plan)
    assert found.missed == (Missed("b", "fixed", at(3, 9), at(4, 9), ("a", "b")),)
    assert (found.by_id["c"].starts_us, found.by_id["c"].bound.by) == (at(5, 9), "fixed")


@pytest.mark.parametrize(
    ("actual", "ends"),
    [
        (Actual(at(2, 9)), "03-05T17:00"),  # two days done of four
        (Actual(at(2, 9), remaining=days(1)), "03-04T17:00"),
        (Actual(at(2, 9), remaining=days(0)), "03-04T00:00"),
        (Actual(at(2, 9), at(3, 15)), "03-03T15:00"),
    ],
)
def test_what_has_started_keeps_its_start_and_works_what_remains_from_the_status_on(
    actual: Actual, ends: str
) -> None:
    plan = plan_of(work("a", days(4), actual=actual), work("b", days(1)), as_of_us=at(4))
    assert dates(plan, "a") == ("03-02T09:00", ends)
    assert schedule(plan).by_id["b"].starts_us == at(4, 9)
    assert schedule(plan).by_id["b"].bound.by == "status date"


def test_plan_of_nothing_ends_when_it_starts() -> None:
    found = schedule(plan_of())
    assert (found.ends_us, found.chain, found.dated) == (MONDAY_US, (), ())


def test_work_ten_years_long_is_dated_though_calendars_are_first_compiled_for_three() -> None:
    assert dates(plan_of(work("a", days(2610))), "a")[1].startswith("02-29T17:00")


def test_calendars_that_never_meet_are_refused_by_the_activity() -> None:
    night = {"zone": "UTC", "hours": {"mon-fri": ["20:00-23:00"]}}
    with pytest.raises(
        CalendarNeverOpen, match=r"talk: the overlap of both calendars is never open"
    ) as caught:
        schedule(plan_of(work("talk", days(1), lead="joint"), provider=night))
    assert caught.value.code == "calendar-never-open"


def test_ring_is_refused_by_its_names() -> None:
    plan = plan_of(
        work("a", days(1), "c"), work("b", days(1), "a"), work("c", days(1), "b"), work("d", days(1), "c")
    )
    with pytest.raises(PlanHasCycle, match=r"waits for .* waits for .* waits for") as caught:
        schedule(plan)
    assert "d" not in str(caught.value).split(": ", 1)[1].split(";")[0].split(" waits for ")


def test_plan_past_the_last_year_is_refused() -> None:
    with pytest.raises(PlanRefused, match="the plan runs past the year 2200"):
        schedule(plan_of(work("a", days(60_000))))


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Estimate(days(2), days(1), days(3)), "in this order"),
        (lambda: Estimate(days(-1), days(1), days(3)), "not negative"),
        (lambda: Estimate(hours(1), days(1), days(3)), "one unit"),
        (lambda: work("a", days(1), kind="gate"), "a gate lasts no time"),
        (lambda: work("a", repeat=Repeat(Fraction(1, 2), Estimate.of(days(1)))), "only a gate can be repeated"),
        (lambda: work("a", actual=Actual(None, MONDAY_US)), "what is finished has started"),
        (lambda: work("a", actual=Actual(remaining=days(1))), "only what has started"),
        (lambda: work("a", lead="joint", internal_to="client"), "internal to the client, but led by the joint"),
        (lambda: plan_of(work("a", actual=Actual(at(9))), as_of_us=at(8)), "has not come yet"),
    ],
)  # fmt: skip
def test_value_that_contradicts_itself_is_refused_when_it_is_built(build: object, said: str) -> None:
    with pytest.raises(PlanRefused, match=said) as caught:
        build()  # type: ignore[operator]  # each is a function of nothing
    assert caught.value.code == "plan-refused"
