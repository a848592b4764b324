"""A sheet of figures says what people wrote, and a row that could mean two things is refused with both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handfast.governance.reading.tables import Table
from handfast.operate.reading.figures import (
    Figure,
    Known,
    LevelTold,
    Row,
    figure_from,
    rows_read,
    suggested,
)

LEVELS = (
    LevelTold("first_response", "First response", "percent"),
    LevelTold("handling", "Handling time", "minutes"),
)
KNOWN = Known(LEVELS, "CAD", "2026-04")
HEADS = ("Month", "KPI", "Result", "Unit", "Met", "Total", "Credits", "Currency")


def read(*cells: str) -> Row:
    filled = (*cells, *[""] * (len(HEADS) - len(cells)))
    (row,) = rows_read(Table("a sheet", HEADS, ((2, filled),)), suggested(HEADS), KNOWN)
    return row


def test_heads_are_told_by_their_usual_words() -> None:
    assert list(suggested(HEADS).values()) == [
        "period", "level", "value", "unit", "numerator", "n", "credit", "currency",
    ]  # fmt: skip
    assert suggested(("Kilometres",)) == {}


@pytest.mark.parametrize(
    "said",
    ["2026-03", "2026-3", "2026-03-01", "2026-03-31 00:00:00", "3/2026", "03.2026", "Mar 2026", "march 2026"],
)
def test_month_is_read_as_people_write_it(said: str) -> None:
    row = read(said, "First response", "95.4 %")
    assert row.figure == Figure("2026-03", "first_response", Decimal("95.4"))


def test_level_is_told_by_name_or_key_and_counts_and_credit_stand_beside_it() -> None:
    row = read("2026-03", "  first RESPONSE", "95.34", "%", "41", "43", "1,200.50", "cad")
    assert row.figure == Figure("2026-03", "first_response", Decimal("95.34"), 41, 43, Decimal("1200.50"))
    assert read("2026-03", "handling", "4.5", "min").figure == Figure("2026-03", "handling", Decimal("4.5"))


def test_row_without_level_tells_the_credit_of_the_month() -> None:
    assert read("2026-03", "", "", "", "", "", "300").figure == Figure("2026-03", "", credit=Decimal(300))


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        (("", "First response", "95 %"), "period", "write the month as 2026-03"),
        (("2026-13", "First response", "95 %"), "period", "no month that can be kept"),
        (("1889-01", "First response", "95 %"), "period", "no month that can be kept"),
        (("2026-04", "First response", "95 %"), "period", "is not over yet"),
        (("2026-03", "Resolution", "95 %"), "level", "the terms have no level “Resolution”"),
        (("2026-03", "First response", "0.954"), "value", "0.954 may mean 95.400 % or 0.954 %"),
        (("2026-03", "First response", "1"), "value", "may mean"),
        (("2026-03", "First response", "95,4"), "value", "is no number"),
        (("2026-03", "First response", "met"), "value", "is no number"),
        (("2026-03", "First response", "1e5"), "value", "is no number"),
        (("2026-03", "First response", "\u0669\u0665"), "value", "is no number"),
        (("2026-03", "First response", "95.1234567"), "value", "at most 6 digits"),
        (("2026-03", "First response", "9" * 40), "value", "is no number"),
        (("2026-03", "First response"), "value", "write the value that was reported"),
        (("2026-03", "Handling time", "95 %"), "value", "not in percent"),
        (("2026-03", "Handling time", "4", "h"), "unit", "in minutes, not in h"),
        (("2026-03", "First response", "95 %", "", "41"), "n", "needs the number it is of"),
        (("2026-03", "First response", "95 %", "", "41", "0"), "n", "needs the number it is of"),
        (("2026-03", "First response", "95 %", "", "4.5", "9"), "numerator", "is no whole number"),
        (("2026-03", "First response", "97 %", "", "41", "43"), "numerator", "41 of 43 is 95.35 %, not 97 %"),
        (("2026-03", "First response", "95 %", "", "", "", "-5"), "credit", "without a minus"),
        (("2026-03", "First response", "95 %", "", "", "", "5", "EUR"), "currency", "is in CAD, not in EUR"),
        (("2026-03", "", "95 %"), "level", "to which service level"),
        (("2026-03", "", ""), "value", "neither a value nor a credit"),
    ],
)
def test_row_is_refused_by_field_with_what_to_do(cells: tuple[str, ...], field: str, said: str) -> None:
    row = read(*cells)
    assert row.figure is None
    assert field in [name for name, _ in row.faults]
    assert said in row.why


@pytest.mark.parametrize("said", ["0", "0 %", "0.95 %", "100"])
def test_share_that_can_mean_one_thing_only_is_read(said: str) -> None:
    assert read("2026-03", "First response", said).figure is not None


def test_share_below_one_is_read_where_its_unit_stands_beside_it() -> None:
    row = read("2026-03", "First response", "0.95", "%")
    assert row.figure is not None
    assert row.figure.value == Decimal("0.95")


def test_same_month_and_level_is_refused_the_second_time() -> None:
    cells = ("2026-03", "First response", "95 %", "", "", "", "", "")
    other = ("Mar 2026", "first_response", "96 %", "", "", "", "", "")
    rows = rows_read(Table("a sheet", HEADS, ((2, cells), (3, other))), suggested(HEADS), KNOWN)
    assert [one.why for one in rows] == ["", "Service level: row 2 tells the same month and level"]


@given(
    value=some.decimals(min_value=0, max_value=10**9, places=4), n=some.integers(1, 10**9), credit=some.none()
)
def test_figure_is_kept_and_read_back(value: Decimal, n: int, credit: None) -> None:
    figure = Figure("2026-03", "handling", value, None, n, credit)
    kept = figure.as_plain()
    assert figure_from(kept) == figure
    assert figure_from(kept).as_plain() == kept
