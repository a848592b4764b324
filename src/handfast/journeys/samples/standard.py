"""The standard sample: customer support from Novi Sad and Kraków, six levels, a pool of credits, fourteen months."""

from __future__ import annotations

from datetime import UTC, date, datetime

from handfast.journeys.samples import months, rulings
from handfast.journeys.samples.asked import STANDARD as STANDARD_SURVEYS
from handfast.journeys.samples.desk import worked
from handfast.journeys.samples.entries import STANDARD, STANDARD_VIEWS
from handfast.journeys.samples.exports import Upload, csv_of, monthly, months_of
from handfast.journeys.samples.gates import STANDARD as STANDARD_GATES
from handfast.journeys.samples.hours import HOUR, second_of
from handfast.journeys.samples.learned import STANDARD as STANDARD_LEARNED
from handfast.journeys.samples.owed import STANDARD as STANDARD_OWED
from handfast.journeys.samples.plan import DeskPlan, Outage, Pace, Shift, Site, Strain
from handfast.journeys.samples.proved import RELIEFS
from handfast.journeys.samples.proved import STANDARD as STANDARD_PROVED
from handfast.journeys.samples.public_days import POLAND, SERBIA
from handfast.journeys.samples.sample import (
    BELGRADE,
    CLIENT,
    PERSONS,
    PROVIDER,
    Month,
    SampleEngagement,
    terms_named,
)
from handfast.journeys.samples.transitions import standard_plan
from handfast.journeys.samples.written import STANDARD_DOCUMENTS

FIRST, KRAKOW_JOINS = date(2025, 3, 1), date(2026, 1, 1)
BEGINS_AT = datetime(2025, 2, 21, 15, tzinfo=UTC)
TODAY = datetime(2026, 4, 16, 13, tzinfo=UTC)
OUTAGE_DAY = date(2026, 3, 10)
OUTAGE = Outage(
    second_of(OUTAGE_DAY, 13, BELGRADE, 30),
    second_of(OUTAGE_DAY, 17, BELGRADE, 10),
    90,
    "Sign-on fails with error 503",
)
LATE_AT = datetime(2026, 4, 10, 7, 45, tzinfo=UTC)
DISPUTE = Month(
    "2026-03",
    as_of=months.as_of("2026-03", BELGRADE),
    story="disputed and revised",
    issued_at=datetime(2026, 4, 3, 9, 16, tzinfo=UTC),
    answered_at=datetime(2026, 4, 8, 14, 5, tzinfo=UTC),
    reason="Pauses without a mail are not pauses.",
    disputed_level="resolution_p1",
    revised_as_of=datetime(2026, 4, 14, 7, 30, tzinfo=UTC),
    revised_at=datetime(2026, 4, 14, 8, 2, tzinfo=UTC),
)


def plan() -> DeskPlan:
    """Two shifts at each site; Kraków has worked on the same queue since January, before it takes its own wave."""
    return DeskPlan(
        seed=20250301,
        zone=BELGRADE,
        first=FIRST,
        ends_at=int(TODAY.timestamp()),
        first_number=1001,
        sites=(
            Site("Novi Sad", (Shift(8, 16, 7), Shift(12, 20, 9)), SERBIA, FIRST, KRAKOW_JOINS),
            Site("Novi Sad", (Shift(8, 16, 5), Shift(12, 20, 6)), SERBIA, KRAKOW_JOINS),
            Site("Kraków", (Shift(8, 16, 3), Shift(12, 20, 4)), POLAND, KRAKOW_JOINS),
        ),
        tickets_a_weekday=168,
        priorities=(33, 205, 512, 250),
        pace=Pace(spent=22 * 60, work=(90 * 60, 13_500, 8 * HOUR, 9 * HOUR), urgent_reply=112),
        strains={
            "2025-04": Strain(persons=970, work=1060),
            "2025-07": Strain(volume=940, persons=900),
            "2025-08": Strain(volume=920, persons=880),
            "2025-11": Strain(volume=1060, work=1040),
            "2025-12": Strain(volume=940, work=1180),
            "2026-03": Strain(persons=675, work=1620, urgent_work=1580),
            "2026-04": Strain(persons=840, work=1680, urgent_work=1050),
        },
        outage=OUTAGE,
    )


def standard() -> SampleEngagement:
    """The engagement with its files and what both sides did; the same on every machine."""
    desk = plan()
    tickets = worked(desk)
    paused = rulings.pause_without_mail(tickets)
    rulings.stop_work_during(OUTAGE, tickets, desk.hours())
    touched = rulings.touched_by(OUTAGE, tickets, desk.hours())
    full = months_of(FIRST, date(2026, 2, 1))
    pulls = {month: months.pull_of(month, BELGRADE) for month in (*full, DISPUTE.period)}
    late_at = int(LATE_AT.timestamp())
    still_open, left_out = rulings.closed_after_march(tickets, pulls[DISPUTE.period], late_at)
    withheld = {ticket.number for ticket in left_out}
    uploads = monthly(tickets, pulls | {"2026-04": desk.ends_at}, BELGRADE, withheld)
    late = sorted(still_open + left_out, key=lambda ticket: ticket.number)
    uploads.append(Upload("tickets", "helpdesk-2026-03-late.csv", csv_of(late, late_at), LATE_AT))
    return SampleEngagement(
        name="Customer Support",
        size="standard",
        client=CLIENT,
        provider=PROVIDER,
        sites=("Novi Sad", "Kraków"),
        persons=PERSONS,
        zone=BELGRADE,
        begins_at=BEGINS_AT,
        ends_at=TODAY,
        terms_yaml=terms_named("standard"),
        uploads=tuple(sorted(uploads, key=lambda upload: upload.received_at)),
        adjustments=rulings.agreed_about(tickets, paused, OUTAGE, touched),
        months=(
            *months.agreed(full, BELGRADE),
            DISPUTE,
            Month("2026-04", TODAY, "in progress"),
        ),
        plan=standard_plan(BEGINS_AT),
        entries=STANDARD,
        proved=STANDARD_PROVED,
        reliefs=RELIEFS,
        learning=STANDARD_LEARNED,
        owed=STANDARD_OWED,
        gates=STANDARD_GATES,
        surveys=STANDARD_SURVEYS,
        views=STANDARD_VIEWS,
        documents=STANDARD_DOCUMENTS,
    )
