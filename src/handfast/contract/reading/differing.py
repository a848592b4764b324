"""Two versions side by side: the lines that differ, and the day from which they say something else."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.contract.reading.texts import read_text
from handfast.kernel.servicelevels.amendments import split
from handfast.kernel.servicelevels.terms import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

CONTEXT_LINES = 3
MOST_LINES = 4_000


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of both texts, or of one: `kind` says which; numbers count from 1, None where it is not."""

    kind: Literal["same", "added", "taken", "skipped"]
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The changed lines with those around them; whatever is left out is said."""

    lines: tuple[DiffLine, ...]
    added: int
    taken: int
    is_cut: bool = False


def difference(before: str, after: str) -> Difference:
    """Line by line, with three lines around each change."""
    old, new = before.splitlines(), after.splitlines()
    groups = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > MOST_LINES).get_grouped_opcodes(
        CONTEXT_LINES
    )
    found: list[DiffLine] = []
    end = 0
    for group in groups:
        if group[0][1] > end:
            found.append(DiffLine("skipped", None, None, f"{group[0][1] - end:,} lines alike"))
        for code in group:
            found.extend(_lines(code, old, new))
        end = group[-1][2]
    if found and end < len(old):
        found.append(DiffLine("skipped", None, None, f"{len(old) - end:,} lines alike"))
    added = sum(line.kind == "added" for line in found)
    taken = sum(line.kind == "taken" for line in found)
    return Difference(tuple(found[:MOST_LINES]), added, taken, len(found) > MOST_LINES)


def _lines(code: tuple[str, int, int, int, int], old: list[str], new: list[str]) -> Iterator[DiffLine]:
    tag, old_from, old_to, new_from, new_to = code
    if tag == "equal":
        for place, text in enumerate(old[old_from:old_to]):
            yield DiffLine("same", old_from + place + 1, new_from + place + 1, text)
        return
    for place, text in enumerate(old[old_from:old_to], old_from + 1):
        yield DiffLine("taken", place, None, text)
    for place, text in enumerate(new[new_from:new_to], new_from + 1):
        yield DiffLine("added", None, place, text)


def says_the_same(before: str, after: str) -> bool:
    """Whether two texts mean the same terms: comments and spacing change nothing."""
    return read_text(before)[0].digest == read_text(after)[0].digest


def differs_from(before: str | None, after: str) -> date:
    """The first day from which `after` says something else than `before`.

    Its start where the terms themselves were changed, else the day of the first amendment that differs.
    """
    terms, document = read_text(after)
    if before is None:
        return terms.first.effective.first
    _, earlier = read_text(before)
    old_amendments, old_base = split(earlier)
    new_amendments, new_base = split(document)
    if digest_of(old_base.content) != digest_of(new_base.content):
        return min(terms.first.effective.first, read_text(before)[0].first.effective.first)
    for place, amendment in enumerate(new_amendments):
        if place >= len(old_amendments):
            return amendment.first
        if amendment != old_amendments[place]:
            return min(amendment.first, old_amendments[place].first)
    if len(old_amendments) > len(new_amendments):
        return old_amendments[len(new_amendments)].first
    return terms.first.effective.first
