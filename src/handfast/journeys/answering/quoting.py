"""What is new in an answer: without the mail that it answers and without a signature; in doubt a line is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARKER = "Answer above this line"
LONGEST_SIGNATURE = 12
MOST_INTRODUCING = 3
A_PIECE = 20  # a line of ours that was broken anew: a shorter one could be somebody's own word
A_LINK = re.compile(r"<?https?://\S+")
A_NOTICE = re.compile(r"https?://\S+/(notices/[0-9a-f-]{36}|account/mail)/")
SIGNATURE = ("--", "-- ")
A_HEADER = re.compile(r"^\W*[^\W\d_][\w -]{1,20}\W{0,3}:\W*\s?\S")
A_RULE = re.compile(r"^\s*[-_=*\s]*(original message)?[-_=*\s]*$", re.IGNORECASE)


def new_words(text: str, ours: str, marks: Sequence[str]) -> str:
    """The answer without our own mail `ours` in it; `marks` are addresses that only a mail program's introduction names."""
    lines = text.split("\n")
    found = next((place for place, line in enumerate(lines) if MARKER in _bare(line)), None)
    if found is not None:
        lines = _without_introduction(lines[:found], marks) + _not_ours(lines[found:], ours)
    return "\n".join(line.rstrip() for line in _without_signature(lines)).strip()


def _bare(line: str) -> str:
    """Without the mark of a quotation, and without links."""
    return " ".join(A_LINK.sub("", line.lstrip("> \t")).split())


def _not_ours(below: Iterable[str], ours: str) -> list[str]:
    """What somebody wrote among or below the lines of our mail: neither quoted nor ours, as it stands or broken anew."""
    known, whole = _bare(ours), {_bare(line) for line in ours.split("\n")}
    own, run = [""], ""
    for line in below:
        bare = _bare(line)
        is_ours = bare in whole or (len(bare) >= A_PIECE and bare in known)
        is_ours = is_ours or (bool(run) and f"{run} {bare}" in known)
        if line.lstrip().startswith(">") or (is_ours and bare) or A_NOTICE.search(line):
            run = f"{run} {bare}" if run and f"{run} {bare}" in known else bare
        else:
            own.append(line)
    return own if any(one.strip() for one in own) else []


def _without_introduction(above: list[str], marks: Sequence[str]) -> list[str]:
    """Without what a mail program writes before the mail that it quotes: `On … wrote:`, or that mail's headers."""
    kept = list(above)
    while kept and not _bare(kept[-1]):
        kept.pop()
    last = "\n".join(kept[-MOST_INTRODUCING:])
    if kept and kept[-1].rstrip().endswith(":") and _names(last, marks):
        count = next(n for n in range(1, MOST_INTRODUCING + 1) if _names("\n".join(kept[-n:]), marks))
        return kept[: -_opening(kept, count)]
    heads = 0
    while heads < len(kept) and A_HEADER.match(kept[-1 - heads]):
        heads += 1
    if heads > 1 and _names("\n".join(kept[-heads:]), marks):
        kept = kept[:-heads]
        while kept and A_RULE.match(kept[-1]):
            kept.pop()
    return kept


def _opening(kept: Sequence[str], count: int) -> int:
    """How many lines an introduction has: from the one with our address up to an empty one, where that is near."""
    for more in range(count, min(MOST_INTRODUCING, len(kept)) + 1):
        if more == len(kept) or not kept[-1 - more].strip():
            return more
    return count


def _names(text: str, marks: Sequence[str]) -> bool:
    return any(one and one.casefold() in text.casefold() for one in marks)


def _without_signature(lines: list[str]) -> list[str]:
    """Without what stands below the line that every mail program knows, where that is as short as a signature."""
    places = [place for place, line in enumerate(lines) if line in SIGNATURE]
    if places and len(lines) - places[-1] <= LONGEST_SIGNATURE:
        return lines[: places[-1]]
    return lines
