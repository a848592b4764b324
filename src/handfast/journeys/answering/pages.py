"""The text of a mail that came as HTML alone."""

from __future__ import annotations

from html.parser import HTMLParser

UNSEEN = frozenset({"head", "script", "style", "title", "template"})
LINES = frozenset({"address", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"})  # fmt: skip


class _Reader(HTMLParser):
    """Gathers lines; what is quoted gets the mark of a quotation, as in plain mail."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.unseen = self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's signature
        self.unseen += tag in UNSEEN
        if tag in LINES:
            self._break()
        self.quoted += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        if tag in LINES and tag != "br":
            self._break()
        self.quoted = max(0, self.quoted - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        words = " ".join(data.split())
        before, after = data[:1].isspace(), data[-1:].isspace()
        line = self.lines[-1]
        if not line and words and self.quoted:
            line = "> "
        gap = " " if before and line and not line.endswith(" ") else ""
        self.lines[-1] = line + gap + words + (" " if after and words else "")

    def _break(self) -> None:
        self.lines.append("")


def text_of_html(page: str) -> str:
    """Its words, with the ends of lines where a reader sees them; at most one empty line between two others."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    kept: list[str] = []
    for line in reader.lines:
        tidy = line.rstrip()
        if tidy or (kept and kept[-1]):
            kept.append(tidy)
    return "\n".join(kept).strip()
