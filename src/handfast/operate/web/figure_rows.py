"""Figures as they were reported, as rows of a page and of a sheet; the sheet is read again as it was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.operate.reading.figures import FIELDS, UNIT_WORDS, suggested
from handfast.operate.web.pictures.wording import month_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from handfast.foundation.web.exports import Cell
    from handfast.governance.reading.tables import Table
    from handfast.operate.queries.figures import Looked, Told
    from handfast.operate.reading.figures import LevelTold

HEADS = tuple(FIELDS.values())
WHOLE_MONTH = "Credit of the whole month"
TEMPLATE_MONTHS = 12
SAMPLES = 3
MOST_WORDS = 60


def figure_rows(told: Sequence[Told], currency: str) -> Iterator[list[Cell]]:
    """What a spreadsheet gets, and what it can send back."""
    for one in told:
        figure, level = one.figure, one.level
        yield [
            figure.period, level.name if level else figure.level, figure.value,
            UNIT_WORDS[level.unit][0] if level else "", figure.numerator, figure.n, figure.credit,
            currency if figure.credit is not None else "",
        ]  # fmt: skip


def template_rows(levels: Sequence[LevelTold], currency: str, today: date) -> Iterator[list[Cell]]:
    """A row for each level in each of the last twelve months, to be filled in."""
    for back in range(TEMPLATE_MONTHS, 0, -1):
        month = today.year * 12 + today.month - 1 - back
        for one in levels:
            yield [
                f"{month // 12:04d}-{month % 12 + 1:02d}", one.name, None, UNIT_WORDS[one.unit][0], None, None, None,
                currency,
            ]  # fmt: skip


def shown_figures(told: Sequence[Told], currency: str) -> list[dict[str, Any]]:
    """Month by month, each figure with what a statement says of it."""
    months: dict[str, list[dict[str, Any]]] = {}
    for one in told:
        months.setdefault(one.figure.period, []).append(_shown(one, currency))
    return [{"period": period, "title": month_text(period), "rows": rows} for period, rows in months.items()]


def _shown(one: Told, currency: str) -> dict[str, Any]:
    figure, unit = one.figure, one.level.unit if one.level else "number"
    counts = f"{figure.numerator:,} of {figure.n:,}" if figure.numerator is not None and figure.n else ""
    return {
        "name": one.level.name if one.level else figure.level or WHOLE_MONTH,
        "value": _value(figure.value, unit),
        "counts": counts or (f"of {figure.n:,}" if figure.n else ""),
        "computed": _value(one.computed, unit),
        "difference": _difference(one.difference, unit),
        "credit": _money(figure.credit, currency),
        "computed_credit": _money(one.computed_credit, currency),
        "credit_difference": f"{one.credit_difference:+,.2f}" if one.credit_difference else "",
    }


def shown_line(one: Looked, levels: Mapping[str, LevelTold], currency: str) -> dict[str, Any]:
    """A row of the preview: what it tells, what stood before, or why it is refused."""
    figure = one.row.figure
    if figure is None:
        return {"number": one.row.number, "why": one.row.why, "cells": ", ".join(filter(None, one.row.cells))}
    level = levels.get(figure.level)
    unit, before = level.unit if level else "number", one.before
    return {
        "number": one.row.number, "month": month_text(figure.period), "outcome": one.outcome,
        "name": level.name if level else WHOLE_MONTH, "value": _value(figure.value, unit),
        "credit": _money(figure.credit, currency),
        "before": ", ".join(filter(None, (_value(before.value, unit), _money(before.credit, currency))))
        if before and one.outcome == "changed" else "",
    }  # fmt: skip


def columns_shown(table: Table, columns: Mapping[int, str]) -> list[dict[str, str]]:
    """Every column with its first cells, and the field that it is."""
    return [
        {
            "name": f"column-{place}", "head": head, "field": columns.get(place, ""),
            "samples": ", ".join([cells[place] for _, cells in table.rows if cells[place]][:SAMPLES])[:60],
        }
        for place, head in enumerate(table.heads)
    ]  # fmt: skip


def columns_said(table: Table, given: Mapping[str, str]) -> dict[int, str]:
    """What the form says of the columns; before it was sent, what the heads suggest."""
    places = range(len(table.heads))
    if not any(f"column-{place}" in given for place in places):
        return suggested(table.heads)
    return {place: said for place in places if (said := given.get(f"column-{place}", "")) in FIELDS}


def words_said(given: Mapping[str, str]) -> dict[str, str]:
    """Which level, by its key, the form says that a word of the sheet means."""
    return {
        given[f"word-said-{place}"]: given.get(f"word-{place}", "")
        for place in range(MOST_WORDS)
        if given.get(f"word-said-{place}")
    }


def _value(value: Decimal | None, unit: str) -> str:
    return "" if value is None else value_text(f"{value:f}", unit)


def _money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else f"{value:,.2f} {currency}"


def _difference(value: Decimal | None, unit: str) -> str:
    """As `+0.40`; empty where there is nothing to compare, or no difference."""
    if not value:
        return ""
    text = f"{value:+,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} points" if unit == "percent" else text
