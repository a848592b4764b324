"""Checks of the months: which lack figures, which lie outside the terms, and where money contradicts itself."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.journeys.health.declared import Finding, Way, check, many, named
from handfast.journeys.health.facts import month_after
from handfast.journeys.stages import day_text
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from handfast.journeys.health.facts import Facts

MOST_SHIFT = timedelta(hours=14)  # no two zones lie further from UTC
WHOLE_MONTH = timedelta(days=20)


@check("Figures", "gap")
def months_without_figures(facts: Facts) -> Iterator[Finding]:
    """Of the last twelve months that the terms cover and that are over, some have no figures at all."""
    known = facts.with_figures
    if missing := [one for one in facts.months_due if one not in known]:
        yield Finding(
            f"{many(len(missing), 'month')} of the last {len(facts.months_due)} without figures: {named(_said(missing))}.",
            Way("Bring in figures", "records:send", (facts.engagement,)),
        )


@check("Figures", "contradiction")
def figures_outside_terms(facts: Facts) -> Iterator[Finding]:
    """Figures came in of months that no terms cover, so nothing judges them."""
    if facts.covers is None:
        return
    first, end = facts.covers
    inside = {f"{first:%Y-%m}", f"{end - timedelta(days=1):%Y-%m}"}
    outside = [
        one
        for one in sorted(facts.with_figures - inside)
        if not f"{first:%Y-%m}" < one < f"{end - timedelta(days=1):%Y-%m}"
    ]
    if outside:
        yield Finding(
            f"{many(len(outside), 'month')} with figures outside the terms, which hold from {day_text(first)} until "
            f"before {day_text(end)}: {named(_said(outside))}.",
            Way("Open the terms", "contract:agreements", (facts.engagement,)),
        )


@check("Figures", "gap")
def months_without_statement(facts: Facts) -> Iterator[Finding]:
    """Months that are over and have records, and no statement was issued."""
    issued = {one.period for one in facts.months if one.is_issued}
    waiting = [one for one in facts.months_due if one in facts.recorded and one not in issued]
    if waiting:
        yield Finding(
            f"{many(len(waiting), 'month')} with records and no issued statement: {named(_said(waiting))}.",
            Way("Open the statements", "operate:statements", (facts.engagement,)),
        )


@check("Figures", "gap")
def level_without_data(facts: Facts) -> Iterator[Finding]:
    """In the last issued month a level has no data: nothing was measured, and nothing was met."""
    issued = [one for one in facts.months if one.is_issued]
    last = max(issued, key=lambda one: one.period, default=None)
    if last is None:
        return
    if silent := [level.name for level in last.levels.values() if level.verdict == "no data"]:
        yield Finding(
            f"{many(len(silent), 'level')} without data in {_word(last.period)}: {named(silent)}.",
            Way("Open the month", "operate:statement", (facts.engagement, last.period)),
        )


@check("Figures", "remark")
def credit_was_cut(facts: Facts) -> Iterator[Finding]:
    """The credits of a month came to more than their cap, and were cut to it."""
    for one in sorted(facts.months, key=lambda one: one.period):
        if one.cut:
            yield Finding(
                f"The credits of {_word(one.period)} exceeded their cap by {one.cut:,.2f} {one.currency} and were cut "
                f"to {one.credit:,.2f}.",
                Way("Open the month", "operate:statement", (facts.engagement, one.period)),
                not one.is_issued,
            )


@check("Figures", "contradiction")
def credit_differs(facts: Facts) -> Iterator[Finding]:
    """The credit that was settled for a month, by a sheet brought in, is not the one that its statement computes."""
    issued = {one.period: one for one in facts.months if one.is_issued}
    differing = [
        f"{_word(period)} ({credit:,.2f} settled, {month.credit:,.2f} computed, {month.currency})"
        for period, credit in sorted(_credits_told(facts).items())
        if (month := issued.get(period)) and month.credit is not None and month.credit != credit
    ]
    if differing:
        yield Finding(
            f"{many(len(differing), 'month')} settled with another credit than computed: {named(differing)}.",
            Way("Compare them", "operate:reported_months", (facts.engagement,)),
        )


@check("Figures", "contradiction")
def value_differs(facts: Facts) -> Iterator[Finding]:
    """The value that was reported for a level and a month, by a sheet brought in, is not the computed one."""
    issued = [one for one in facts.months if one.is_issued]
    levels = {(one.period, key): level for one in issued for key, level in one.levels.items()}
    pairs = [(one, levels.get((one.period, one.level))) for one in facts.told]
    differing = [
        f"{level.name} in {_word(one.period)} ({one.value:f} reported, {level.value} computed)"
        for one, level in pairs
        if level and level.value and one.value is not None and Decimal(level.value) != one.value
    ]
    if differing:
        yield Finding(
            f"{many(len(differing), 'figure')} reported otherwise than computed: {named(differing)}.",
            Way("Compare them", "operate:reported_months", (facts.engagement,)),
        )


def _credits_told(facts: Facts) -> dict[str, Decimal]:
    """By month the credit that was settled: the one of the whole month where it is told, else the sum of its levels."""
    found: dict[str, Decimal] = {}
    for one in sorted(facts.told, key=lambda one: (one.period, one.level), reverse=True):
        if one.credit is not None:
            found[one.period] = one.credit + (found.get(one.period, Decimal(0)) if one.level else 0)
    return found


@check("Figures", "contradiction")
def stamps_in_the_future(facts: Facts) -> Iterator[Finding]:
    """A file tells of events that lie more than a day after it came in."""
    for source in facts.sources:
        for one in source.batches:
            if one.last_at and one.last_at > one.received_at + timedelta(days=1):
                yield Finding(
                    f"File {one.number} of {source.name} tells of {day_text(one.last_at)}, but came in on "
                    f"{day_text(one.received_at)}: its dates may be read the wrong way round.",
                    Way("Open the mapping", "records:mapping", (facts.engagement, source.id)),
                )


@check("Figures", "remark")
def zone_looks_shifted(facts: Facts) -> Iterator[Finding]:
    """A file of one month runs over its border by hours, on one side only: its zone may be read wrong."""
    for source in facts.sources:
        for one in source.batches:
            if one.first_at and one.last_at and (shift := _shift(facts, one.first_at, one.last_at)):
                hours = shift // timedelta(hours=1) or 1
                yield Finding(
                    f"File {one.number} of {source.name} is of one month and runs up to {many(hours, 'hour')} over its "
                    f"border in {facts.zone}: look whether its zone is read right.",
                    Way("Open the mapping", "records:mapping", (facts.engagement, source.id)),
                )


def _shift(facts: Facts, first_at: datetime, last_at: datetime) -> timedelta | None:
    """By how much a month's file lies over one border of the month of its middle and short of the other."""
    if last_at - first_at < WHOLE_MONTH:
        return None
    zone = zone_named(facts.zone)
    first, last = (one.astimezone(zone).replace(tzinfo=None) for one in (first_at, last_at))
    middle = (first + (last - first) / 2).date()
    starts = first.replace(
        year=middle.year, month=middle.month, day=1, hour=0, minute=0, second=0, microsecond=0
    )
    after = month_after(middle)
    ends = starts.replace(year=after.year, month=after.month)
    early, late = starts - first, last - ends
    over = [one for one in (early, late) if timedelta(0) < one <= MOST_SHIFT]
    return over[0] if len(over) == 1 and max(early, late) == over[0] else None


def _said(months: Iterable[str]) -> list[str]:
    return [_word(one) for one in months]


def _word(month: str) -> str:
    """`Mar 2026`."""
    return f"{date(int(month[:4]), int(month[5:]), 1):%b %Y}"
