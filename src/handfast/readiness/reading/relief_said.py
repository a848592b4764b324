"""What people say when they ask for a relief, and when they answer; tidied and checked."""

from __future__ import annotations

from dataclasses import dataclass

from handfast.foundation.texts import block_fault, tidied
from handfast.readiness.reading.said import LONGEST_TEXT
from handfast.readiness.refusals import ReliefRefused

MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class ReliefSaid:
    """By how many calendar days the own dates move, why, and what it does to plan and service levels."""

    days: int
    reason: str
    effect: str


def checked_relief(said: ReliefSaid) -> ReliefSaid:
    """The same, tidied. Raises ReliefRefused."""
    tidy = ReliefSaid(said.days, tidied(said.reason), tidied(said.effect))
    faults = [("days", fault)] if (fault := _days_fault(tidy.days, MOST_DAYS)) else []
    for name in ("reason", "effect"):
        text = getattr(tidy, name)
        if fault := block_fault(text, most=LONGEST_TEXT) or (
            "" if text else "write what you mean, in a sentence"
        ):
            faults.append((name, fault))
    if faults:
        raise refused("no relief is asked for", faults)
    return tidy


def checked_grant(days: int, answer: str, asked: int) -> str:
    """What is said with a grant: why, where it is less than was asked. Raises ReliefRefused."""
    kept = tidied(answer)
    faults = [("days", fault)] if (fault := _days_fault(days, asked)) else []
    if fault := block_fault(kept, most=LONGEST_TEXT) or (
        "say why it is less" if days != asked and not kept else ""
    ):
        faults.append(("answer", fault))
    if faults:
        raise refused("the relief is not granted", faults)
    return kept


def checked_refusal(answer: str) -> str:
    """Why it is declined. Raises ReliefRefused."""
    kept = tidied(answer)
    if fault := block_fault(kept, most=LONGEST_TEXT) or ("" if kept else "say why"):
        raise refused("the relief is not declined", [("answer", fault)])
    return kept


def refused(said: str, faults: list[tuple[str, str]]) -> ReliefRefused:
    return ReliefRefused(f"{said}: {'; '.join(f'{name}: {fault}' for name, fault in faults)}", faults)


def _days_fault(days: int, most: int) -> str:
    return "" if 1 <= days <= most else f"write 1 to {most} days"
