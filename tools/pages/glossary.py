"""Makes docs/glossary.md from the terms in docs/glossary.yaml."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML

MADE_FROM = "docs/glossary.yaml"


def glossary_page(written: str) -> str:
    """The glossary in the order of the alphabet: one heading a term, so that other pages can link to it."""
    content = YAML(typ="safe").load(written)
    terms = sorted(content["terms"], key=lambda term: term["term"].casefold())
    lines = [
        "# Glossary",
        "",
        f"The words of the field, {len(terms)} terms in our own words, with the words that people also use.",
        "Made by `make docs` from [glossary.yaml](glossary.yaml); edit that file, not this page.",
        "Each organisation chooses which word it is shown for client and provider.",
        "",
    ]
    for term in terms:
        lines += _entry(term)
    lines += ["## Sources", "", *(f"- {source}" for source in content["sources"])]
    return "\n".join(lines) + "\n"


def _entry(term: dict[str, Any]) -> list[str]:
    lines = [f"## {term['term']}", "", _sentence(term["definition"])]
    if also := term.get("also"):
        lines.append(f"Also: {', '.join(also)}.")
    if note := term.get("note"):
        lines.append(f"Note: {_sentence(note)}")
    lines += [f"Source: {_sentence(term['source'])}", ""]
    return lines


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
