"""Amendments: dated changes to terms, each a merge patch over the version before it."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from handfast.kernel.document import Document, Path, parsed
from handfast.kernel.written_values import Day, Text, Written

UNCHANGEABLE = ("agreement", "zone", "effective", "sources", "rules", "amendments")


class Amendment(Written):
    """A change from a day on, written as a merge patch: what it names is replaced, null takes away."""

    first: Day = Field(alias="from")
    name: Text
    change: dict[str, Any] = Field(min_length=1)

    @model_validator(mode="after")
    def _leaves_the_frame(self) -> Amendment:
        for key in self.change:
            if key in UNCHANGEABLE:
                raise ValueError(f"an amendment cannot change {key}: that is another agreement")
        return self


class _Amendments(Written):
    amendments: tuple[Amendment, ...] = ()


def split(document: Document) -> tuple[tuple[Amendment, ...], Document]:
    base = {key: value for key, value in document.content.items() if key != "amendments"}
    only = {key: value for key, value in document.content.items() if key == "amendments"}
    read = parsed(_Amendments, Document(document.name, only, document.lines))
    return read.amendments, Document(document.name, base, document.lines)


def amended(before: Document, document: Document, place: int) -> Document:
    at: Path = ("amendments", place, "change")
    lines = dict(before.lines)
    content = _merged(
        before.content, document.content["amendments"][place]["change"], (at, ()), document, lines
    )
    return Document(document.name, content, lines)


def _merged(old: Any, new: Any, places: tuple[Path, Path], document: Document, lines: dict[Path, int]) -> Any:
    """`new` laid over `old`; `places` are where it is written and where it goes, so that lines stay true."""
    at, to = places
    if not isinstance(new, dict):
        _move(places, document, lines)
        return new
    merged = dict(old) if isinstance(old, dict) else {}
    lines[to] = document.line_of(at)
    for key, value in new.items():
        inner = ((*at, key), (*to, key))
        if value is None:
            merged.pop(key, None)
            _move(inner, document, lines)
        else:
            merged[key] = _merged(merged.get(key), value, inner, document, lines)
    return merged


def _move(places: tuple[Path, Path], document: Document, lines: dict[Path, int]) -> None:
    """What stood at the second place now stands, or was taken away, where the first is written."""
    at, to = places
    for path in [path for path in lines if path[: len(to)] == to]:
        del lines[path]
    for path, line in document.lines.items():
        if path[: len(at)] == at:
            lines[(*to, *path[len(at) :])] = line
