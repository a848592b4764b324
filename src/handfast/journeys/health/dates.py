"""Checks of the deal's own days: signed, notice, end, and what lies beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.journeys.health.declared import LARGER, Finding, Way, check, many, named
from handfast.journeys.stages import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from handfast.journeys.health.facts import DaySeen, Facts

NOTICE_DAYS = 60


@check("Dates", "contradiction")
def contract_ended(facts: Facts) -> Iterator[Finding]:
    """The contract's last day is over, and the deal is still kept here."""
    if facts.ends_on and facts.ends_on < facts.today:
        days = (facts.today - facts.ends_on).days
        yield Finding(
            f"The contract ended on {day_text(facts.ends_on)}, {many(days, 'day')} ago.", _days(facts)
        )


@check("Dates", "contradiction")
def notice_passed(facts: Facts) -> Iterator[Finding]:
    """The last day to give notice is over while the contract still runs."""
    if facts.notice_on and facts.notice_on < facts.today and not _is_over(facts):
        yield Finding(
            f"The last day to give notice, {day_text(facts.notice_on)}, has passed; the contract runs on.",
            _days(facts),
        )


@check("Dates", "remark")
def notice_near(facts: Facts) -> Iterator[Finding]:
    """The last day to give notice is within 60 days."""
    if facts.notice_on and 0 <= (left := (facts.notice_on - facts.today).days) <= NOTICE_DAYS:
        when = f"in {many(left, 'day')}" if left else "today"
        yield Finding(f"Notice must be given by {day_text(facts.notice_on)}, {when}.", _days(facts))


@check("Dates", "gap")
def end_unknown(facts: Facts) -> Iterator[Finding]:
    """No last day of the contract is written down."""
    if facts.ends_on is None and not (facts.contract and facts.contract.is_open):
        yield Finding("Nobody wrote down when the contract ends.", _days(facts))


@check("Dates", "gap", sizes=LARGER)
def notice_unknown(facts: Facts) -> Iterator[Finding]:
    """The contract has an end and no last day to give notice."""
    if (
        facts.ends_on
        and facts.notice_on is None
        and not (facts.contract and facts.contract.is_without_notice)
    ):
        yield Finding(
            f"The contract ends on {day_text(facts.ends_on)}, and no last day to give notice is written down.",
            _days(facts),
        )


@check("Dates", "gap", sizes=LARGER)
def start_unknown(facts: Facts) -> Iterator[Finding]:
    """Neither the day of signature nor the day of going live is written down."""
    if facts.starts_on is None:
        yield Finding("Neither the day of signature nor the day of going live is written down.", _days(facts))


@check("Dates", "gap", sizes=LARGER)
def contract_unwritten(facts: Facts) -> Iterator[Finding]:
    """No summary of the contract is written down: its term, notice, value, law and contacts."""
    if facts.contract is None:
        yield Finding("Nobody wrote down what must be known of the contract.", _summary(facts))


@check("Dates", "gap", sizes=LARGER)
def contract_lacks(facts: Facts) -> Iterator[Finding]:
    """The contract's summary leaves out its value, the governing law, or a contact."""
    if facts.contract and facts.contract.lacks:
        yield Finding(f"The contract's summary leaves out {named(facts.contract.lacks)}.", _summary(facts))


@check("Dates", "contradiction")
def contract_days_differ(facts: Facts) -> Iterator[Finding]:
    """The deal's own days differ from those of the contract's newest summary."""
    one = facts.contract
    if one is None:
        return
    pairs = (("notice", facts.notice_on, one.notice_on), ("end", facts.ends_on, one.ends_on))
    differing = [
        f"the {name} is {_said_day(here)} in the settings and {_said_day(there)} in version {one.number}"
        for name, here, there in pairs
        if here != there
    ]
    if differing:
        yield Finding(f"The contract's days differ: {'; '.join(differing)}.", _summary(facts))


@check("Dates", "contradiction")
def milestones_after_end(facts: Facts) -> Iterator[Finding]:
    """Agreed milestones are due after the contract's last day."""
    if facts.ends_on and (late := _after(facts.milestones, facts.ends_on)):
        yield Finding(
            f"{many(len(late), 'agreed milestone')} after the end of the contract on {day_text(facts.ends_on)}: "
            f"{named(_said(late))}.",
            Way("Open the milestones", "contract:milestones", (facts.engagement,)),
        )


@check("Dates", "contradiction")
def plan_after_end(facts: Facts) -> Iterator[Finding]:
    """Milestones and gates of the plan end after the contract's last day."""
    for is_internal in (False, True):
        rows = [one for one in facts.activities if one.is_internal == is_internal]
        if facts.ends_on and (late := _after(rows, facts.ends_on)):
            yield Finding(
                f"{many(len(late), 'milestone of the plan', 'milestones of the plan')} after the end of the contract "
                f"on {day_text(facts.ends_on)}: {named(_said(late))}.",
                Way("Open the plan", "transition:plan", (facts.engagement,)),
                is_internal,
            )


def _after(days: Sequence[DaySeen], end: date) -> list[DaySeen]:
    return [one for one in days if one.on > end]


def _said(days: Sequence[DaySeen]) -> list[str]:
    return [f"{one.name} on {day_text(one.on)}" for one in days]


def _is_over(facts: Facts) -> bool:
    return facts.ends_on is not None and facts.ends_on < facts.today


def _said_day(day: date | None) -> str:
    return "open" if day is None else day_text(day)


def _summary(facts: Facts) -> Way:
    return Way("Open the contract summary", "contract:summary", (facts.engagement,))


def _days(facts: Facts) -> Way:
    return Way("Open the settings", "engagement:settings", (facts.engagement,))
