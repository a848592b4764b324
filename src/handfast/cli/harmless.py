r"""What others wrote, as a terminal may show it: what would move, colour or turn the text is told as `\x1b`.

A record's id, an event's name and a note come from files of the other side. An escape sequence in them could hide a
line, and a sign that turns the direction of writing could swap two figures.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, RenderableType
    from rich.text import Text

# Control characters with their second block, line separators, marks and overrides of direction, halves of characters.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """One line of text in which nothing acts: an end of line too is told and not done."""
    return _HARMFUL.sub(_told, text)


def harmless_lines(text: str) -> str:
    """The same for a text of our own that has several lines."""
    return "\n".join(map(harmless, text.split("\n")))


def json_text(plain: Any) -> str:
    """JSON in one line; what would act on a terminal is escaped, and read back it is what it was."""
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(plain, ensure_ascii=False))


def _told(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


class Terminal(Console):
    """A console on which only our own styles and line ends act."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(harmless(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(harmless_lines(segment.text), segment.style)
