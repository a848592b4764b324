"""The computed sentences of a statement: the one on top, and the one beside the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import plain_text, rounded
from handfast.operate.web.pictures.wording import amount_text, counted, number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNDECIDED = ("no data", "too few", "rolled forward")
PERCENT_DIGITS = 2
IF_IT_ENDED = ", if the month ended today"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence; the strong one is what it is about."""

    text: str
    is_strong: bool = False


def sentence_of(body: Mapping[str, Any]) -> tuple[Part, ...]:
    """What the month means: who missed what, and what is owed; of one that still runs, what would be."""
    first = Part(_verdicts_said(body["levels"], body["words"]["minimum"]))
    consequence = body["consequence"]
    if consequence is None:
        return (first,)
    provider = body["parties"].get("provider", "The provider")
    so_far = IF_IT_ENDED if body["is_provisional"] else ""
    owes = "would owe" if so_far else "owes"
    points = ""
    if consequence["regime"] == "points":
        points = f" for {counted(consequence['points'], 'point')}"
        if consequence["of_charges"] is None:
            return (
                first,
                Part(f" {provider} {'would have' if so_far else 'has'} "),
                Part(counted(consequence["points"], "point"), True),
                Part(f"{so_far}."),
            )
    if not Decimal(consequence["credit"]):
        return (first, Part(f" {provider} {owes} nothing{points}{so_far}."))
    owed = f"{amount_text(consequence['credit'])} {consequence['currency']}"
    share = share_of(consequence["credit"], consequence["charges"])
    tail = f", {share} of the month's charges" if share else ""
    return (first, Part(f" {provider} {owes} "), Part(owed, is_strong=True), Part(f"{tail}{points}{so_far}."))


def share_of(credit: str, charges: str) -> str:
    """What part of the charges is owed, in percent; nothing where nothing is charged."""
    if not Decimal(charges):
        return ""
    share = Fraction(Decimal(credit)) / Fraction(Decimal(charges)) * 100
    return f"{plain_text(rounded(share, PERCENT_DIGITS, 'half up'))} %"


def _verdicts_said(levels: Sequence[Mapping[str, Any]], minimum_word: str) -> str:
    missed = [level for level in levels if level["verdict"] == "missed"]
    below = sum(level["verdict"] == "below expected" for level in levels)
    undecided = sum(level["verdict"] in UNDECIDED for level in levels)
    judged = [level for level in levels if level["expected"] is not None or level["minimum"] is not None]
    total = number_text(len(levels))
    if not judged:
        return f"{counted(len(levels), 'figure')} measured, and no level to hold {'it' if len(levels) == 1 else 'them'} against."
    if missed:
        has_minimum = all(level["minimum"] is not None for level in missed)
        what = f" {'its' if len(missed) == 1 else 'their'} {minimum_word}" if has_minimum else ""
        said = f"{number_text(len(missed)).capitalize()} of {total} {_levels(levels)} missed{what}"
    elif below or undecided:
        said = f"None of {total} {_levels(levels)} missed"
    else:
        return "The one level is met." if len(levels) == 1 else f"All {total} levels are met."
    said += (
        f", {number_text(below)} {'is' if below == 1 else 'are'} below expected"
        if below and not missed
        else ""
    )
    said += (
        f", {number_text(undecided)} {'has' if undecided == 1 else 'have'} too little data"
        if undecided
        else ""
    )
    return f"{said}."


def _levels(levels: Sequence[Mapping[str, Any]]) -> str:
    return "level" if len(levels) == 1 else "levels"


def total_sentence(body: Mapping[str, Any]) -> str:
    """What stands beside the total: what is at risk, and what of the sum is cut; or what the points make."""
    found = body["consequence"]
    if found is None:
        return ""
    charges = amount_text(found["charges"])
    if found["regime"] == "points":
        if found["of_charges"] is None:
            return "The terms turn no points into money."
        credit = f"{amount_text(found['credit'])} {found['currency']}"
        points = counted(found["points"], "point")
        return f"{points}: {found['of_charges']} of charges of {charges} = {credit}."
    said = f"At-risk amount: {found['at_risk']} of charges of {charges} = {amount_text(found['at_risk_amount'])}."
    is_capped_there = Decimal(found["cap"]) == Decimal(found["at_risk_amount"])
    cap = "it" if is_capped_there else f"the cap of {amount_text(found['cap'])}"
    if not Decimal(found["cut"]):
        return f"{said} The sum stays under {cap}, so nothing is cut."
    before = Decimal(found["credit"]) + Decimal(found["cut"])
    return f"{said} The sum of {before:,f} goes over {cap}: {amount_text(found['cut'])} is cut, {found['cut_rule']}."
