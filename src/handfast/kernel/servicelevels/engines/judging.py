"""How the embedded engine judges a member of a population: what it is in, what it hits, what became of it, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.questions import AttributeTotal, Tally, TimeTotal, WithinTarget

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.questions import RecordQuestion, TimeRanks


def within_text(question: WithinTarget) -> str:
    return f"elapsed {'<=' if question.is_met_at_target else '<'} {question.target_us}"


def in_text(question: RecordQuestion | TimeRanks) -> str:
    """Which members count: the finished, and the unfinished as the terms say."""
    unfinished = question.population.unfinished
    if unfinished == "left out":
        return "is_finished"
    if unfinished == "as it stands" and isinstance(question, WithinTarget):
        return f"(is_finished OR NOT {within_text(question)})"
    return "TRUE"


def hit_text(question: RecordQuestion) -> str:
    """Which of the members that count are as asked."""
    match question:
        case WithinTarget():
            return f"is_finished AND {within_text(question)}"
        case Tally(_, also):
            return " AND ".join(texts.condition_text(test, "m") for test in also) or "TRUE"
        case AttributeTotal(_, attribute):
            return f"{texts.column(attribute)} IS NOT NULL"
    return "FALSE"


def value_text(question: RecordQuestion) -> str:
    """What is summed."""
    match question:
        case TimeTotal():
            return "elapsed"
        case AttributeTotal(_, attribute):
            return texts.column(attribute)
    return "0"


def outcome_text(question: RecordQuestion) -> str:
    """The outcome of a member, one of the words that `Outcome` lists."""
    hit = hit_text(question)
    match question:
        case WithinTarget():
            said = f"WHEN {hit} THEN 'met' ELSE 'missed'"
        case Tally(_, also) if also:
            said = f"WHEN {hit} THEN 'met' ELSE 'missed'"
        case AttributeTotal():
            said = f"WHEN {hit} THEN 'counted' ELSE 'no value'"
        case _:
            said = "ELSE 'counted'"
    return f"CASE WHEN excluded IS NOT NULL THEN 'excluded' WHEN NOT {in_text(question)} THEN 'left out' {said} END"
