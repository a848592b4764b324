"""Why a revision says something else: a line for each cause, with what it moved in points and in money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.foundation.web.instants import shown_at
from handfast.operate.web.pictures.wording import UNITS, month_text, signed_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.operate.queries.causes import CauseLine, Told

WORDS = {
    "batch received": "records received",
    "batch withdrawn": "records withdrawn",
    "adjustment proposed": "proposed",
    "adjustment accepted": "accepted",
    "adjustment declined": "declined",
    "adjustment withdrawn": "withdrawn",
    "value reported": "reported",
    "value withdrawn": "report withdrawn",
    "terms changed": "in force",
    "later instant": "Judged at a later instant",
    "computed anew": "Computed by another release of Handfast",
    "together": "Together, and not told apart",
}


@dataclass(frozen=True, slots=True)
class CauseWords:
    """One cause in words: its name, what happened to it, by whom and when."""

    name: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class MovedLevel:
    """What a line moved of one level; `counts` are the whole numbers behind the points."""

    name: str
    counts: str
    before: str
    after: str
    points: str
    money: str
    is_dearer: bool


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A line: its causes, each level that they moved, and what they moved of the month's sum."""

    causes: tuple[CauseWords, ...]
    levels: tuple[MovedLevel, ...]
    sum: str
    is_dearer: bool

    @property
    def height(self) -> int:
        return max(1, len(self.levels))


@dataclass(frozen=True, slots=True)
class CausesView:
    """All lines with their sum; `money_word` is what it is counted in, empty where no regime judges."""

    rows: tuple[CauseRow, ...]
    money_word: str
    sum: str
    is_dearer: bool


def causes_view(
    lines: Sequence[CauseLine],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Mapping[UUID, str],
    zone: str,
) -> CausesView:
    """The lines of a revision; `before` and `after` are the bodies that name the levels, `names` the persons."""
    levels = {level["id"]: level for body in (before, after) for level in body["levels"]}
    rows = tuple(_row(line, levels, names, zone) for line in lines)
    total = sum((Decimal(line.sum) for line in lines), Decimal(0))
    return CausesView(rows, lines[-1].unit if lines else "", signed_text(total), total > 0)


def _row(
    line: CauseLine, levels: Mapping[str, Mapping[str, Any]], names: Mapping[UUID, str], zone: str
) -> CauseRow:
    moved = tuple(_level(one, levels[one["level"]]) for one in line.levels)
    total = Decimal(line.sum)
    return CauseRow(
        tuple(cause_words(cause, names, zone) for cause in line.causes),
        moved,
        signed_text(total) if line.unit else "",
        total > 0,
    )


def cause_words(cause: Told, names: Mapping[UUID, str], zone: str) -> CauseWords:
    """`late.csv`, `records received, Help desk`, `16 Apr 2026, 11:22 by Ana Kovač`."""
    what = WORDS[cause.kind]
    about = month_text(cause.about) if cause.kind.startswith("value") else cause.about
    when = shown_at(cause.at, zone) if cause.at else ""
    by = names.get(cause.by, "") if cause.by else ""
    if not cause.name:
        return CauseWords(what, "", when)
    return CauseWords(
        cause.name, ", ".join(part for part in (what, about) if part), f"{when} by {by}" if by else when
    )


def _level(moved: Mapping[str, Any], level: Mapping[str, Any]) -> MovedLevel:
    unit = level["unit"]
    ends = [moved["before"], moved["after"]]
    values = [None if end is None else end["value"] for end in ends]
    first, second = (None if value is None else Decimal(value) for value in values)
    is_share = unit == "percent"
    points = "" if first is None or second is None else signed_text(second - first)
    money = None if moved["money"] is None else Decimal(moved["money"])
    return MovedLevel(
        level["name"],
        _counts(ends, is_share=is_share),
        value_text(values[0], unit),
        value_text(values[1], unit),
        points if is_share or not points else f"{points}{UNITS[unit]}",
        "" if money is None else signed_text(money),
        money is not None and money > 0,
    )


def _counts(ends: Sequence[Mapping[str, Any] | None], *, is_share: bool) -> str:
    """The whole numbers before and after: of a share both, of anything else how many."""
    said = [_count(end, is_share=is_share) for end in ends]
    return "" if said[0] == said[1] else f"{said[0]} → {said[1]}"


def _count(end: Mapping[str, Any] | None, *, is_share: bool) -> str:
    if end is None or end["n"] is None:
        return "–"
    over = end["denominator"] or end["n"]
    return f"{end['numerator']} of {over}" if is_share and end["numerator"] is not None else f"n {end['n']:,}"
