"""What a page of the house is never made of, whatever stands in its texts: the house itself writes none of it."""

from __future__ import annotations

from html.parser import HTMLParser

# No template has these; a page that does was written by somebody else.
FOREIGN_TAGS = frozenset({
    "iframe", "object", "embed", "base", "applet", "frame", "frameset", "audio", "video", "source", "animate", "math",
    "mtext", "x", "b",
})  # fmt: skip
ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "xlink:href", "data", "hx-get", "hx-post", "hx-put", "hx-delete", "poster",
})  # fmt: skip
LEADS_AWAY = "nofollow noopener noreferrer"
OURS = ("/", "#", "?", "mailto:", "otpauth:")
SCRIPTS = ("application/json", "application/ld+json")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in FOREIGN_TAGS or not tag.replace("-", "").replace(".", "").isalnum():
            self.faults.append(f"<{tag}>")
        if (
            tag == "script"
            and not told.get("src", "").startswith("/static/")
            and told.get("type") not in SCRIPTS
        ):
            self.faults.append(f"a script of its own: {told}")
        if tag == "link" and not told.get("href", "").startswith("/static/"):
            self.faults.append(f"a link elsewhere: {told}")
        if tag == "meta" and "http-equiv" in told and not told.get("content", "").isdigit():
            self.faults.append(f"a meta that acts: {told}")
        for name, value in told.items():
            self.words.append(value)
            if not (name == "href" and _is_meant_to_lead_away(tag, told)):
                self.faults += [f"<{tag}> {fault}" for fault in _faults_of(name, value)]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _is_meant_to_lead_away(tag: str, told: dict[str, str]) -> bool:
    """A link to what lives elsewhere, which somebody wrote as an address: it is encrypted, and vouches for nothing."""
    return tag == "a" and told.get("rel") == LEADS_AWAY and told["href"].startswith("https://")


def _faults_of(name: str, value: str) -> list[str]:
    if name.startswith(("on", "hx-on")) or not name.replace("-", "").replace(":", "").isalnum():
        return [f"the attribute {name!r}"]
    if name in ADDRESSES and value and (not value.startswith(OURS) or value.startswith("//")):
        return [f"leads to {value[:60]!r}"]
    return ["computes its values"] if name == "hx-vals" and value.lstrip().startswith("js:") else []


def faults_in(page: str) -> list[str]:
    """Elements, attributes and addresses that no template writes."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.faults


def words_in(page: str) -> str:
    """All that a person or a program reads in a page: its texts and the values of its attributes."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.words)
