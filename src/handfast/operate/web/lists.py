"""The lists of operate as rows: what a spreadsheet gets of the page, numbers as numbers and instants as instants."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.verdictwords import verdict_words
from handfast.operate.web.pictures.wording import UNITS, local_of
from handfast.operate.web.reported_form import value_said
from handfast.operate.web.showing import answer_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.kernel.servicelevels.questions import JudgedRow
    from handfast.operate.models import Adjustment, ReportedValue, Statement

STATEMENTS = (
    "Month", "Revision", "State", "Levels met", "Levels", "Credit", "Currency", "As of", "Issued", "SHA-256",
)  # fmt: skip
LEVELS = (
    "Month", "Service level", "Id", "Value", "Unit", "Expected", "Minimum", "n", "Verdict", "Credit",
    "Currency", "Made as",
)  # fmt: skip
RECORDS = ("Record", "Started", "Stopped", "Counted, seconds", "Outcome", "Excluded as")
ADJUSTMENTS = (
    "Id", "Kind", "Type", "Pause", "Source", "Records", "From", "To", "Reason", "Clause", "Proposed by", "Side",
    "Proposed", "State", "Answered", "Answer",
)  # fmt: skip
REPORTED = (
    "Month", "What", "Value", "Attested by", "Side", "Reported by", "Reported", "File", "SHA-256", "State",
)  # fmt: skip
MICROSECONDS = Decimal(1_000_000)


def statement_rows(statements: Iterable[Statement], deal: Engagement) -> Iterator[list[Cell]]:
    """The last revision of each month."""
    for one in statements:
        body = json.loads(one.body)
        met = sum(level["verdict"] == "met" for level in body["levels"])
        owed = body["consequence"] or {}
        yield [
            one.period, one.revision, answer_words(one, deal), met, len(body["levels"]), _number(owed.get("credit")),
            owed.get("currency", ""), one.as_of, one.issued_at, one.digest,
        ]  # fmt: skip


def level_rows(bodies: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[list[Cell]]:
    """Each level of each month; bodies come with what they stand in: `issued`, or `draft`."""
    for made_as, body in bodies:
        consequence = body["consequence"] or {}
        owed = {line["level"]: line.get("credit") for line in consequence.get("lines", ())}
        for level in body["levels"]:
            yield [
                body["period"]["name"], level["name"], level["id"], _number(level["value"]),
                UNITS[level["unit"]].strip(), _number(level["expected"]), _number(level["minimum"]), level["n"],
                verdict_words(level), _number(owed.get(level["id"])), consequence.get("currency", ""), made_as,
            ]  # fmt: skip


def record_rows(rows: Iterable[JudgedRow]) -> Iterator[list[Cell]]:
    """The records behind a figure, as the drawer shows them; instants in UTC."""
    for one in rows:
        row = one.row
        stopped = None if row.stop_us is None else local_of(row.stop_us, "UTC")
        yield [
            row.record, local_of(row.start_us, "UTC"), stopped, Decimal(row.elapsed_us) / MICROSECONDS,
            one.outcome, row.excluded or "",
        ]  # fmt: skip


def adjustment_rows(adjustments: Iterable[Adjustment], names: Mapping[UUID, str]) -> Iterator[list[Cell]]:
    """Every adjustment with what was said and how it was answered."""
    for one in adjustments:
        said = one.said
        yield [
            one.name, said.get("kind", ""), said.get("type", ""), said.get("pause", ""), said.get("source", ""),
            ", ".join(said.get("records") or ()), _instant(said.get("from")), _instant(said.get("to")),
            said.get("reason", ""), said.get("clause", ""), _name(names, one.proposed_by_id), one.proposed_side,
            one.proposed_at, one.get_state_display(), one.answered_at, one.answer,
        ]  # fmt: skip


def reported_rows(
    values: Iterable[tuple[ReportedValue, str, str]], names: Mapping[UUID, str]
) -> Iterator[list[Cell]]:
    """Every report, with the name of what it is about and its state in words."""
    for one, label, state in values:
        yield [
            one.period, label, value_said(one.said), one.attested_by, one.reported_side,
            _name(names, one.reported_by_id), one.reported_at, one.file_name, one.file_sha256, state,
        ]  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _name(names: Mapping[UUID, str], person: UUID | None) -> str:
    return names.get(person, "") if person else ""
