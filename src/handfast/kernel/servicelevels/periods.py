"""Months in the agreement's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handfast.kernel.quantity import Span
from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.terms import midnight

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.terms import Terms

MONTHS = 12
_LENGTH = 7


class NoSuchPeriod(Refusal):
    """A period that is no month, or one in which the terms are not in force."""

    code = "no-such-period"


@dataclass(frozen=True, slots=True)
class Period:
    """A month by name, as 2012-04, with its half-open span of instants."""

    name: str
    span: Span


def days_of(name: str) -> tuple[date, date]:
    """The first day of the month `2012-04`, and the first day after it. Raises NoSuchPeriod."""
    if len(name) != _LENGTH or name[4] != "-" or not (name[:4] + name[5:]).isdecimal() or not name.isascii():
        raise NoSuchPeriod(f"the period {name!r}: write a month as 2012-04")
    year, month = int(name[:4]), int(name[5:])
    if not (1 <= month <= MONTHS and 1 <= year <= 9998):  # noqa: PLR2004 - what a date can hold
        raise NoSuchPeriod(f"the period {name!r}: there is no such month")
    return date(year, month, 1), date(year + month // MONTHS, month % MONTHS + 1, 1)


def month_of(terms: Terms, name: str) -> Period:
    """The month `2012-04` in the agreement's zone; the terms must be in force from its first instant."""
    first, after = days_of(name)
    zone = terms.first.zone
    span = Span(midnight(first, zone), midnight(after, zone))
    if not _is_inside(terms, span):
        effective = terms.first.effective
        raise NoSuchPeriod(
            f"the period {name}: the terms are in force from {effective.first} to {effective.end} (not included); "
            "a statement needs the whole month"
        )
    return Period(name, span)


def before(terms: Terms, period: Period) -> Period | None:
    """The month before, or None where the terms were not yet in force for the whole of it."""
    year, month = int(period.name[:4]), int(period.name[5:])
    name = f"{year - (month == 1):04d}-{(month - 2) % MONTHS + 1:02d}"
    try:
        return month_of(terms, name)
    except NoSuchPeriod:
        return None


def last_months(terms: Terms, period: Period, count: int) -> list[Period]:
    """The period and up to `count - 1` months before it, the latest first."""
    months = [period]
    while len(months) < count and (earlier := before(terms, months[-1])) is not None:
        months.append(earlier)
    return months


def pieces(terms: Terms, span: Span) -> list[tuple[int, Span]]:
    """The parts of a span by the version of the terms in force: (number of the version, span)."""
    parts = []
    for number, version in enumerate(terms.versions):
        starts = max(span.starts_us, version.in_force.starts_us)
        ends = min(span.ends_us, version.in_force.ends_us)
        if starts < ends:
            parts.append((number, Span(starts, ends)))
    return parts


def _is_inside(terms: Terms, span: Span) -> bool:
    first, last = terms.versions[0].in_force, terms.versions[-1].in_force
    return first.starts_us <= span.starts_us and span.ends_us <= last.ends_us
