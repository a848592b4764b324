"""An organisation's own template: its text read as a whole, or refused with the line and what to do."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import DocumentRefused, parsed, read_document
from handfast.transition.reading.template_format import WrittenLightTemplate, WrittenTemplate
from handfast.transition.reading.templates import shipped_text, template_from, template_of
from handfast.transition.refusals import TemplateFileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.document import Document, Path
    from handfast.transition.reading.templates import Template

MOST_BYTES, MOST_ACTIVITIES, MOST_SHOWN = 300_000, 1000, 20
FIELD = "file"


def sha256_of(text: str) -> str:
    """By which a text is told from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_sha256(size: str) -> str:
    """The digest of the template as this release ships it."""
    return sha256_of(shipped_text(f"transition_{size}"))


def text_in(content: bytes, name: str) -> str:
    """The text of a file that was sent, without a byte order mark. Raises TemplateFileRefused."""
    if len(content) > MOST_BYTES:
        raise _refused(f"{name}: {len(content):,} bytes; a template has at most {MOST_BYTES:,}: shorten it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise _refused(f"{name}, line {line}: this is not UTF-8: save the file as UTF-8 text") from wrong


def read_template(text: str, *, name: str, size: str) -> Template:
    """The template that a text says. Raises TemplateFileRefused with every fault that was found, each with its line."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _refused(f"{name}: a template has at most {MOST_BYTES:,} bytes: shorten it")
    return _read(text, name, size)


@lru_cache(maxsize=32)
def _read(text: str, name: str, size: str) -> Template:
    try:
        document = read_document(text, name=name)
        _check_head(document, size)
        parsed(WrittenLightTemplate if size == "light" else WrittenTemplate, document)
    except DocumentRefused as wrong:
        raise _refused(str(wrong)) from wrong
    if faults := list(_faults(document)):
        more = [f"{name}: and {len(faults) - MOST_SHOWN} more"] if len(faults) > MOST_SHOWN else []
        raise _refused(
            "\n".join([f"{document.where(at)}: {said}" for at, said in faults[:MOST_SHOWN]] + more)
        )
    return template_from(document.content)


def _check_head(document: Document, size: str) -> None:
    """That it is a template at all, and of the size that it was kept as."""
    said = document.content
    if not isinstance(said, dict) or said.get("content") != "transition_template":
        raise _refused(
            f"{document.name}, line 1: content: write transition_template; download the template and edit that file"
        )
    if said.get("size") != size:
        at = document.where(("size",))
        raise _refused(f"{at}: size: this template is {size}: leave it so, or keep one of the other size")


def _faults(document: Document) -> Iterator[tuple[Path, str]]:
    """What no key says alone: names that stand twice, that nobody knows, and rings."""
    said = document.content
    steps = _steps_of(said)
    yield from _twice([(("steps", at, "key"), one["key"]) for at, one in steps], "step")
    yield from _twice([(("steps", at, "number"), str(int(one["number"]))) for at, one in steps], "number")
    known = {one["key"] for _, one in steps} or {one.key for one in template_of("standard").steps}
    activities = list(_activities_of(said))
    if len(activities) > MOST_ACTIVITIES:
        yield (), f"{len(activities):,} activities; a template has at most {MOST_ACTIVITIES:,}"
        return
    yield from _twice([((*at, "id"), one["id"]) for at, one in activities], "activity")
    for at, one in activities:
        if "step" in one and one["step"] not in known:
            yield (
                (*at, "step"),
                f"step: there is no step {one['step']!r}: write one of {', '.join(sorted(known))}",
            )
    for place, wave in enumerate(said.get("waves") or []):
        for number, key in enumerate(wave.get("steps") or []):
            if key not in known:
                yield ("waves", place, "steps", number), f"steps: there is no step {key!r} in this template"
    yield from _link_faults(activities)


def _link_faults(activities: list[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Path, str]]:
    places = {one["id"]: at for at, one in activities}
    waits: dict[str, set[str]] = {}
    is_whole = True
    for at, one in activities:
        seen: set[tuple[str, str]] = set()
        for number, link in enumerate(one["after"]):
            here, before = (*at, "after", number, "activity"), link["activity"]
            if before not in places:
                is_whole = False
                yield (
                    here,
                    f"after: there is no activity {before!r} in this template: write the id of one that is",
                )
            elif (before, link["link"]) in seen:
                yield here, f"after: it waits for {before!r} by {link['link']} twice: leave one out"
            seen.add((before, link["link"]))
            waits.setdefault(one["id"], set()).add(before)
    if not is_whole:
        return
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as ring:
        keys = list(reversed(ring.args[1]))
        yield (
            (*places[keys[0]], "after"),
            f"after: a ring of waiting: {' waits for '.join(keys)}: leave one link out",
        )


def _steps_of(said: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(said.get("steps") or []))


def _activities_of(said: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for at, one in enumerate(said.get("activities") or []):
        yield ("activities", at), one
    for place, step in _steps_of(said):
        for at, one in enumerate(step["activities"]):
            yield ("steps", place, "activities", at), one


def _twice(written: list[tuple[Path, str]], what: str) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for at, key in written:
        if key in seen:
            yield at, f"{at[-1]}: the {what} {key!r} stands twice: name one of them otherwise"
        seen.add(key)


def _refused(said: str) -> TemplateFileRefused:
    return TemplateFileRefused(said, [(FIELD, said)])
