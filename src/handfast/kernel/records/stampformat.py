"""Stamp formats: what `iso` and the strptime directives accept, as patterns over a stamp's shape.

A shape is the stamp with every digit written as 0, so one match serves all stamps of the same shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from handfast.kernel.records.refusals import MappingRefused

ISO = "iso"
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_OFFSET = r"(?P<z>[Zz]|[+-]00(?::?00)?)"
_ISO = re.compile(
    (
        r"(?P<Y>0{4})-(?P<m>00)-(?P<d>00)[Tt ](?P<H>00):(?P<M>00)"
        r"(?::(?P<S>00)(?:[.,](?P<f>0{1,9}))?)?(?: ?" + _OFFSET + r"| UTC(?P<utc>))?"
    ).encode()
)
_TWO_DIGITS = frozenset("mdHIMSy")
_DIGITS = _TWO_DIGITS | {"Y", "f"}
_WORDS = {
    "b": "|".join(name[:3] for name in MONTHS),
    "B": "|".join(MONTHS),
    "p": "am|pm",
}


@dataclass(frozen=True, slots=True)
class StampFormat:
    """A format that was understood: the pattern of its shapes, and whether a stamp can carry its offset."""

    written: str
    pattern: re.Pattern[bytes]
    is_with_offset: bool


@lru_cache(maxsize=256)
def format_named(written: str) -> StampFormat:
    """`iso`, or strptime directives; English month names whatever the locale of the machine."""
    if written == ISO:
        return StampFormat(ISO, _ISO, is_with_offset=True)
    parts = _parts(written)
    directives = [text for is_directive, text in parts if is_directive]
    _check(written, directives)
    pattern = "".join(
        _directive(text, parts, place) if is_directive else re.escape(text)
        for place, (is_directive, text) in enumerate(parts)
    )
    return StampFormat(written, re.compile(pattern.encode(), re.IGNORECASE), "z" in directives)


def _parts(written: str) -> list[tuple[bool, str]]:
    """The format cut into (is a directive, letter or literal text)."""
    parts: list[tuple[bool, str]] = []
    place = 0
    while place < len(written):
        letter = written[place]
        if letter == "%":
            directive = written[place + 1 : place + 2]
            if directive not in _DIGITS and directive not in _WORDS and directive != "z":
                raise MappingRefused(
                    f"format {written!r}: %{directive} is not read; write 'iso' or %Y %y %m %d %b %B %H %I %p %M %S %f %z"
                )
            parts.append((True, directive))
            place += 2
            continue
        if letter.isdigit():
            raise MappingRefused(
                f"format {written!r}: the digit {letter} cannot stand for itself; write directives"
            )
        parts.append((False, letter))
        place += 1
    return parts


def _check(written: str, directives: list[str]) -> None:
    for wanted, said in (("Yy", "a year, %Y"), ("mbB", "a month, %m"), ("d", "a day, %d")):
        if len([letter for letter in directives if letter in wanted]) != 1:
            raise MappingRefused(
                f"format {written!r}: exactly one of each is needed: {said} is missing or stands twice"
            )
    if len(set(directives)) != len(directives) or {"H", "I"} <= set(directives):
        raise MappingRefused(f"format {written!r}: a directive stands twice")
    if ("I" in directives) != ("p" in directives):
        raise MappingRefused(f"format {written!r}: %I and %p (hours of twelve, AM or PM) go together")
    for fine, coarse in (("M", "HI"), ("S", "M"), ("f", "S")):
        if fine in directives and not set(coarse) & set(directives):
            raise MappingRefused(f"format {written!r}: %{fine} needs %{coarse[0]}")


def _directive(letter: str, parts: list[tuple[bool, str]], place: int) -> str:
    if letter == "z":
        return _OFFSET
    if letter in _WORDS:
        return f"(?P<{letter}>{_WORDS[letter]})"
    if letter == "Y":
        return "(?P<Y>0{4})"
    if letter == "f":
        return "(?P<f>0{1,9})"
    beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
    # Digits that touch digits would leave the border to a guess: both are then written in full.
    is_touching = any(is_directive and text in _DIGITS for is_directive, text in beside)
    return f"(?P<{letter}>00)" if is_touching or letter == "y" else f"(?P<{letter}>0{{1,2}})"
