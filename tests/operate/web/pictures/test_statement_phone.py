"""On a narrow screen the amount and the worst levels come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.statement_phone import PhoneStatement, phone_statement
from handfast.operate.web.pictures.statement_view import statement_view

if TYPE_CHECKING:
    from collections.abc import Callable


def phone(body: dict[str, Any]) -> PhoneStatement:
    return phone_statement(statement_view(body), body)


def test_amount_comes_first_with_its_meaning(bodies: list[dict[str, Any]]) -> None:
    found = phone(bodies[2])
    assert (found.label, found.total) == ("Credit to Lumen, CAD", "12,378.00")
    assert found.meaning == "3.00 % of the month's charges, under the cap of 41,260.00"


def test_worst_levels_stand_on_top(bodies: list[dict[str, Any]]) -> None:
    rows = phone(bodies[2]).rows
    assert [one.row.status for one in rows] == ["missed", *["risk"] * 5, "met"]
    assert (rows[0].held, rows[0].verdict) == ("minimum 85.00", "Missed")
    assert (rows[1].held, rows[1].verdict) == ("expected 95.00", "Below")


def test_without_regime_only_the_levels_stand(bodies: list[dict[str, Any]]) -> None:
    found = phone(bodies[2] | {"consequence": None})
    assert (found.label, found.total, found.meaning) == ("", "", "")
    assert len(found.rows) == 7


def test_template_draws_the_rows_without_styles(
    bodies: list[dict[str, Any]], drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn("statement_phone.html", {"phone": phone(bodies[2]), "records_url": "records/"})
    assert html.count("<li>") == 7
    assert "style=" not in html
