"""Criteria in words: what they need, what was measured, how old that is, and how they stand as glyph and word."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.readiness.models import Criterion, CriterionStanding, Gate
from handfast.readiness.queries.judging import decimal_of

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

Standing, Unit = CriterionStanding.Standing, Criterion.Unit
CHIPS = {
    Standing.MET: ("met", "Met"),
    Standing.AT_RISK: ("risk", "At risk"),
    Standing.NOT_MET: ("missed", "Not met"),
    Standing.WAIVED: ("waived", "Waived"),
    Standing.STALE: ("stale", "Stale"),
    Standing.OPEN: ("open", "Open"),
    Standing.NO_DATA: ("no-data", "No data"),
}
TONES = {Standing.WAIVED: "risk", Standing.STALE: "risk"}
GATES = {
    Gate.State.OPEN: ("gate", "Open"),
    Gate.State.SIGNING: ("running", "Being signed"),
    Gate.State.GO: ("passed", "Go"),
    Gate.State.CONDITIONAL: ("passed", "Go with conditions"),
    Gate.State.NO_GO: ("missed", "No-go"),
}
SIGNS = {Criterion.Compare.AT_LEAST: "≥ ", Criterion.Compare.AT_MOST: "≤ ", Criterion.Compare.EXACTLY: ""}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HUNDRED = 100


def needs_words(one: Criterion) -> str:
    """`≥ 95 %`, `0`, `yes`."""
    if one.unit == Unit.YES:
        return "yes" if one.needs else "no"
    return f"{SIGNS[Criterion.Compare(one.compare)]}{figure_words(one.needs, one.unit)}"


def now_words(measured: Fraction | None, one: Criterion, said: str) -> str:
    """`86.4 %`, `2`, `yes`; where nothing was measured what is missing."""
    if measured is None:
        return "no data" if not one.is_attested else "not yet"
    if one.unit == Unit.YES:
        return said if one.is_attested else ("yes" if measured else "no")
    return figure_words(decimal_of(measured), one.unit)


def figure_words(value: Decimal, unit: str) -> str:
    """A figure without digits that say nothing: `95 %`, `86.4 %`, `3`, `1.2`. A share is cut, not rounded: 99.99 % is not 100 %."""
    if unit != Unit.SHARE:
        return _plain(value)
    cut = (value * HUNDRED).quantize(Decimal("0.1"), rounding="ROUND_DOWN")
    return f"{_plain(cut)} %"


def age_words(as_of_at: datetime | None, at: datetime) -> str:
    """`35 min`, `2 h`, `9 d`; empty of what is as old as the question."""
    if as_of_at is None:
        return ""
    age = max(at - as_of_at, timedelta())
    if age < HOUR:
        return f"{age // timedelta(minutes=1)} min"
    return f"{age // HOUR} h" if age < DAY else f"{age // DAY} d"


def _plain(value: Decimal) -> str:
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
