"""The view of a statement says the body's figures with all their digits, and one sentence made from them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from handfast.operate.web.pictures.statement_view import LevelRow, StatementView, statement_view, working_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.servicelevels.terms import Terms

TIMES = "\N{MULTIPLICATION SIGN}"
POINTS = """regime:
  kind: points
  currency: CAD
  rounding: {digits: 2, mode: half up}
  charges: 412600.00
  points:
    first_response: {bands: [{name: green, from: "92", points: 0}, {name: red, to: "91.99", points: 3}]}
    resolution_p2: {bands: [{name: green, from: "82", points: 0}, {name: red, to: "81.99", points: 2}]}
  repeat: {factor: 2}
"""
LADDER = """  ladder:
    between: lower rung
    rungs: [{points: 0, of_charges: 0 %}, {points: 3, of_charges: 2 %}]
"""


@pytest.fixture
def view(bodies: list[dict[str, Any]], terms: Terms) -> StatementView:
    return statement_view(bodies[2], terms.first, bodies[:2])


def row_of(view: StatementView, level: str) -> LevelRow:
    return next(row for group in view.groups for row in group.rows if row.id == level)


def test_sentence_says_who_owes_what(view: StatementView) -> None:
    assert view.title == "Statement, March 2026"
    assert view.said == (
        "One of seven levels missed its minimum. "
        "Danube Care owes 12,378.00 CAD, 3.00 % of the month's charges."
    )
    assert [part.text for part in view.sentence if part.is_strong] == ["12,378.00 CAD"]


def test_groups_are_the_pools_with_their_shares(view: StatementView) -> None:
    assert [(group.name, group.share, len(group.rows)) for group in view.groups] == [
        ("Responsiveness", "pool share 50 %", 2),
        ("Resolution", "pool share 70 %", 2),
        ("Quality", "pool share 40 %", 3),
    ]


def test_missed_level_shows_its_working_and_credit(view: StatementView) -> None:
    row = row_of(view, "first_response")
    assert (row.name, row.second) == ("First response, P2 and P3", "share within 4 working hours")
    assert (row.n, row.numerator) == ("129", "109 within")
    assert (row.measured, row.minimum, row.expected) == ("84.50 %", "85.00 %", "92.00 %")
    assert (row.status, row.verdict) == ("missed", "Missed")
    assert row.working == f"50 % {TIMES} 60 % {TIMES} 41,260.00"
    assert (row.consequence, row.owes) == ("12,378.00", True)


def test_repeated_misses_are_counted_over_the_months_before(view: StatementView) -> None:
    assert row_of(view, "first_response_p1").working == "3 of 4 in 12 months"
    assert row_of(view, "resolution_p2").working == "1 of 4 in 12 months"
    assert row_of(view, "not_reopened").working == ""


def test_each_kind_of_measure_says_its_numbers(view: StatementView) -> None:
    round_the_clock = row_of(view, "first_response_p1")
    assert round_the_clock.second == f"share within 15 min, 24 {TIMES} 7"
    calls = row_of(view, "answered_in_time")
    assert (calls.n, calls.second, calls.numerator) == ("5,821", "in time of offered", "4,534 of these")
    satisfaction = row_of(view, "satisfaction")
    assert (satisfaction.n, satisfaction.measured) == ("–", "4.21")
    assert satisfaction.second == "reported by Danube Care"
    assert satisfaction.is_reported
    assert not satisfaction.has_records


def test_exclusions_are_said_under_the_name(view: StatementView) -> None:
    assert row_of(view, "resolution_p2").notes == ("1 record excluded, duplicate",)


def test_total_says_what_is_at_risk(view: StatementView) -> None:
    assert view.total_sentence == (
        "At-risk amount: 10 % of charges of 412,600.00 = 41,260.00. "
        "The sum stays under it, so nothing is cut."
    )
    assert (view.total_label, view.total) == ("Credit to Lumen", "12,378.00")
    assert view.heads == ("Working", "Credit, CAD")


def test_without_terms_the_body_alone_is_enough(bodies: list[dict[str, Any]]) -> None:
    row = row_of(statement_view(bodies[2]), "first_response")
    assert (row.second, row.working[:4]) == ("share within target", "50 %")


def test_cut_sum_says_the_cut_and_who_bears_it(bodies: list[dict[str, Any]]) -> None:
    body = copy.deepcopy(bodies[2])
    found = body["consequence"]
    found |= {"cap": "10000.00", "cut": "2378.00", "credit": "10000.00"}
    line = next(one for one in found["lines"] if one["level"] == "first_response")
    line |= {"cut": "2378.00", "credit": "10000.00"}
    view = statement_view(body)
    assert view.total_sentence.endswith(
        "The sum of 12,378.00 goes over the cap of 10,000.00: 2,378.00 is cut, in proportion."
    )
    assert row_of(view, "first_response").working_more == "less 2,378.00, over the cap"


def test_points_show_bands_and_their_sum(march_under: Callable[[str], dict[str, Any]]) -> None:
    view = statement_view(march_under(POINTS))
    assert view.heads == ("Band", "Points")
    row = row_of(view, "first_response")
    assert (row.working, row.consequence, row.owes) == ("red", "3", True)
    assert (view.total_label, view.total) == ("Points", "3")
    assert view.said.endswith("Danube Care has 3 points.")
    assert view.total_sentence == "The terms turn no points into money."


def test_month_that_still_runs_tells_no_debt(
    bodies: list[dict[str, Any]], march_under: Callable[[str], dict[str, Any]]
) -> None:
    assert statement_view(bodies[2] | {"is_provisional": True}).said.endswith(
        " Danube Care would owe 12,378.00 CAD, 3.00 % of the month's charges, if the month ended today."
    )
    nothing = bodies[2]["consequence"] | {"credit": "0.00"}
    assert statement_view(bodies[2] | {"is_provisional": True, "consequence": nothing}).said.endswith(
        " Danube Care would owe nothing, if the month ended today."
    )
    assert statement_view(march_under(POINTS) | {"is_provisional": True}).said.endswith(
        " Danube Care would have 3 points, if the month ended today."
    )


def test_ladder_turns_points_into_money(march_under: Callable[[str], dict[str, Any]]) -> None:
    view = statement_view(march_under(POINTS + LADDER))
    assert view.said.endswith("Danube Care owes 8,252.00 CAD, 2.00 % of the month's charges for 3 points.")
    assert view.total_sentence == "3 points: 2 % of charges of 412,600.00 = 8,252.00 CAD."


def test_without_regime_only_verdicts_are_said(march_under: Callable[[str], dict[str, Any]]) -> None:
    view = statement_view(march_under(""))
    assert view.said == "One of seven levels missed its minimum."
    assert (view.heads, view.total_label, view.columns) == (("", ""), "", 7)
    assert [group.name for group in view.groups] == ["Ticket support", "Telephone support", ""]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("met",) * 3, "All three levels are met."),
        (("met", "below expected", "met"), "None of three levels missed, one is below expected."),
        (("met", "no data", "too few"), "None of three levels missed, two have too little data."),
        (("missed", "missed", "below expected"), "Two of three levels missed their minimum."),
        (("met",), "The one level is met."),
    ],
)
def test_sentence_counts_the_verdicts(
    bodies: list[dict[str, Any]], verdicts: tuple[str, ...], said: str
) -> None:
    levels = [bodies[2]["levels"][0] | {"verdict": verdict} for verdict in verdicts]
    assert statement_view(bodies[2] | {"levels": levels, "consequence": None}).said == said


def test_figures_without_levels_are_only_measured(bodies: list[dict[str, Any]]) -> None:
    plain = {"verdict": "measured", "minimum": None, "expected": None, "reported_by": "provider"}
    level = bodies[2]["levels"][0] | plain
    view = statement_view(bodies[2] | {"levels": [level], "consequence": None})
    assert view.said == "1 figure measured, and no level to hold it against."
    assert row_of(view, level["id"]).verdict == "Reported"


def test_nothing_owed_is_said_in_words(bodies: list[dict[str, Any]]) -> None:
    assert statement_view(bodies[1]).said.endswith("Danube Care owes nothing.")


def test_words_of_the_agreement_name_the_columns(bodies: list[dict[str, Any]]) -> None:
    view = statement_view(bodies[2] | {"words": {"minimum": "threshold", "expected": "target"}})
    assert (view.minimum_word, view.expected_word) == ("Threshold", "Target")
    assert "missed its threshold" in view.said


def test_working_parts_thousands_of_its_amount() -> None:
    assert working_text("70 % x 55 % x 1041260.00") == f"70 % {TIMES} 55 % {TIMES} 1,041,260.00"


def test_template_writes_all_rows_without_styles(
    view: StatementView, drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn(
        "statement_table.html", {"statement": view, "records_url": "records/", "credit_url": "credits/"}
    )
    assert html.count('class="hf-level"') == 7
    assert 'href="records/first_response/"' in html
    assert 'href="credits/first_response/"' in html
    assert 'href="records/satisfaction/"' in html
    assert "Credit to Lumen" in html
    assert "style=" not in html
