"""What a contract's summary may say, and the last day of notice that follows from it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.contract.reading.milestones import FIRST, LAST, payment_fault
from handfast.contract.refusals import SummaryRefused
from handfast.foundation.texts import line_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

RENEWALS = ("none", "automatic", "option")
LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_LAW, LONGEST_CONTACT, LONGEST_CHANGES = 200, 120, 120, 200, 500
LINES = {
    "reference": LONGEST_REFERENCE,
    "governing_law": LONGEST_LAW,
    "client_contact": LONGEST_CONTACT,
    "provider_contact": LONGEST_CONTACT,
    "changes": LONGEST_CHANGES,
}
MOST_MONTHS = 120
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SummarySaid:
    """What is written down of a contract. Months are whole ones of the calendar; `yearly_value` is an amount."""

    title: str
    effective_on: date
    starts_on: date
    ends_on: date | None = None
    signed_on: date | None = None
    renewal: str = "none"
    renewal_months: int | None = None
    notice_months: int | None = None
    reference: str = ""
    governing_law: str = ""
    yearly_value: Decimal | None = None
    client_contact: str = ""
    provider_contact: str = ""
    changes: str = ""

    @property
    def notice_on(self) -> date | None:
        """The last day on which notice, or the wish to renew, counts; None where no end asks for it."""
        if self.ends_on is None or self.notice_months is None or self.renewal == "none":
            return None
        return last_day_of_notice(self.ends_on, self.notice_months)


def last_day_of_notice(ends_on: date, months: int) -> date:
    """The day before the last `months` months of a term begin: 30 June for six months and an end on 31 December.

    The months are counted back from the first day after the term; where that month is too short, from its last day.
    """
    return _moved(ends_on, -months)


def end_of_renewal(ends_on: date, months: int) -> date:
    """The last day of the term that follows: 31 December of the next year for twelve months after a 31 December."""
    return _moved(ends_on, months)


def _moved(ends_on: date, months: int) -> date:
    after = ends_on + A_DAY
    index = after.year * 12 + after.month - 1 + months
    year, month = divmod(index, 12)
    day = min(after.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - A_DAY


def checked_summary(said: SummarySaid, currency: str) -> SummarySaid:
    """The same without blanks around its texts. Raises SummaryRefused with every field at fault."""
    if faults := list(_faults(said, currency)):
        raise SummaryRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    return replace(said, title=said.title.strip(), **{name: getattr(said, name).strip() for name in LINES})


def _faults(said: SummarySaid, currency: str) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.title, most=LONGEST_TITLE):
        yield "title", fault
    for name, most in LINES.items():
        if getattr(said, name).strip() and (fault := line_fault(getattr(said, name), most=most)):
            yield name, fault
    if said.yearly_value is not None and (fault := payment_fault(said.yearly_value, currency)):
        yield "yearly_value", fault
    faults = list(_of_days(said))
    yield from faults
    yield from _of_renewal(said, are_days_known=not faults)


def _of_days(said: SummarySaid) -> Iterator[tuple[str, str]]:
    for name in ("signed_on", "effective_on", "starts_on", "ends_on"):
        day = getattr(said, name)
        if day is not None and not FIRST <= day < LAST:
            yield name, f"write a day from {FIRST} to the year {LAST.year - 1}"
    if said.ends_on is not None and said.ends_on < said.starts_on:
        yield "ends_on", f"the term ends on {said.ends_on}, before it starts on {said.starts_on}"
    if said.ends_on is not None and said.ends_on < said.effective_on:
        yield "effective_on", f"this counts from {said.effective_on}, after the end on {said.ends_on}"


def _of_renewal(said: SummarySaid, *, are_days_known: bool) -> Iterator[tuple[str, str]]:
    """The day of notice is reckoned only from days that can be: the last of all has no day after it."""
    if said.renewal not in RENEWALS:
        yield "renewal", f"choose one of {', '.join(RENEWALS)}"
        return
    for name, least in (("renewal_months", 1), ("notice_months", 0)):
        months = getattr(said, name)
        if months is not None and not least <= months <= MOST_MONTHS:
            yield name, f"write {least} to {MOST_MONTHS} months"
            return
    if said.renewal == "none":
        if said.renewal_months is not None:
            yield "renewal_months", "leave it empty where nothing is renewed"
        return
    if said.ends_on is None:
        yield "ends_on", "write the end of the term: only what ends is renewed"
    if said.renewal_months is None:
        yield "renewal_months", "write for how many months it is renewed"
    if are_days_known and said.notice_on is not None and said.notice_on < said.starts_on:
        yield (
            "notice_months",
            f"notice would be due on {said.notice_on}, before the term starts on {said.starts_on}",
        )
