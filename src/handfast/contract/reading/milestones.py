"""What an agreed milestone may say: its name, its day, what is paid on it, and which step's it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.contract.refusals import MilestoneRefused
from handfast.foundation.texts import line_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.foundation.refusals import FieldsRefused

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
LONGEST_NAME, LONGEST_CLAUSE = 200, 120
DIGITS = 2
# ISO 4217: these are paid in whole units. Those with thousandths are written with two digits too.
WITHOUT_CENTS = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
        "XOF", "XPF",
    }
)  # fmt: skip
MOST = Decimal(10) ** 13
AMOUNT = re.compile(r"\d{1,13}(\.\d{1,4})?")
# The fifteen steps of a transition, by the keys of the plan's templates.
STEPS = {
    "launch": "PMO launch and preparation",
    "workshop": "Planning workshop",
    "change": "Change management",
    "discovery": "Due diligence of in-scope activities",
    "design": "Solution detail and validation",
    "client_org": "Client organisation and procedures",
    "hiring": "Hiring",
    "infrastructure": "Infrastructure set-up",
    "knowledge": "Knowledge transfer",
    "governance": "Governance set-up",
    "client_training": "Client organisation training",
    "rehearsal": "Service rehearsals",
    "realignment": "Organisation realignment",
    "go_live": "Go-live and ramp-up",
    "stabilisation": "Stabilisation",
}


@dataclass(frozen=True, slots=True)
class MilestoneSaid:
    """What is proposed. `payment` is an amount of the engagement's currency, None where nothing is paid on it."""

    name: str
    due_on: date
    payment: Decimal | None = None
    clause: str = ""
    step_key: str = ""


def payment_of(text: str) -> Decimal | None:
    """What somebody wrote as a payment: `120000` or `120000.00`; None of nothing. Raises MilestoneRefused."""
    return amount_of(text, "payment", MilestoneRefused)


def amount_of(text: str, field: str, refusal: type[FieldsRefused]) -> Decimal | None:
    """What somebody wrote as an amount into a field; None of nothing. Raises the refusal that is given."""
    written = text.strip()
    if not written:
        return None
    if not written.isascii() or not AMOUNT.fullmatch(written):
        said = "write a plain amount, as in 120000 or 120000.50"
        raise refusal(f"{field}: {said}", [(field, said)])
    return Decimal(written)


def checked_milestone(said: MilestoneSaid, currency: str) -> MilestoneSaid:
    """The same without blanks around its texts. Raises MilestoneRefused with every field at fault."""
    if faults := list(_faults(said, currency)):
        raise MilestoneRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    return MilestoneSaid(said.name.strip(), said.due_on, said.payment, said.clause.strip(), said.step_key)


def amount_text(amount: Decimal, currency: str) -> str:
    """`120,000.00 EUR`, `5,000,000 JPY`."""
    return f"{amount:,.{_digits(currency)}f} {currency}"


def _digits(currency: str) -> int:
    return 0 if currency in WITHOUT_CENTS else DIGITS


def _faults(said: MilestoneSaid, currency: str) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.name, most=LONGEST_NAME):
        yield "name", fault
    if not FIRST <= said.due_on < LAST:
        yield "due_on", f"write a day from {FIRST} to the year {LAST.year - 1}"
    if said.payment is not None and (fault := payment_fault(said.payment, currency)):
        yield "payment", fault
    if said.clause.strip() and (fault := line_fault(said.clause, most=LONGEST_CLAUSE)):
        yield "clause", fault
    if said.step_key and said.step_key not in STEPS:
        yield "step_key", f"choose one of the {len(STEPS)} steps of a transition, or none"


def payment_fault(amount: Decimal, currency: str) -> str:
    if not amount.is_finite() or not 0 < amount < MOST:
        return "write an amount above nothing and below ten trillion; leave it empty where nothing is paid"
    digits = _digits(currency)
    if amount != round(amount, digits):
        return (
            f"{currency} is paid in whole units" if not digits else f"at most {digits} digits after the point"
        )
    return ""
