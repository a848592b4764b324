"""An engagement with a crowded month and long lists, as the samples are written: who, which files, what was said when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handfast.journeys.samples import Month, SampleAdjustment, SampleEngagement, SamplePerson, Upload
from handfast.journeys.samples.sample import BELGRADE, CLIENT, PERSONS, PROVIDER, entry_of, terms_named

HEADER = "ticket,at,status,step,priority,kind,subject,first_contact,rating\n"
QUIET, CROWDED = "2026-02", "2026-03"
BEGINS = datetime(2026, 1, 5, 9, tzinfo=UTC)
FEBRUARY, MARCH = datetime(2026, 2, 2, 6, tzinfo=UTC), datetime(2026, 3, 1, 6, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, 6, tzinfo=UTC)
TICKETS_A_FILE = 20
REGIME = """regime:
  kind: pool
  currency: CAD
  rounding: {digits: 2, mode: half up}
  charges: 412600.00
  at_risk: 10 %
  pool_total: 100 %
  allocation_total: 100 %
  pools: {service: {share: 100 %}}
  credits:
    first_response: {pool: service, allocation: 50 %}
    resolution: {pool: service, allocation: 50 %}
"""


def crowded_engagement(*, records: int, rows: int) -> SampleEngagement:
    """`records` tickets in one month; `rows` imports, adjustments and persons, most imports with a few tickets."""
    few = [_few(number) for number in range(rows - 1)]
    crowd = Upload("tickets", "helpdesk.csv", _tickets("T", MARCH, records, timedelta(days=29)), APRIL)
    return SampleEngagement(
        name="A crowded month", size="standard", client=CLIENT, provider=PROVIDER, sites=("Novi Sad",),
        persons=(*PERSONS[:2], *(_reader(number) for number in range(rows - 2))), zone=BELGRADE, begins_at=BEGINS,
        ends_at=APRIL + timedelta(days=9), terms_yaml=terms_named("light") + REGIME, uploads=(*few, crowd),
        adjustments=tuple(_adjustment(number) for number in range(rows)),
        months=(_agreed(QUIET, MARCH + timedelta(days=1)), _agreed(CROWDED, APRIL + timedelta(days=2))),
    )  # fmt: skip


def _few(number: int) -> Upload:
    """A file of one hour; each fifth brings tickets of the file before again."""
    received = FEBRUARY + timedelta(hours=number % 600, minutes=59)
    name = f"F{number - number % 5 // 4:03d}"
    rows = _tickets(name, received - timedelta(minutes=50), TICKETS_A_FILE, timedelta(minutes=40))
    return Upload("tickets", f"hour-{number:03d}.csv", rows, received)


def _tickets(name: str, first: datetime, count: int, over: timedelta) -> bytes:
    """Tickets spread evenly; every seventh is answered late, every eleventh waits for its customer."""
    lines = [HEADER]
    for number in range(count):
        made = first + over * number / count
        said = f"P{number % 4 + 1},{('question', 'fault')[number % 2]},login"
        ends = [("Created", timedelta()), ("First reply", timedelta(hours=30 if number % 7 == 0 else 1))]
        if number % 11 == 0:
            ends.append(("Waiting for customer", timedelta(hours=31)))
        ends.append(("Resolved", timedelta(hours=20 + number % 50)))
        for step, (status, after) in enumerate(sorted(ends, key=lambda one: one[1]), 1):
            at = f"{made + after:%Y-%m-%dT%H:%M:%SZ}"
            lines.append(
                f"{name}-{number:06d},{at},{status},{step},{said},{'yes' if number % 3 else 'no'},\n"
            )
    return "".join(lines).encode()


def _adjustment(number: int) -> SampleAdjustment:
    """One record that was reported twice; every second one is accepted."""
    at = MARCH + timedelta(days=1, hours=2, minutes=number)
    text = entry_of(
        kind="record excluded", type="duplicate", records=[f"T-{number * 11:06d}"], reason="Reported twice."
    )
    return SampleAdjustment("provider", at, text, at + timedelta(seconds=30) if number % 2 else None)


def _reader(number: int) -> SamplePerson:
    side = "provider" if number % 2 else "client"
    address = f"reader{number:03d}@{'danubecare' if number % 2 else 'lumen'}.example"
    return SamplePerson(f"Reader {number:03d}", address, side, "Reader", ("reader",), BELGRADE)


def _agreed(period: str, as_of: datetime) -> Month:
    return Month(
        period, as_of, "agreed", issued_at=as_of + timedelta(hours=1), answered_at=as_of + timedelta(hours=9)
    )
