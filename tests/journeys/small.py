"""A sample of a few tickets: what a sample is, without a simulated year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.contract.deal import TERMS

from handfast.journeys.samples import Month, SampleEngagement, SamplePerson, Upload

BEGINS = datetime(2026, 1, 5, 9, tzinfo=UTC)
ENDS = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
POOLED = (
    TERMS
    + """regime:
  kind: pool
  currency: CAD
  rounding: {digits: 2, mode: half up}
  charges: 412600.00
  at_risk: 10 %
  pool_total: 100 %
  allocation_total: 100 %
  pools:
    responsiveness: {share: 100 %}
  credits:
    first_response: {pool: responsiveness, allocation: 100 %}
"""
)


def rows_of(period: str, late: int) -> str:
    """Twenty tickets of a month; `late` of them were answered after a day."""
    lines = []
    for number in range(20):
        day = datetime.fromisoformat(f"{period}-02T08:00:00") + timedelta(days=number)
        answer = day + (timedelta(hours=30) if number < late else timedelta(minutes=30))
        ticket = f"T-{period}-{number:03d}"
        lines += [
            f"{ticket},{day:%Y-%m-%dT%H:%M:%S},created",
            f"{ticket},{answer:%Y-%m-%dT%H:%M:%S},first_reply",
        ]
    return "\n".join(lines) + "\n"


def small_sample(name: str = "Customer Support") -> SampleEngagement:
    """Two months agreed, one disputed and revised, one in progress."""
    months = [("2026-01", 1), ("2026-02", 2), ("2026-03", 12), ("2026-04", 1)]
    uploads = tuple(
        Upload(
            "desk",
            f"desk-{period}.csv",
            ("Ticket,At,Event\n" + rows_of(period, late)).encode(),
            received(period),
        )
        for period, late in months
    )
    return SampleEngagement(
        name=name, size="light", client="Lumen", provider="Danube Care", sites=("Novi Sad",),
        persons=(
            SamplePerson("Priya Raman", "priya.raman@lumen.example", "client", "Vendor manager", ("vendor-manager",), "America/Toronto"),
            SamplePerson("Helen Osei", "helen.osei@lumen.example", "client", "Sponsor", ("sponsor",), "America/Toronto"),
            SamplePerson(
                "Jovana Petrović", "jovana.petrovic@danubecare.example", "provider", "Delivery manager", ("delivery-manager",), "Europe/Belgrade"
            ),
        ),
        zone="Europe/Belgrade", terms_yaml=POOLED, uploads=uploads, adjustments=(), months=told(), begins_at=BEGINS,
        ends_at=ENDS,
    )  # fmt: skip


def received(period: str) -> datetime:
    """The second of the month after; of the month that runs, the day before its draft."""
    if period == "2026-04":
        return datetime(2026, 4, 16, 6, tzinfo=UTC)
    return datetime(2026, int(period[5:]) + 1, 2, 6, tzinfo=UTC)


def told() -> tuple[Month, ...]:
    agreed = tuple(
        Month(
            period, received(period) + timedelta(hours=1), "agreed",
            received(period) + timedelta(hours=2), received(period) + timedelta(days=3),
        )
        for period in ("2026-01", "2026-02")
    )  # fmt: skip
    march = Month(
        "2026-03", received("2026-03") + timedelta(hours=1), "disputed and revised",
        received("2026-03") + timedelta(hours=2), received("2026-03") + timedelta(days=3),
        "the outage of sign-on was yours",
    )  # fmt: skip
    april = Month("2026-04", datetime(2026, 4, 16, 8, tzinfo=UTC), "in progress")
    return (*agreed, march, april)
