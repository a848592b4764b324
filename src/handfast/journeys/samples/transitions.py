"""The plans of both samples: a light one that went well, and two waves, of which the second is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from handfast.contract.reading.milestones import MilestoneSaid
from handfast.journeys.samples.planned import (
    Baselined,
    ChangeProposed,
    Frozen,
    Made,
    OwnActivity,
    PlanEvent,
    Promised,
    Released,
    Reported,
    Sited,
    WaveAdded,
    WaveNamed,
)
from handfast.journeys.samples.sample import BELGRADE, TORONTO

A_MINUTE = timedelta(minutes=1)
OFFICE = {"mon-fri": ["09:00-17:00"]}
CALENDARS: dict[str, Any] = {
    "client": {"zone": TORONTO, "hours": OFFICE, "holidays": {"country": "CA", "subdivision": "ON"}},
    "provider": {"zone": BELGRADE, "hours": OFFICE, "holidays": {"country": "RS"}},
}


def light_plan(begins_at: datetime) -> tuple[PlanEvent, ...]:
    """Six weeks from the signature to the ready check, and the weeks after it as they were planned."""
    live = MilestoneSaid(
        "The desk answers alone", date(2026, 1, 30), Decimal("3500.00"), "Order form, 6", "go_live"
    )
    return (
        Promised(begins_at - A_MINUTE, "provider", live),
        Made(begins_at, "client", "light", date(2025, 12, 17), CALENDARS),
        Baselined(begins_at + A_MINUTE, "client"),
        Reported(datetime(2026, 1, 28, 16, 5, tzinfo=UTC), date(2026, 1, 28)),
        Reported(datetime(2026, 2, 27, 15, 40, tzinfo=UTC), date(2026, 2, 27)),
    )


def standard_plan(begins_at: datetime) -> tuple[PlanEvent, ...]:
    """Novi Sad went live in March 2025; Kraków follows with two languages, and its system access comes late."""
    return (
        Made(begins_at, "client", "standard", date(2024, 12, 16), CALENDARS),
        Baselined(begins_at + A_MINUTE, "client"),
        Reported(datetime(2025, 2, 28, 16, 10, tzinfo=UTC), date(2025, 2, 28)),
        Reported(datetime(2025, 6, 30, 15, 30, tzinfo=UTC), date(2025, 6, 30)),
        *_second_wave(datetime(2026, 2, 3, 14, 20, tzinfo=UTC)),
        *_until_today(),
    )


def _second_wave(added: datetime) -> tuple[PlanEvent, ...]:
    """Kraków takes the same way as Novi Sad, in twice the time."""
    return (
        Sited(
            added - A_MINUTE,
            "provider",
            "Kraków",
            {"zone": "Europe/Warsaw", "hours": OFFICE, "holidays": {"country": "PL"}},
        ),
        WaveAdded(
            added,
            "client",
            {
                "name": "Kraków",
                "carries": "German and Polish queues, 40 people",
                "criticality": 2,
                "starts_on": date(2026, 2, 9),
            },
            200,
            "Kraków",
        ),
        WaveNamed(
            added + A_MINUTE,
            "client",
            1,
            {"name": "Novi Sad", "carries": "English queue, 16 people", "criticality": 1},
        ),
        *_people_and_own_business(added),
        *_promises(added + timedelta(hours=25)),
    )


def _promises(agreed: datetime) -> tuple[PlanEvent, ...]:
    """What is paid for Kraków, and on which days of the contract."""
    said = (
        (MilestoneSaid("Kraków: due diligence confirmed", date(2026, 3, 20), Decimal("18000.00"), "Schedule 4, 2.1"), "discovery"),
        (MilestoneSaid("Kraków: live at full volume", date(2026, 7, 3), Decimal("42000.00"), "Schedule 4, 2.2"), "go_live"),
        (MilestoneSaid("Kraków: stabilisation ended", date(2026, 9, 25), Decimal("24000.00"), "Schedule 4, 2.3"), "stabilisation"),
    )  # fmt: skip
    return tuple(
        Promised(agreed + place * A_MINUTE, "provider", one, f"w2.{step}.milestone")
        for place, (one, step) in enumerate(said)
    )


def _people_and_own_business(added: datetime) -> tuple[PlanEvent, ...]:
    """Who is released, when work rests, and what each side keeps to itself."""
    return (
        Released(
            added + 3 * A_MINUTE,
            "client",
            {"process owner": 1, "change lead": 1, "client experts": 2, "client IT lead": 1, "IT leads": 1},
        ),
        Released(
            added + timedelta(hours=20),
            "provider",
            {"trainers": 2, "recruiter": 1, "delivery manager": 1, "provider IT lead": 1, "quality lead": 1},
        ),
        Frozen(
            added + timedelta(hours=21),
            "client",
            "Quarter close",
            date(2026, 3, 30),
            date(2026, 4, 3),
            50,
            ("client",),
        ),
        Frozen(
            added + timedelta(hours=22),
            "provider",
            "Release freeze at Easter",
            date(2026, 4, 9),
            date(2026, 4, 11),
            0,
            ("provider",),
        ),
        OwnActivity(
            added + timedelta(hours=23),
            "client",
            "Decide what becomes of the Toronto night desk",
            "6d",
            2,
            "w2.realignment.consult",
        ),
        OwnActivity(
            added + timedelta(hours=24),
            "provider",
            "Sign the lease of the second floor",
            "8d",
            2,
            "w2.infrastructure.floor",
        ),
    )


def _until_today() -> tuple[PlanEvent, ...]:
    """Agreed, reported three times, and one change that waits for an answer."""
    return (
        Baselined(datetime(2026, 2, 20, 9, 30, tzinfo=UTC), "provider"),
        Reported(datetime(2026, 3, 13, 15, 50, tzinfo=UTC), date(2026, 3, 13)),
        Reported(
            datetime(2026, 4, 2, 14, 45, tzinfo=UTC), date(2026, 4, 2), {"w2.infrastructure.accounts": "12d"}
        ),
        Reported(
            datetime(2026, 4, 15, 15, 20, tzinfo=UTC), date(2026, 4, 15), {"w2.infrastructure.accounts": "7d"}
        ),
        ChangeProposed(
            datetime(2026, 4, 15, 15, 40, tzinfo=UTC), "provider", "w2.rehearsal.run",
            {"not_before_on": date(2026, 6, 15)}, "System access came late.",
        ),
    )  # fmt: skip
