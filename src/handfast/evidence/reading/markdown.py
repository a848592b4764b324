"""A document's Markdown as a page shows it: plain CommonMark with tables, nothing that runs and nothing from elsewhere.

Every paragraph, heading, list item, table and block of code is a passage with a number, by which it is spoken of.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DEEPEST = 20
LEADS_AWAY = "nofollow noopener noreferrer"
OWN = re.compile(r"(?:#|/(?![/\\]))[^\\]*", re.DOTALL)
AWAY = re.compile(r"https://[^/\s]+|mailto:[^\s?]+@[^\s?]+\Z", re.IGNORECASE)
# No text can hold these: control characters are refused, and their entities are shown as unknown.
MARK = re.compile("\x02([0-9]+)\x03")
HIGHEST, LOWEST = 2, 6  # the page's own title is the one heading above


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, as the list of contents names it; `level` is as it is written, 1 the highest."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text that can be spoken of: its number, and its source."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML with a mark at each passage."""

    html: str
    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]

    def with_marks(self, told: Callable[[int], str]) -> str:
        """The HTML, at each passage what is told of its number: HTML too, made by the house."""
        return MARK.sub(lambda found: told(int(found[1])), self.html)


def is_safe_link(address: str) -> bool:
    """Whether a link may lead there: within the document, within this installation, to an encrypted page, by mail."""
    return bool(OWN.fullmatch(address) or AWAY.match(address))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    reader.validateLink = is_safe_link  # type: ignore[assignment, method-assign]  # the library's own way to say it
    return reader


READER = _reader()


@lru_cache(maxsize=32)
def rendered(text: str) -> Rendered:
    """The text as it is shown. What stands deeper than twenty levels is left out."""
    tokens, lines = READER.parse(text), text.split("\n")
    headings, passages, shown = [], list[Passage](), list[Token]()
    anchors: dict[str, int] = {}
    is_in_table = False
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        is_in_table = token.type == "table_open" or (is_in_table and token.type != "table_close")
        if token.type == "inline":
            _mend(token.children or ())
        if token.map and _is_passage(token, is_in_table=is_in_table):
            first, end = token.map
            passages.append(Passage(len(passages) + 1, "\n".join(lines[first:end]).strip()))
            mark = f"\x02{len(passages)}\x03"
            if token.type != "inline":
                shown.append(_ours("html_block", f'<div class="hf-passage-line">{mark}</div>'))
            elif before is not None and before.type == "heading_open":
                heading = _heading(before, token, anchors)
                headings.append(heading)
                before.attrs = {"id": heading.anchor}
                shown.insert(-1, _ours("html_block", f'<div class="hf-passage-line">{mark}</div>'))
            elif token.children is not None:
                token.children.insert(0, _ours("html_inline", mark))
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LOWEST, int(token.tag[1:]) + HIGHEST - 1)}"
        shown.append(token)
    html = READER.renderer.render(shown, READER.options, {})
    return Rendered(html, tuple(headings), tuple(passages))


def _is_passage(token: Token, *, is_in_table: bool) -> bool:
    return token.type in {"table_open", "fence", "code_block"} or (token.type == "inline" and not is_in_table)


def _ours(kind: str, html: str) -> Token:
    return Token(kind, "", 0, content=html)


def _heading(opens: Token, token: Token, anchors: dict[str, int]) -> Heading:
    """Its anchor is made of its words; of two that say the same the second is numbered."""
    text = "".join(_words(token.children or ()))
    slug = _slug(text)
    anchors[slug] = anchors.get(slug, 0) + 1
    if anchors[slug] > 1:
        slug = f"{slug}-{anchors[slug]}"
    level = len(opens.markup) if opens.markup.startswith("#") else 1 + (opens.markup == "-")
    return Heading(level, text, f"s-{slug}")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-")[:60] or "part"


def _words(children: Sequence[Token]) -> Iterator[str]:
    for one in children:
        if one.type in {"text", "code_inline"}:
            yield one.content
        elif one.type in {"softbreak", "hardbreak"}:
            yield " "


def _mend(children: Sequence[Token]) -> None:
    """Links that lead away vouch for nothing, those within find our anchors, and a picture is its words."""
    for one in children:
        if one.type == "link_open":
            address = str(one.attrs.get("href", ""))
            if AWAY.match(address):
                one.attrs["rel"] = LEADS_AWAY
            elif address.startswith("#"):
                one.attrs["href"] = f"#s-{address[1:].lower()}"
        elif one.type == "image":
            one.type, one.tag = "text", ""
            one.content, one.children = f"[picture: {one.content}]", None
