"""What a sample tells besides its figures: days, money, and the text of each source's mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handfast.contract.reading.summaries import SummarySaid

CLIENT_ZONE = "America/Toronto"


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a sample's life, its currency, and the zone in which its client works."""

    signed_on: date
    live_on: date
    notice_on: date
    ends_on: date
    currency: str = "CAD"
    client_zone: str = CLIENT_ZONE


# The contracts as they were written down: the light one for a year, the larger for two, extended by one.
CONTRACTS = {
    "light": (
        SummarySaid(
            title="Support services agreement",
            reference="SSA-2025-031",
            signed_on=date(2025, 12, 8),
            effective_on=date(2026, 2, 1),
            starts_on=date(2026, 2, 1),
            ends_on=date(2027, 1, 31),
            renewal="automatic",
            renewal_months=12,
            notice_months=2,
            governing_law="Ontario, Canada",
            yearly_value=Decimal("498000.00"),
            client_contact="Priya Raman, vendor manager",
            provider_contact="Jovana Petrović, delivery manager",
        ),
    ),
    "standard": (
        SummarySaid(
            title="Master services agreement",
            reference="MSA-2024-117",
            signed_on=date(2024, 11, 29),
            effective_on=date(2025, 3, 1),
            starts_on=date(2025, 3, 1),
            ends_on=date(2027, 2, 28),
            renewal="automatic",
            renewal_months=12,
            notice_months=6,
            governing_law="Ontario, Canada",
            yearly_value=Decimal("4800000.00"),
            client_contact="Priya Raman, vendor manager",
            provider_contact="Jovana Petrović, delivery manager",
        ),
        SummarySaid(
            title="Master services agreement",
            reference="MSA-2024-117",
            signed_on=date(2024, 11, 29),
            effective_on=date(2025, 12, 1),
            starts_on=date(2025, 3, 1),
            ends_on=date(2028, 2, 29),
            renewal="automatic",
            renewal_months=12,
            notice_months=6,
            governing_law="Ontario, Canada",
            yearly_value=Decimal("4951200.00"),
            client_contact="Priya Raman, vendor manager",
            provider_contact="Jovana Petrović, delivery manager",
            changes="Extended by a year; the evening hours are added to the charges.",
        ),
    ),
}
LIVES = {
    "light": Life(date(2025, 12, 8), date(2026, 2, 1), date(2026, 11, 30), date(2027, 1, 31)),
    "standard": Life(date(2024, 11, 29), date(2025, 3, 1), date(2027, 8, 31), date(2028, 2, 29)),
}


def mapping_of(terms: str, key: str) -> str:
    """The block of one source as the terms write it, comments and all, under `sources:` of its own."""
    found = re.search(rf"(?m)^sources:[^\n]*\n(?:.*\n)*?(  {key}:[^\n]*\n(?:    .*\n|[ \t]*\n)*)", terms)
    if found is None:
        raise ValueError(f"the terms have no source {key!r}")
    return f"sources:\n{found[1].rstrip()}\n"


def source_keys(terms: str) -> list[str]:
    """The sources that the terms name, in their order."""
    block = re.search(r"(?m)^sources:[^\n]*\n((?:[ \t]+.*\n|[ \t]*\n)+)", terms)
    return re.findall(r"(?m)^  ([a-z][a-z0-9_]*):", block[1]) if block else []
