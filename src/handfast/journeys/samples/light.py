"""The light sample: eight agents in Novi Sad, one help-desk export, four measures, no credits, three months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from handfast.journeys.samples import months
from handfast.journeys.samples.desk import worked
from handfast.journeys.samples.entries import LIGHT
from handfast.journeys.samples.exports import monthly
from handfast.journeys.samples.hours import HOUR, second_of
from handfast.journeys.samples.plan import DeskPlan, Outage, Pace, Shift, Site, Strain
from handfast.journeys.samples.proved import LIGHT as LIGHT_PROVED
from handfast.journeys.samples.public_days import SERBIA
from handfast.journeys.samples.sample import (
    BELGRADE,
    CLIENT,
    PERSONS,
    PROVIDER,
    Month,
    SampleAdjustment,
    SampleEngagement,
    entry_of,
    terms_named,
)
from handfast.journeys.samples.transitions import light_plan

BEGINS_AT = datetime(2026, 1, 26, 15, tzinfo=UTC)
TODAY = datetime(2026, 4, 16, 13, tzinfo=UTC)
FULL = ("2026-02", "2026-03")
OUTAGE_DAY = date(2026, 3, 10)


def plan() -> DeskPlan:
    """Four early and four late, on one queue."""
    return DeskPlan(
        seed=20260201,
        zone=BELGRADE,
        first=date(2026, 2, 1),
        ends_at=int(TODAY.timestamp()),
        first_number=1001,
        sites=(Site("Novi Sad", (Shift(8, 16, 4), Shift(12, 20, 4)), SERBIA, date(2026, 2, 1)),),
        tickets_a_weekday=58,
        priorities=(8, 180, 552, 260),
        pace=Pace(
            spent=24 * 60, work=(95 * 60, 5 * HOUR, 8 * HOUR, 9 * HOUR), urgent_reply=7 * 60, is_misrouted=30
        ),
        strains={"2026-03": Strain(volume=1060, persons=740, work=1500)},
        outage=Outage(
            second_of(OUTAGE_DAY, 13, BELGRADE, 30),
            second_of(OUTAGE_DAY, 17, BELGRADE, 10),
            26,
            "Sign-on fails with error 503",
        ),
    )


def light() -> SampleEngagement:
    """The engagement with its files and what both sides did; the same on every machine."""
    desk = plan()
    tickets = worked(desk)
    pulls = {month: months.pull_of(month, BELGRADE) for month in FULL} | {"2026-04": desk.ends_at}
    twice = next(one for one in tickets if one.created > second_of(OUTAGE_DAY, 14, BELGRADE))
    proposed = datetime(2026, 3, 24, 9, 12, tzinfo=UTC)
    duplicate = entry_of(
        kind="record excluded", type="duplicate", records=[twice.name],
        reason="The same customer wrote twice about the sign-on.", clause="4.2",
    )  # fmt: skip
    return SampleEngagement(
        name="Support from Novi Sad",
        size="light",
        client=CLIENT,
        provider=PROVIDER,
        sites=("Novi Sad",),
        persons=PERSONS[:2],
        zone=BELGRADE,
        begins_at=BEGINS_AT,
        ends_at=TODAY,
        terms_yaml=terms_named("light"),
        uploads=tuple(monthly(tickets, pulls, BELGRADE)),
        adjustments=(SampleAdjustment("provider", proposed, duplicate, proposed + timedelta(hours=28)),),
        months=(*months.agreed(FULL, BELGRADE), Month("2026-04", TODAY, "in progress")),
        plan=light_plan(BEGINS_AT),
        entries=LIGHT,
        proved=LIGHT_PROVED,
    )
