"""Words are compared alike by the house and by both databases."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest

from handfast.foundation.search.words import (
    LONGEST_WORD,
    MOST_WORDS,
    RANGES,
    folding,
    says,
    words_asked,
    words_of,
)

TOKENIZER = "unicode61 remove_diacritics 2"
LETTERS = "LN"
OF_NO_LIVING_ALPHABET = "Ǡǡ"  # which SQLite leaves as they are


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Petrović, Jovana", ["petrovic", "jovana"]),
        ("ZAŠTITA podataka", ["zastita", "podataka"]),
        ("Ünterbrechung—Störung", ["unterbrechung", "storung"]),
        ("I-12: 3.14 %", ["i", "12", "3", "14"]),
        ("cafe\u0301", ["cafe"]),
        ("Поднети ЖАЛБУ", ["поднети", "жалбу"]),
        ("a\x00b\tc\nd", ["a\x00b", "c", "d"]),
        ("… — !", []),
        ("🙂", []),
        ("", []),
    ],
)
def test_words_are_small_without_accents_and_parted_by_what_is_no_letter(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_what_is_asked_is_bounded_and_each_word_once() -> None:
    assert words_asked("Drop drop DROPS") == ("drop", "drops")
    assert words_asked("x" * 400) == ("x" * LONGEST_WORD,)
    assert len(words_asked(" ".join(f"w{one}" for one in range(50)))) == MOST_WORDS


def test_text_says_what_begins_its_words_and_nothing_within_them() -> None:
    assert says("Headsets drop in Niš", ("head", "nis"))
    assert not says("Headsets drop", ("sets",))
    assert not says("Headsets drop", ("head", "calls"))


def test_every_letter_is_folded_as_the_full_text_index_of_sqlite_folds_it() -> None:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE words USING fts5(said, tokenize='{TOKENIZER}')")
    database.execute("CREATE VIRTUAL TABLE found USING fts5vocab(words, 'instance')")
    codes = [code for start, end in RANGES for code in range(start, end) if _is_compared(chr(code))]
    database.executemany(
        "INSERT INTO words (rowid, said) VALUES (?, ?)", [(code, chr(code)) for code in codes]
    )
    theirs = dict(database.execute("SELECT doc, term FROM found").fetchall())
    table = folding()
    ours = {code: table.get(code, chr(code)) for code in codes}
    assert len(codes) > 1_000
    differing = {
        chr(code): (ours[code], theirs.get(code)) for code in codes if ours[code] != theirs.get(code)
    }
    assert differing == {}


def _is_compared(letter: str) -> bool:
    """A letter that the tables of SQLite know, which are of an older Unicode."""
    return (
        letter not in OF_NO_LIVING_ALPHABET
        and unicodedata.category(letter)[0] in LETTERS
        and unicodedata.ucd_3_2_0.category(letter)[0] in LETTERS
    )
