"""Exports keep text as text, numbers as numbers, and stay inside the reach to their last row."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from handfast.foundation.scope import OutsideTheFence, Reach, current_reach, entered, reach_if_any
from handfast.foundation.web import exports
from handfast.foundation.web.exports import ExportTooLong, ExportUnknown, ReachLost, csv_text, exported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handfast.foundation.web.exports import Cell

pytestmark = pytest.mark.django_db  # an answer that ends gives its connections back
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=cmd|' /C calc'!A0", "＝1+1"]


def bytes_of(form: str, rows: Iterable[Sequence[Cell]], heads: Sequence[str] = ("a",)) -> bytes:
    with entered(Reach()):
        answer = exported(RequestFactory().get("/"), form, "a list", heads, rows)
    body = b"".join(answer)
    answer.close()
    return body


def csv_rows(*rows: Sequence[Cell]) -> list[list[str]]:
    text = bytes_of("csv", rows).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


@pytest.mark.parametrize("formula", FORMULAS)
def test_text_that_would_be_a_formula_gets_an_apostrophe_in_csv(formula: str) -> None:
    assert csv_rows([formula]) == [[f"'{formula}"]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_text_that_would_be_a_formula_is_typed_as_text_in_a_sheet(formula: str) -> None:
    body = bytes_of("xlsx", [[formula]])
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"' in sheet


@given(st.text(max_size=20))
def test_no_text_at_all_begins_a_formula_in_csv(text: str) -> None:
    assert not csv_text(text).startswith(exports.BEGIN_A_FORMULA)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20))
def test_text_comes_back_from_csv_as_it_was(text: str) -> None:
    ((cell,),) = csv_rows([text]) if text else (("",),)
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_heads_are_guarded_as_cells_are() -> None:
    assert bytes_of("csv", [], heads=["=x"]).decode("utf-8-sig") == "'=x\r\n"


def test_numbers_and_dates_are_not_touched() -> None:
    east = timezone(timedelta(hours=2))
    row: list[Cell] = [-5, Decimal("-0.10"), date(2026, 4, 1), datetime(2026, 4, 1, 1, tzinfo=east), None]
    assert csv_rows(row) == [["-5", "-0.10", "2026-04-01", "2026-03-31T23:00:00Z", ""]]


def test_sheet_holds_numbers_and_dates_as_such() -> None:
    row: list[Cell] = [
        Decimal("28882.00"),
        7,
        datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
        date(2026, 4, 2),
        None,
        "Petrović",
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of("xlsx", [row], heads="abcdef")))
    cells = book.get_sheet_by_index(0).to_python()[1]
    assert cells == [28882.0, 7.0, datetime(2026, 4, 1, 9, 30), date(2026, 4, 2), "", "Petrović"]


@pytest.mark.parametrize("number", [Decimal("12345678901234.56"), 10**17, -(10**15) - 1])
def test_number_beyond_the_digits_of_a_sheet_is_written_whole_as_text(number: int | Decimal) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of("xlsx", [[number]])))
    assert book.get_sheet_by_index(0).to_python()[1] == [str(number)]


def test_rows_are_asked_for_only_as_they_are_sent() -> None:
    asked = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal asked
        while True:
            asked += 1
            yield ["x"]

    with entered(Reach()):
        parts = iter(exported(RequestFactory().get("/"), "csv", "list", ["a"], rows()))
    next(parts), next(parts)
    assert asked <= 2 * exports.BLOCK_ROWS


def test_reach_holds_in_every_block_and_leaks_between_none() -> None:
    space = uuid4()
    seen: set[Reach] = set()

    def rows() -> Iterator[list[Cell]]:
        for _ in range(3 * exports.BLOCK_ROWS):
            seen.add(current_reach())
            yield ["x"]

    with entered(Reach(frozenset({space}))):
        answer = exported(RequestFactory().get("/"), "csv", "list", ["a"], rows())
    for _ in answer:
        assert reach_if_any() == Reach()
    assert seen == {Reach(frozenset({space}))}


def test_export_ends_when_who_asked_has_lost_sight() -> None:
    reach = Reach(frozenset({uuid4()}))
    request = RequestFactory().get("/")
    still = [reach, reach]
    request.reach_now = lambda: still.pop() if still else Reach()
    with entered(reach):
        parts = iter(exported(request, "csv", "list", ["a"], (["x"] for _ in range(5 * exports.BLOCK_ROWS))))
    with pytest.raises(ReachLost):
        list(parts)


def test_export_without_a_reach_is_a_bug() -> None:
    with pytest.raises(OutsideTheFence):
        exported(RequestFactory().get("/"), "csv", "list", ["a"], [])


def test_form_of_export_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ExportUnknown):
        bytes_of("pdf", [])


def test_list_that_no_sheet_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_SHEET_ROWS", 2)
    with pytest.raises(ExportTooLong, match="take it as CSV"):
        bytes_of("xlsx", [["x"]] * 3)


def test_name_of_the_file_holds_nothing_but_plain_characters() -> None:
    with entered(Reach()):
        answer = exported(RequestFactory().get("/"), "csv", 'x"\r\nSet-Cookie: y/../ž', ["a"], [])
    assert answer["Content-Disposition"] == 'attachment; filename="x-Set-Cookie-y.csv"'
