"""Nothing that the other side wrote acts on the terminal of whoever reads it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text
from tests.factories.desks import STATEMENT, desk_in, handfast

from handfast.cli.harmless import Terminal, harmless, harmless_lines, json_text

if TYPE_CHECKING:
    from pathlib import Path

# Clears the screen, goes up a line, turns the direction, sets the window's title; the second block's own sequence.
HOSTILE = "LUM-1475\x1b[2J\x1b[1A\u202e\x1b]0;paid\x07\x9b31m"
TOLD = r"LUM-1475\x1b[2J\x1b[1A\u202e\x1b]0;paid\x07\x9b31m"


def acting(text: str) -> set[str]:
    """The characters that act, without line ends."""
    kept = "\n"
    return {one for one in text if not one.isprintable() and one not in kept and harmless(one) != one}


def printed(*given: Any, is_terminal: bool = False) -> str:
    out = io.StringIO()
    console = Terminal(
        file=out, width=300, highlight=False, markup=False, force_terminal=is_terminal, no_color=True
    )
    for one in given:
        console.print(one)
    return out.getvalue()


def test_escape_sequences_are_told_and_not_done() -> None:
    assert harmless(HOSTILE) == TOLD
    assert harmless("one\ntwo\r") == r"one\ntwo\r"
    assert harmless_lines("one\ntwo\r") == "one\ntwo\\r"


@pytest.mark.parametrize("text", ["Ré5 R,10", "بلیت ۱۲", "क्‍ष", "票 #7 😀", "a\\b"])
def test_letters_of_any_script_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_printed_no_character_acts(text: str) -> None:
    table = Table(text, box=None)
    table.add_row(text)
    table.add_row(Text(text))
    assert acting(printed(text, Text(text), table)) == set()


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_json_is_read_back_as_it_was_and_acts_on_nothing(text: str) -> None:
    assert json.loads(json_text({"record": text})) == {"record": text}
    assert acting(json_text([text])) == set()


def test_our_own_styles_still_reach_a_terminal() -> None:
    out = io.StringIO()
    Terminal(file=out, force_terminal=True, color_system="standard").print(
        "x\x1b[0m", style="bold", highlight=False
    )
    assert out.getvalue() == "\x1b[1mx\\x1b[0m\x1b[0m\n"


@pytest.fixture
def hostile_desk(tmp_path: Path) -> Path:
    """The example with a hostile record, event and note, stated."""
    tickets = desk_in(tmp_path) / "tickets.csv"
    tickets.write_text(tickets.read_text().replace("LUM-1475", HOSTILE))
    terms = tmp_path / "terms.yaml"
    terms.write_text(terms.read_text().replace("First response, P2", r"First\e[8m response"))
    assert r"First\e[8m" in terms.read_text()
    assert handfast(tmp_path, *STATEMENT, "--out", "s.json").code == 0
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--level", "resolution_p2", "--limit", "999"),
        ("--record", HOSTILE),
        ("--record", HOSTILE, "--json"),
        ("--record", "\x1b[2J"),
        ("--level", "resolution_p2", "--json"),
    ],
)
def test_a_hostile_log_is_explained_without_a_control_character(
    hostile_desk: Path, words: tuple[str, ...]
) -> None:
    ended = handfast(hostile_desk, "explain", "s.json", *words)
    assert acting(ended.out + ended.err) == set()
    said = ended.out + ended.err
    assert r"\x1b[" in said or r"\u001b[" in said
