"""The styles lay out from start to end, so that a language written from the right is only mirrored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tools.house.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SIDES = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)\b|float:\s*(?:left|right)\b"
    r"|(?<![-\w@])(?:left|right):(?!\s*50%)"
)  # what is centred by half of its own width stands alike in both
FOUR = re.compile(
    r"(?<![-\w])(?:margin|padding|inset):\s*([^;{}()\s]+)\s([^;{}()\s]+)\s([^;{}()\s]+)\s([^;{}()\s]+);"
)


def faults_of(text: str) -> list[str]:
    """The declarations that name a side of the page, or give its sides different values in one list of four."""
    lists = [one[0] for one in FOUR.finditer(text) if one[2] != one[4]]
    return [one[0] for one in SIDES.finditer(text)] + lists


@pytest.mark.parametrize("path", sorted((ROOT / "frontend/css").glob("*.css")), ids=lambda one: one.name)
def test_no_style_names_a_side(path: Path) -> None:
    assert faults_of(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "said",
    [
        "a { margin-left: 4px; }",
        "a { text-align: right; }",
        "a { left: 0; }",
        "a { padding: 0 1px 0 2px; }",
        "a{border-right-color: red}",
    ],
)
def test_a_side_is_seen(said: str) -> None:
    assert faults_of(said)


def test_what_is_alike_on_both_sides_is_allowed() -> None:
    assert (
        faults_of("a { padding: 1px 2px 3px 2px; left: 50%; margin-inline-start: auto; text-align: start; }")
        == []
    )
