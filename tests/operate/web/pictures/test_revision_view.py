"""A revision's view names what moved, in points and in money, and nothing else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.revision_view import revision_view

if TYPE_CHECKING:
    from collections.abc import Callable

MINUS = "\N{MINUS SIGN}"


def test_same_body_moves_nothing(bodies: list[dict[str, Any]]) -> None:
    view = revision_view(bodies[2], bodies[2])
    assert (view.moved, view.changed_inputs, view.sentence) == ((), (), "No level moved.")


def test_excluded_record_moves_its_level_only(
    unadjusted: dict[str, Any], bodies: list[dict[str, Any]]
) -> None:
    view = revision_view(unadjusted, bodies[2])
    (moved,) = view.moved
    assert (moved.level, moved.before, moved.after) == ("resolution_p2", "88.10", "87.80 %")
    assert (moved.points, moved.n, moved.money) == (f"{MINUS}0.30", "42 to 41", "0.00")
    assert view.changed_inputs == ("adjustments",)
    assert view.sentence == "One level moved; the credit did not."


def test_dearer_credit_has_its_sign(bodies: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(bodies[2])
    line = next(one for one in before["consequence"]["lines"] if one["level"] == "first_response")
    line["credit"] = "0.00"
    before["consequence"]["credit"] = "0.00"
    before["levels"][1] |= {"value": "85.27", "verdict": "below expected"}
    view = revision_view(before, bodies[2])
    (moved,) = view.moved
    assert (moved.points, moved.money, moved.is_dearer) == (f"{MINUS}0.77", "+12,378.00", True)
    assert (moved.status_before, moved.status_after) == ("risk", "missed")
    assert (view.credit_before, view.credit_after, view.credit_moved) == ("0.00", "12,378.00", "+12,378.00")
    assert view.sentence == "One level moved, and the credit by +12,378.00 CAD."
    back = revision_view(bodies[2], before)
    assert (back.credit_moved, back.is_dearer) == (f"{MINUS}12,378.00", False)


def test_data_that_arrive_late_come_from_nothing(bodies: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(bodies[2])
    before["levels"][6] |= {"value": None, "verdict": "no data"}
    (moved,) = revision_view(before, bodies[2]).moved
    assert (moved.before, moved.after, moved.points) == ("–", "4.21", "")
    assert moved.verdict_before == "No data"


def test_level_of_one_body_alone_counts_as_moved(bodies: list[dict[str, Any]]) -> None:
    before = bodies[2] | {"levels": bodies[2]["levels"][1:], "consequence": None}
    view = revision_view(before, bodies[2] | {"consequence": None})
    assert [(one.level, one.verdict_before) for one in view.moved] == [("first_response_p1", "")]
    gone = revision_view(bodies[2] | {"consequence": None}, before)
    assert [(one.level, one.verdict_after) for one in gone.moved] == [("first_response_p1", "")]


def test_template_shows_each_level_that_moved(
    unadjusted: dict[str, Any], bodies: list[dict[str, Any]], drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn("revision.html", {"revision": revision_view(unadjusted, bodies[2]), "money_word": "CAD"})
    assert "Resolution, P2" in html
    assert "<strong>87.80 %</strong>" in html
    assert "style=" not in html
