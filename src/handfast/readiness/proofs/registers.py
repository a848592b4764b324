"""Proofs over the registers that both sides keep. What one side keeps for itself is not counted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.readiness.proofs.counting import LIST, counted, entries_of, lacks_of
from handfast.readiness.proofs.declared import Asked, Measured, proof

if TYPE_CHECKING:
    from handfast.governance.models import RegisterEntry

CRITICAL = "critical"
SEVERE, HIGH = "severe", "high"


@proof(
    "Information received",
    unit="share",
    evidence="Requests for information",
    page=LIST,
    page_args=("requests",),
)
def information_received_share(asked: Asked) -> Measured:
    """Requests for information whose answer was received and can be used, over all that were not withdrawn."""
    every = entries_of(asked, "requests")
    if not every:
        return Measured(None, "nothing was asked for yet")
    left = [one for one in every if one.state != "accepted"]
    done = len(every) - len(left)
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", None, lacks_of(left))


@proof("Critical assumptions", unit="count", evidence="Assumptions", page=LIST, page_args=("assumptions",))
def critical_assumptions_open(asked: Asked) -> Measured:
    """Assumptions with the tag “critical” that are neither confirmed nor refuted, and whose day has come or that have none."""
    every = entries_of(asked, "assumptions")
    open_ones = [
        one
        for one in every
        if not one.is_done
        and CRITICAL in (tag.casefold() for tag in one.tag_list)
        and (one.due_on is None or one.due_on <= asked.today)
    ]
    return counted(every, open_ones, "open")


@proof(
    "Questions overdue", unit="count", evidence="Questions and answers", page=LIST, page_args=("questions",)
)
def queries_overdue(asked: Asked) -> Measured:
    """Questions without an answer on the day after the one on which it was due."""
    every = entries_of(asked, "questions")
    late = [one for one in every if not one.is_done and one.due_on is not None and one.due_on < asked.today]
    return counted(every, late, "overdue")


@proof("Severe issues", unit="count", evidence="Issues", page=LIST, page_args=("issues",))
def severe_issues_open(asked: Asked) -> Measured:
    """Issues of severity severe or high that are not resolved."""
    every = entries_of(asked, "issues")
    return counted(every, [one for one in every if _is_open(one, SEVERE, HIGH)], "open")


@proof("Issues of the highest severity", unit="count", evidence="Issues", page=LIST, page_args=("issues",))
def severity_one_open(asked: Asked) -> Measured:
    """Issues of severity severe that are not resolved."""
    every = entries_of(asked, "issues")
    return counted(every, [one for one in every if _is_open(one, SEVERE)], "open")


@proof("Actions overdue", unit="count", evidence="Actions", page=LIST, page_args=("actions",))
def actions_overdue(asked: Asked) -> Measured:
    """Actions that are not done on the day after the one on which they were due."""
    every = entries_of(asked, "actions")
    late = [one for one in every if not one.is_done and one.due_on is not None and one.due_on < asked.today]
    return counted(every, late, "overdue")


def _is_open(one: RegisterEntry, *severities: str) -> bool:
    return not one.is_done and one.own.get("severity") in severities
