"""The status glyph and the words of a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

VERDICTS = {
    "met": ("met", "Met"),
    "below expected": ("risk", "Below expected"),
    "missed": ("missed", "Missed"),
    "no data": ("no-data", "No data"),
    "too few": ("open", "Too few"),
    "rolled forward": ("not-yet", "Rolled forward"),
    "measured": ("open", "Measured"),
}


def status_of(level: Mapping[str, Any]) -> str:
    """The name of the status glyph of a level in a statement's body."""
    return VERDICTS[level["verdict"]][0]


def verdict_words(level: Mapping[str, Any]) -> str:
    """The chip's words; a figure that one side attests and nothing judges is reported, never measured."""
    if level["verdict"] == "measured" and level["reported_by"]:
        return "Reported"
    return VERDICTS[level["verdict"]][1]
