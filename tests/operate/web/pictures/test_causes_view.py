"""The causes of a revision in words: named, dated, with the points and the money of each and their sum."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from handfast.operate.queries.causes import CauseLine, Told
from handfast.operate.queries.moved import moved_between
from handfast.operate.web.pictures.causes_view import WORDS, cause_words, causes_view

if TYPE_CHECKING:
    from collections.abc import Callable

MINUS = "\N{MINUS SIGN}"
AT = datetime(2026, 4, 16, 9, 22, tzinfo=UTC)
WHO = UUID(int=7)
FILE = Told("batch received", "1", "late.csv", "Help desk", AT, WHO)
DECLINED = Told("adjustment declined", "2", "A-3", "pause revoked", AT, None)


def line(*causes: Told, before: dict[str, Any], after: dict[str, Any]) -> CauseLine:
    moved = moved_between(before, after)
    return CauseLine(causes, tuple(moved["levels"]), moved["sum"], moved["unit"], "0" * 64)


def test_cause_is_told_by_its_name_with_who_and_when_in_the_zone_of_the_deal() -> None:
    words = cause_words(FILE, {WHO: "Ana Kovač"}, "Europe/Belgrade")
    assert (words.name, words.what) == ("late.csv", "records received, Help desk")
    assert words.when == "16 Apr 2026, 11:22 by Ana Kovač"


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_every_kind_of_cause_has_its_words(kind: str) -> None:
    about = "2026-03" if kind.startswith("value") else "something"
    assert cause_words(Told(kind, "", "", about, None, None), {}, "UTC").name == WORDS[kind]


def test_reported_value_names_its_month() -> None:
    told = Told("value reported", "3", "satisfaction", "2026-03", AT, None)
    assert cause_words(told, {}, "UTC").what == "reported, March 2026"


def test_lines_show_counts_points_and_money_and_add_up(
    unadjusted: dict[str, Any], bodies: list[dict[str, Any]]
) -> None:
    lines = [
        line(FILE, before=unadjusted, after=bodies[2]),
        line(DECLINED, before=bodies[2], after=bodies[2]),
    ]
    view = causes_view(lines, unadjusted, bodies[2], {}, "UTC")
    (moved,) = view.rows[0].levels
    assert (moved.name, moved.counts) == ("Resolution, P2", "37 of 42 → 36 of 41")
    assert (moved.before, moved.after, moved.points) == ("88.10 %", "87.80 %", f"{MINUS}0.30")
    assert (view.rows[1].levels, view.rows[1].height, view.sum, view.money_word) == ((), 1, "0.00", "CAD")


def test_level_that_had_no_data_moves_no_points(bodies: list[dict[str, Any]]) -> None:
    before = bodies[2] | {"levels": [dict(level) for level in bodies[2]["levels"]]}
    before["levels"][6] |= {"value": None, "exact": None, "n": None, "verdict": "no data"}
    (moved,) = (
        causes_view([line(FILE, before=before, after=bodies[2])], before, bodies[2], {}, "UTC").rows[0].levels
    )
    assert (moved.before, moved.points) == ("–", "")


def test_template_says_that_a_cause_moved_nothing(
    bodies: list[dict[str, Any]], drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    view = causes_view([line(DECLINED, before=bodies[2], after=bodies[2])], bodies[2], bodies[2], {}, "UTC")
    html = drawn("revision_causes.html", {"causes": view})
    assert "<strong>A-3</strong> declined, pause revoked" in html
    assert "moved nothing" in html
    assert "style=" not in html
