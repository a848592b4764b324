"""A contract's summary in words: its facts, what happens at its end, and why notice is due on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.reading.milestones import amount_text
from handfast.contract.reading.summaries import A_DAY, end_of_renewal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from handfast.contract.models import ContractSummary
    from handfast.foundation.web.exports import Cell

HEADS = (
    "Version", "Contract", "Reference", "Signed on", "Counts from", "Term starts", "Term ends", "At the end",
    "Renewed for, months", "Notice, months", "Notice by", "Yearly value", "Currency", "Governing law",
    "Contact of the client", "Contact of the provider", "What it changes",
)  # fmt: skip


def cells_of(one: ContractSummary) -> Sequence[Cell]:
    """One version as a row of the files."""
    return (
        one.number, one.title, one.reference, one.signed_on, one.effective_on, one.starts_on, one.ends_on,
        one.get_renewal_display(), one.renewal_months, one.notice_months, one.notice_on, one.yearly_value,
        one.currency, one.governing_law, one.client_contact, one.provider_contact, one.changes,
    )  # fmt: skip


def facts_of(one: ContractSummary) -> list[tuple[str, str]]:
    """What is written down, by its label; what is not, says so."""
    return [(label, said or "not written down") for label, said in _facts(one)]


def _facts(one: ContractSummary) -> Iterator[tuple[str, str]]:
    yield "Contract", f"{one.title}, {one.reference}" if one.reference else one.title
    yield "Signed", day_words(one.signed_on)
    yield (
        "Term",
        f"{day_words(one.starts_on)} to {day_words(one.ends_on) if one.ends_on else 'whenever notice is given'}",
    )
    yield "At the end", end_words(one)
    yield "Notice", notice_words(one)
    yield "Yearly value", "" if one.yearly_value is None else amount_text(one.yearly_value, one.currency)
    yield "Governing law", one.governing_law
    yield "Contact of the client", one.client_contact
    yield "Contact of the provider", one.provider_contact


def end_words(one: ContractSummary) -> str:
    """As in `renews for 12 months unless notice is given`."""
    if one.ends_on is None:
        return "runs until notice is given"
    match one.renewal:
        case "automatic":
            return f"renews for {_months(one.renewal_months)} unless notice is given"
        case "option":
            return f"may be renewed for {_months(one.renewal_months)}"
    return "ends"


def notice_words(one: ContractSummary) -> str:
    """The last day and why it is that one; empty where no notice is written down."""
    if one.notice_months is None:
        return ""
    if one.notice_on is None or one.ends_on is None:
        return f"{_months(one.notice_months)} ahead"
    return (
        f"by {day_words(one.notice_on)}: {_months(one.notice_months)} before the term is over on "
        f"{day_words(one.ends_on)}"
    )


def summary_sentence(one: ContractSummary | None, today: date) -> str:
    """As in `Notice by 31 Aug 2027, or it renews for 12 months: 290 days left`."""
    if one is None:
        return "Nothing of the contract is written down yet."
    if one.ends_on is not None and one.ends_on < today:
        return f"The term was over on {day_words(one.ends_on)}."
    if one.notice_on is None:
        return f"Version {one.number}: it {end_words(one)}{f' on {day_words(one.ends_on)}' if one.ends_on else ''}."
    left = (one.notice_on - today).days
    if left < 0:
        return f"{passed_line(one, today)}."
    days = "today is the last day" if left == 0 else f"{left} day{'' if left == 1 else 's'} left"
    return f"{notice_line(one)}: {days}."


def notice_line(one: ContractSummary) -> str:
    """As in `Notice by 31 Aug 2027, or it renews for 12 months`; empty where no day is due."""
    if one.notice_on is None:
        return ""
    what = "Notice" if one.renewal == "automatic" else "Renew"
    return f"{what} by {day_words(one.notice_on)}, or it {_after_notice(one)}"


def passed_line(one: ContractSummary, today: date) -> str:
    """As in `The last day of notice, 31 Aug 2027, was 3 days ago: unless it was given, it renews until 30 Nov 2028`.

    Whether notice was given is not written down here, so it says what follows from either.
    """
    if one.notice_on is None or one.ends_on is None:
        return ""
    ago = (today - one.notice_on).days
    said = f"The last day of notice, {day_words(one.notice_on)}, was {ago} day{'' if ago == 1 else 's'} ago"
    if one.renewal == "automatic" and one.renewal_months is not None:
        until = day_words(end_of_renewal(one.ends_on, one.renewal_months))
        return f"{said}: unless notice was given, it renews on {day_words(one.ends_on + A_DAY)} until {until}"
    return f"{said}: unless it was renewed, it {_after_notice(one)}"


def _after_notice(one: ContractSummary) -> str:
    if one.renewal == "automatic":
        return f"renews for {_months(one.renewal_months)}"
    return f"ends on {day_words(one.ends_on)}"


def day_words(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"


def _months(number: int | None) -> str:
    return f"{number} month{'' if number == 1 else 's'}"
