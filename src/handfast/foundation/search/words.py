"""The words of a text as they are compared: small letters, Latin ones without their accents, nothing between them."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain

MOST_WORDS = 8
LONGEST_WORD = 40
# Where letters have cases and accents, and where the usual signs stand. All else is compared as it is written.
RANGES = ((0x1, 0x530), (0x1E00, 0x2070), (0x20A0, 0x20D0), (0x2100, 0x2C00), (0x3000, 0x3040))
BETWEEN = " "


@cache
def folding() -> dict[int, str]:
    """Each character of the ranges that is compared as another; an accent that stands by itself as nothing."""
    table = {}
    for code in chain.from_iterable(range(*one) for one in RANGES):
        if (folded := _folded(chr(code))) != chr(code):
            table[code] = folded
    return table


def _folded(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Mn":
        return ""
    if kind[0] not in "LN":
        return BETWEEN
    small = letter.casefold() if len(letter.casefold()) == 1 else letter.lower()[0]
    plain = unicodedata.normalize("NFD", small)[0]
    return plain if plain.isascii() else small


def words_of(text: str) -> list[str]:
    """All words of a text, folded."""
    return [one for one in text.translate(folding()).split() if any(letter.isalnum() for letter in one)]


def words_asked(text: str) -> tuple[str, ...]:
    """What somebody looks for: the first words, each once and not longer than a word is."""
    return tuple(dict.fromkeys(one[:LONGEST_WORD] for one in words_of(text)))[:MOST_WORDS]


def says(text: str, asked: tuple[str, ...]) -> bool:
    """Whether every word that is asked begins a word of the text: what the database answers, for the few that it need not keep."""
    words = words_of(text)
    return all(any(word.startswith(one) for word in words) for one in asked)
