"""The matrix of months puts each verdict where its level and month cross."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.months_view import months_view

if TYPE_CHECKING:
    from collections.abc import Callable


def test_months_stand_in_order_whatever_comes_first(bodies: list[dict[str, Any]]) -> None:
    view = months_view(bodies[::-1])
    assert [(head.text, head.year, head.credit) for head in view.months] == [
        ("Jan", "2026", "15,885.10"),
        ("Feb", "", "0.00"),
        ("Mar", "", "12,378.00"),
    ]
    assert view.currency == "CAD"


def test_cells_hold_glyph_and_value(bodies: list[dict[str, Any]]) -> None:
    row = next(row for row in months_view(bodies).rows if row.id == "first_response")
    assert [(cell.status, cell.value) for cell in row.cells] == [
        ("met", "94.03 %"),
        ("met", "94.83 %"),
        ("missed", "84.50 %"),
    ]
    assert row.cells[2].label == "First response, P2 and P3, March 2026: 84.50 %, Missed"


def test_no_data_is_never_nought_percent(bodies: list[dict[str, Any]]) -> None:
    row = next(row for row in months_view(bodies).rows if row.id == "satisfaction")
    assert (row.cells[0].status, row.cells[0].verdict, row.cells[0].value) == ("no-data", "No data", "–")


def test_level_agreed_later_leaves_its_cell_empty(bodies: list[dict[str, Any]]) -> None:
    first = bodies[0] | {"levels": bodies[0]["levels"][:-1], "consequence": None}
    view = months_view([first, bodies[1]])
    cell = view.rows[-1].cells[0]
    assert (cell.status, cell.value) == ("", "")
    assert cell.label.endswith("January 2026: not agreed yet")
    assert view.months[0].credit == ""


def test_level_ended_earlier_keeps_its_row_last(bodies: list[dict[str, Any]]) -> None:
    last = bodies[1] | {"levels": bodies[1]["levels"][1:]}
    assert months_view([bodies[0], last]).rows[-1].id == "first_response_p1"


def test_no_months_make_no_rows() -> None:
    view = months_view([])
    assert (view.months, view.rows, view.currency) == ((), (), "")


def test_template_names_each_verdict(
    bodies: list[dict[str, Any]], drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn("months.html", {"months": months_view(bodies)})
    assert html.count('class="hf-month-value"') == 21
    assert 'aria-label="Missed"' in html
    assert "style=" not in html
