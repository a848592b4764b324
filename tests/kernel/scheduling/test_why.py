"""Every date says why: whose holiday, which freeze, or that both sides are never open together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.plan import Activity, Duration, Estimate, Freeze, Lead, Link, Party, Plan
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.why import ClosedDay, why_of
from handfast.kernel.scheduling.wording import sentence_of
from handfast.kernel.worktime.written import WrittenCalendar

TORONTO = {"zone": "America/Toronto", "hours": {"mon-fri": ["09:00-17:00"]}}
BELGRADE = {"zone": "Europe/Belgrade", "hours": {"mon-fri": ["09:00-17:00"]}}
FRIDAY = datetime(2026, 5, 15, 13, tzinfo=UTC)  # 09:00 in Toronto
MONDAY = date(2026, 5, 18)


def planned(*activities: Activity, freezes: tuple[Freeze, ...] = (), **client: object) -> Plan:
    parties = (
        Party("client", "Lumen", WrittenCalendar.model_validate(TORONTO | client)),
        Party("provider", "Danube Care", WrittenCalendar.model_validate(BELGRADE)),
    )
    return Plan("Deal", instant_of(FRIDAY), "America/Toronto", parties, activities, freezes=freezes)


def work(key: str, lead: Lead, days: int, *after: str) -> Activity:
    takes = Estimate.of(Duration(days * 1_000_000, "d"))
    return Activity(key, key.upper(), lead, takes, tuple(Link(one) for one in after))


VICTORIA = {"holidays": {"add": {"2026-05-18": "Victoria Day"}}}


def test_holiday_between_the_predecessor_and_the_start_is_named_with_whose_it_is() -> None:
    found = schedule(planned(work("a", "client", 1), work("b", "joint", 1, "a"), **VICTORIA))
    assert why_of(found, "b").before_start == (ClosedDay(MONDAY, "holiday", "Victoria Day", "client"),)
    assert sentence_of(found, "b") == (
        "Waits until “A” is finished, Fri 15 May 2026, 17:00; "
        "the work then waits for Victoria Day (Mon 18 May 2026, Lumen)."
    )


def test_holiday_inside_an_activity_is_told_as_a_stand_still() -> None:
    found = schedule(planned(work("a", "client", 2), **VICTORIA))
    assert why_of(found, "a").while_running == (ClosedDay(MONDAY, "holiday", "Victoria Day", "client"),)


def test_holiday_of_the_client_does_not_hold_the_provider_up() -> None:
    found = schedule(planned(work("a", "provider", 3), **VICTORIA))
    assert (why_of(found, "a").before_start, why_of(found, "a").while_running) == ((), ())


def test_freeze_is_named_only_where_the_work_would_have_run() -> None:
    freeze = Freeze("Quarter close", date(2026, 5, 16), date(2026, 5, 19), Fraction(0))
    found = schedule(planned(work("a", "client", 1), work("b", "client", 1, "a"), freezes=(freeze,)))
    # Saturday and Sunday lie in it too, and would have been closed anyway.
    assert why_of(found, "b").before_start == (ClosedDay(MONDAY, "freeze", "Quarter close"),)


def test_day_on_which_both_work_and_never_together_is_told() -> None:
    hours = {"mon": ["12:00-17:00"], "tue-fri": ["09:00-17:00"]}
    found = schedule(planned(work("a", "joint", 2), hours=hours))
    assert why_of(found, "a").while_running == (ClosedDay(MONDAY, "no overlap"),)


@pytest.mark.parametrize("lead", ["client", "joint", "either"])
def test_weekend_is_told_to_nobody(lead: Lead) -> None:
    found = schedule(planned(work("a", lead, 3)))
    assert (why_of(found, "a").before_start, why_of(found, "a").while_running) == ((), ())
