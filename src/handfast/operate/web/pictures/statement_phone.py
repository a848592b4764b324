"""A statement on a narrow screen: the amount first, then the levels, the worst on top."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.statement_sentence import share_of
from handfast.operate.web.pictures.statement_view import LevelRow, StatementView
from handfast.operate.web.pictures.wording import amount_text

if TYPE_CHECKING:
    from collections.abc import Mapping

WORST_FIRST = ("missed", "risk", "no-data", "open", "not-yet", "met")
SHORT = {"Below expected": "Below"}


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A level with the one promise that decides its verdict, and its chip's short words."""

    row: LevelRow
    held: str
    verdict: str


@dataclass(frozen=True, slots=True)
class PhoneStatement:
    """The figure that matters with its label and what it means, then the rows; no label where no regime judges."""

    label: str
    total: str
    meaning: str
    rows: tuple[PhoneRow, ...]


def phone_statement(view: StatementView, body: Mapping[str, Any]) -> PhoneStatement:
    """The same figures as `view`, which was made from the same body."""
    rows = [row for group in view.groups for row in group.rows]
    rows.sort(key=lambda row: (WORST_FIRST.index(row.status), not row.owes))
    consequence = body["consequence"]
    label = view.total_label
    if consequence and consequence["regime"] == "pool":
        label = f"{label}, {consequence['currency']}"
    return PhoneStatement(
        label,
        view.total,
        _meaning(consequence) if consequence else "",
        tuple(PhoneRow(row, _held(view, row), SHORT.get(row.verdict, row.verdict)) for row in rows),
    )


def _meaning(consequence: Mapping[str, Any]) -> str:
    share = share_of(consequence["credit"], consequence["charges"])
    if not share:
        return ""
    said = f"{share} of the month's charges"
    if consequence["regime"] != "pool":
        return said
    where = "cut to" if Decimal(consequence["cut"]) else "under"
    return f"{said}, {where} the cap of {amount_text(consequence['cap'])}"


def _held(view: StatementView, row: LevelRow) -> str:
    """The minimum for a level that missed it, else what was expected, or what there is."""
    promised = [(view.expected_word, row.expected), (view.minimum_word, row.minimum)]
    if row.status == "missed":
        promised.reverse()
    return next((f"{word.lower()} {text.removesuffix(' %')}" for word, text in promised if text != "–"), "")
