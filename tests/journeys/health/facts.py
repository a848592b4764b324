"""A deal in which no check finds anything, to be spoiled in one respect."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.contract.deal import TERMS

from handfast.contract.reading.texts import read_text
from handfast.journeys.health.catalogue import CHECKS
from handfast.journeys.health.facts import (
    AgreementSeen,
    BatchSeen,
    ContractSeen,
    DaySeen,
    EntrySeen,
    Facts,
    LevelSeen,
    Member,
    MonthSeen,
    Side,
    SourceSeen,
    ToldSeen,
)

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.terms import Terms

TODAY = date(2026, 4, 16)
PRIYA, JOVANA, NOBODY = (UUID(int=number) for number in (1, 2, 3))
LUMEN, DANUBE, DEAL, ONE = (UUID(int=number) for number in (11, 12, 13, 14))
ALL_WORDS = frozenset({"see", "agree-terms", "answer-statements"})


@cache
def read(text: str) -> Terms:
    return read_text(text)[0]


def agreement(text: str = TERMS, **told: Any) -> AgreementSeen:
    terms = read(text)
    return replace(AgreementSeen(ONE, "Customer Support", "CAD", 1, True, terms, terms), **told)


def batch(first: str = "2026-01-02T08:00", last: str = "2026-03-31T15:00", **told: Any) -> BatchSeen:
    stamps = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (first, last))
    return replace(BatchSeen(1, *stamps, datetime(2026, 4, 2, tzinfo=UTC)), **told)


def source(*batches: BatchSeen, key: str = "desk") -> SourceSeen:
    return SourceSeen(ONE, key, "Help desk", batches)


def month(period: str, **told: Any) -> MonthSeen:
    levels = {"first_response": LevelSeen("First response", "met", "95.00")}
    return replace(MonthSeen(period, ONE, True, "CAD", Decimal(0), None, levels), **told)


def told(level: str, **told: Any) -> ToldSeen:
    return replace(ToldSeen("2026-03", level, None, None), **told)


def entry(**told: Any) -> EntrySeen:
    return replace(EntrySeen(ONE, "issues", "I-1", PRIYA, date(2026, 4, 20)), **told)


def day(on: date, **told: Any) -> DaySeen:
    return replace(DaySeen(ONE, "Acceptance", on), **told)


def sound(**spoiled: Any) -> Facts:
    """In which nothing is missing and nothing contradicts, but for what is spoiled."""
    facts = Facts(
        engagement=DEAL, size="standard", zone="Europe/Belgrade", currency="CAD", today=TODAY,
        signed_on=date(2025, 12, 1), notice_on=date(2026, 9, 30), ends_on=date(2026, 12, 31),
        contract=ContractSeen(1, date(2026, 9, 30), date(2026, 12, 31), "automatic"),
        sides=(Side("client", "Lumen", LUMEN), Side("provider", "Danube Care", DANUBE)),
        members=(Member(PRIYA, "client", True, ALL_WORDS), Member(JOVANA, "provider", True, ALL_WORDS)),
        agreements=(agreement(),), sources=(source(batch()),),
        months=(month("2026-01"), month("2026-02"), month("2026-03")), entries=(entry(),),
        milestones=(day(date(2026, 6, 1)),), activities=(day(date(2026, 6, 1)),),
    )  # fmt: skip
    return replace(facts, **spoiled)


def said(key: str, facts: Facts) -> list[str]:
    """What one check finds."""
    return [one.said for one in CHECKS[key].asked(facts)]
