"""Checks of the terms: whether they are there, agree with the deal, and are fed by what they name."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from handfast.journeys.health.declared import Finding, Way, check, many, named
from handfast.journeys.stages import day_text
from handfast.kernel.servicelevels.measure_terms import Reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.journeys.health.facts import AgreementSeen, Facts
    from handfast.kernel.worktime.written import WrittenCalendar

WHOLE_WEEK = 7
WHOLE_DAY_MIN = 24 * 60


@check("Terms", "gap")
def terms_missing(facts: Facts) -> Iterator[Finding]:
    """No terms are in force, of the deal or of one of its agreements."""
    if not facts.agreements:
        yield Finding(
            "There are no terms: nothing says what is measured and what is promised.",
            Way("Write the terms", "contract:agreements", (facts.engagement,)),
        )
    for one in facts.agreements:
        if one.terms is None:
            yield Finding(f"No terms of {one.title} are in force.", _open(facts, one))


@check("Terms", "remark")
def terms_of_one_side(facts: Facts) -> Iterator[Finding]:
    """Terms that one side put in force alone, although the other side is here by now."""
    is_alone = any(one.organisation is None for one in facts.sides)
    for one in facts.agreements:
        if one.terms is not None and not one.is_countersigned and not is_alone:
            yield Finding(
                f"Version {one.number} of the terms of {one.title} is in force by one side's word: the other side is "
                "here and has not countersigned.",
                _open(facts, one),
            )


@check("Terms", "contradiction")
def terms_overlap(facts: Facts) -> Iterator[Finding]:
    """Terms of two agreements speak of the same days."""
    for one, other in combinations([each for each in facts.agreements if each.covers], 2):
        (first, end), (begins, ends) = one.covers or (facts.today,) * 2, other.covers or (facts.today,) * 2
        if max(first, begins) < min(end, ends):
            yield Finding(
                f"The terms of {one.title} and of {other.title} both hold from {day_text(max(first, begins))} until "
                f"before {day_text(min(end, ends))}; months are counted by the first.",
                Way("Open the agreements", "contract:agreements", (facts.engagement,)),
            )


@check("Terms", "contradiction")
def terms_and_contract_end(facts: Facts) -> Iterator[Finding]:
    """The terms end long before the contract does, or run on after it."""
    for one in facts.agreements:
        if one.covers is None or facts.ends_on is None:
            continue
        _, end = one.covers
        days = (end - facts.ends_on).days - 1
        if days:
            said = f"{many(abs(days), 'day')} {'after' if days > 0 else 'before'}"
            yield Finding(
                f"The terms of {one.title} end {said} the contract: before {day_text(end)}, the contract on "
                f"{day_text(facts.ends_on)}.",
                _open(facts, one),
            )


@check("Terms", "contradiction")
def currency_differs(facts: Facts) -> Iterator[Finding]:
    """Deal, agreement and the regime of its terms name different currencies."""
    for one in facts.agreements:
        regime = one.terms.versions[-1].terms.regime if one.terms else None
        said = {"the deal": facts.currency, "the agreement": one.currency}
        said |= {"its terms": regime.currency} if regime else {}
        if len(set(said.values())) > 1:
            told = ", ".join(f"{who} {currency}" for who, currency in said.items())
            yield Finding(f"{one.title} is kept in more than one currency: {told}.", _open(facts, one))


@check("Terms", "contradiction")
def zone_differs(facts: Facts) -> Iterator[Finding]:
    """The terms count months in another time zone than the deal."""
    for one in facts.agreements:
        if one.terms and one.terms.first.zone != facts.zone:
            yield Finding(
                f"The terms of {one.title} begin their months in {one.terms.first.zone}, the deal in {facts.zone}.",
                Way("Open the settings", "engagement:settings", (facts.engagement,)),
            )


@check("Terms", "contradiction")
def parties_differ(facts: Facts) -> Iterator[Finding]:
    """The terms call a party by another name than the deal."""
    names = {one.side: one.name for one in facts.sides}
    for one in facts.agreements:
        written = one.terms.versions[-1].terms.parties if one.terms else {}
        for side, name in written.items():
            if name.strip().casefold() != names.get(side, name).strip().casefold():
                yield Finding(
                    f"The terms of {one.title} call the {side} {name}, the deal calls it {names[side]}.",
                    _open(facts, one),
                )


@check("Terms", "gap")
def source_missing(facts: Facts) -> Iterator[Finding]:
    """The terms count by a source that nobody has added, so that its levels have no data."""
    known = {one.key for one in facts.sources}
    for one in facts.agreements:
        lacking = (
            [key for key in one.terms.versions[-1].terms.sources if key not in known] if one.terms else []
        )
        if lacking:
            yield Finding(
                f"The terms of {one.title} count by {many(len(lacking), 'source')} that nobody has added: "
                f"{named(lacking)}.",
                Way("Add a source", "records:source_new", (facts.engagement,)),
            )


@check("Terms", "gap")
def source_empty(facts: Facts) -> Iterator[Finding]:
    """A source has been added, and no file of it has come in."""
    if empty := [one.name for one in facts.sources if not one.batches]:
        yield Finding(
            f"{many(len(empty), 'source')} without a file: {named(empty)}.",
            Way("Import a file", "records:send", (facts.engagement,)),
        )


@check("Terms", "gap")
def source_unused(facts: Facts) -> Iterator[Finding]:
    """A source is imported that no terms count by."""
    used = {
        key for one in facts.agreements if one.terms for v in one.terms.versions for key in v.terms.sources
    }
    lost = [one.name for one in facts.sources if one.batches and one.key not in used]
    if lost and used:
        yield Finding(
            f"{many(len(lost), 'source')} imported that no terms count by: {named(lost)}.",
            Way("Open the terms", "contract:agreements", (facts.engagement,)),
        )


@check("Terms", "gap")
def target_unmeasured(facts: Facts) -> Iterator[Finding]:
    """A level whose value one side reports, and nobody has reported it for any of the months that are over."""
    for one in facts.agreements:
        if one.terms is None or not facts.months_due:
            continue
        last = one.terms.versions[-1].terms
        told = {measure for measure, period in facts.reported if period in facts.months_due}
        for key, level in last.levels.items():
            measure = last.measure_of(key)
            if isinstance(measure, Reported) and level.measure not in told:
                yield Finding(
                    f"{level.name} is promised and the {measure.reported_by} reports it, but of the last "
                    f"{many(len(facts.months_due), 'month')} no value is there.",
                    Way("Report a value", "operate:reported", (facts.engagement,)),
                )


@check("Terms", "gap")
def measure_without_level(facts: Facts) -> Iterator[Finding]:
    """The terms define a measure that no level promises anything about."""
    for one in facts.agreements:
        if one.terms is None:
            continue
        last = one.terms.versions[-1].terms
        promised = {level.measure for level in last.levels.values()}
        if idle := [measure.name or key for key, measure in last.measures.items() if key not in promised]:
            yield Finding(
                f"{many(len(idle), 'measure')} of the terms of {one.title} without a target: {named(idle)}.",
                _open(facts, one),
            )


@check("Terms", "gap")
def holidays_missing(facts: Facts) -> Iterator[Finding]:
    """A calendar that closes at times has neither a country's holidays nor days of its own for this year."""
    for one in facts.agreements:
        calendars = one.terms.versions[-1].terms.calendars if one.terms else {}
        for key, calendar in calendars.items():
            if not _has_holidays(calendar, facts.today.year) and not _is_always_open(calendar):
                yield Finding(
                    f"The calendar {key} of {one.title} knows no holidays of {facts.today.year}: its clock runs on them.",
                    _open(facts, one),
                )


def _has_holidays(calendar: WrittenCalendar, year: int) -> bool:
    written = calendar.holidays
    return written.country is not None or any(day.year == year for day in (*written.add, *written.half))


def _is_always_open(calendar: WrittenCalendar) -> bool:
    return all(
        sum(window.closes_min - window.opens_min for window in day) >= WHOLE_DAY_MIN
        for day in calendar.week()
    )


def _open(facts: Facts, agreement: AgreementSeen) -> Way:
    return Way("Open the terms", "contract:terms", (facts.engagement, agreement.id))
