"""Proofs over the registers that both sides keep. What one side keeps for itself is not counted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.governance.models import RegisterEntry
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Lack, Measured, proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIST, ENTRY = "governance:entries", "governance:entry"
CRITICAL = "critical"
SEVERE, HIGH = "severe", "high"


def _entries(asked: Asked, register: str) -> list[RegisterEntry]:
    rows = RegisterEntry.objects.filter(
        engagement=asked.deal, register=register, space_id=asked.deal.space_id
    )
    told = rows.exclude(state="withdrawn").defer("text").order_by("number")
    found = list(told)
    for one in found:
        one.engagement = asked.deal
    return found


def _lacks(entries: Iterable[RegisterEntry]) -> tuple[Lack, ...]:
    told = (Lack(f"{one.name}, {one.title}", ENTRY, one.pk) for one in entries)
    return tuple(one for one, _ in zip(told, range(MOST_LACKING), strict=False))


def _counted(every: Sequence[RegisterEntry], bad: Sequence[RegisterEntry], said: str) -> Measured:
    """So many of them; a register in which nothing was ever written says nothing, and not that there is none."""
    if not every:
        return Measured(None, "nothing is written down yet")
    return Measured(Fraction(len(bad)), f"{len(bad)} {said}", None, _lacks(bad))


@proof(
    "Information received",
    unit="share",
    evidence="Requests for information",
    page=LIST,
    page_args=("requests",),
)
def information_received_share(asked: Asked) -> Measured:
    """Requests for information whose answer was received and can be used, over all that were not withdrawn."""
    every = _entries(asked, "requests")
    if not every:
        return Measured(None, "nothing was asked for yet")
    left = [one for one in every if one.state != "accepted"]
    done = len(every) - len(left)
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", None, _lacks(left))


@proof("Critical assumptions", unit="count", evidence="Assumptions", page=LIST, page_args=("assumptions",))
def critical_assumptions_open(asked: Asked) -> Measured:
    """Assumptions with the tag “critical” that are neither confirmed nor refuted, and whose day has come or that have none."""
    every = _entries(asked, "assumptions")
    open_ones = [
        one
        for one in every
        if not one.is_done
        and CRITICAL in (tag.casefold() for tag in one.tag_list)
        and (one.due_on is None or one.due_on <= asked.today)
    ]
    return _counted(every, open_ones, "open")


@proof(
    "Questions overdue", unit="count", evidence="Questions and answers", page=LIST, page_args=("questions",)
)
def queries_overdue(asked: Asked) -> Measured:
    """Questions without an answer on the day after the one on which it was due."""
    every = _entries(asked, "questions")
    late = [one for one in every if not one.is_done and one.due_on is not None and one.due_on < asked.today]
    return _counted(every, late, "overdue")


@proof("Severe issues", unit="count", evidence="Issues", page=LIST, page_args=("issues",))
def severe_issues_open(asked: Asked) -> Measured:
    """Issues of severity severe or high that are not resolved."""
    every = _entries(asked, "issues")
    return _counted(every, [one for one in every if _is_open(one, SEVERE, HIGH)], "open")


@proof("Issues of the highest severity", unit="count", evidence="Issues", page=LIST, page_args=("issues",))
def severity_one_open(asked: Asked) -> Measured:
    """Issues of severity severe that are not resolved."""
    every = _entries(asked, "issues")
    return _counted(every, [one for one in every if _is_open(one, SEVERE)], "open")


@proof("Actions overdue", unit="count", evidence="Actions", page=LIST, page_args=("actions",))
def actions_overdue(asked: Asked) -> Measured:
    """Actions that are not done on the day after the one on which they were due."""
    every = _entries(asked, "actions")
    late = [one for one in every if not one.is_done and one.due_on is not None and one.due_on < asked.today]
    return _counted(every, late, "overdue")


def _is_open(one: RegisterEntry, *severities: str) -> bool:
    return not one.is_done and one.own.get("severity") in severities
