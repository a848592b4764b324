"""The verdicts of all levels over months: a matrix of levels by months with glyphs and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.verdictwords import status_of, verdict_words
from handfast.operate.web.pictures.wording import amount_text, month_text, short_month, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_AGREED = "not agreed yet"


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One level in one month; `label` says in words what the glyph shows."""

    status: str
    verdict: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class MonthsRow:
    id: str
    name: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class MonthHead:
    """A month's short name; the year stands where it begins or changes."""

    name: str
    text: str
    year: str
    credit: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class MonthsView:
    """The months from the earliest to the latest, a row for each level of any of them, and the credits."""

    months: tuple[MonthHead, ...]
    rows: tuple[MonthsRow, ...]
    currency: str


def months_view(bodies: Sequence[Mapping[str, Any]]) -> MonthsView:
    """The matrix; levels in the order of the latest month, then those that it no longer has."""
    ordered = sorted(bodies, key=lambda body: str(body["period"]["name"]))
    names: dict[str, str] = {}
    for body in reversed(ordered):
        for level in body["levels"]:
            names.setdefault(level["id"], level["name"])
    levels = [{level["id"]: level for level in body["levels"]} for body in ordered]
    rows = tuple(
        MonthsRow(
            id_,
            name,
            tuple(
                _cell(name, body["period"]["name"], known.get(id_))
                for body, known in zip(ordered, levels, strict=True)
            ),
        )
        for id_, name in names.items()
    )
    return MonthsView(_heads(ordered), rows, _currency(ordered))


def _cell(name: str, month: str, level: Mapping[str, Any] | None) -> MonthCell:
    if level is None:
        return MonthCell("", "", "", f"{name}, {month_text(month)}: {NOT_AGREED}")
    value, verdict = value_text(level["value"], level["unit"]), verdict_words(level)
    return MonthCell(status_of(level), verdict, value, f"{name}, {month_text(month)}: {value}, {verdict}")


def _heads(ordered: Sequence[Mapping[str, Any]]) -> tuple[MonthHead, ...]:
    heads: list[MonthHead] = []
    year = ""
    for body in ordered:
        name, consequence = body["period"]["name"], body["consequence"]
        credit = amount_text(consequence["credit"]) if consequence else ""
        heads.append(
            MonthHead(
                name, short_month(name), name[:4] if name[:4] != year else "", credit, body["is_provisional"]
            )
        )
        year = name[:4]
    return tuple(heads)


def _currency(ordered: Sequence[Mapping[str, Any]]) -> str:
    return next((body["consequence"]["currency"] for body in reversed(ordered) if body["consequence"]), "")
