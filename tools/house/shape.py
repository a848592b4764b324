"""How files and functions are built: sizes, names, the opening sentence, and reasons beside every silenced check."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.house.tree import Source

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = frozenset(
    {"base", "common", "core", "helper", "helpers", "misc", "service", "services", "util", "utils"}
)
NAMED_BY_DJANGO = frozenset(
    {"src/handfast/foundation/walled/base.py"}
)  # a database backend is looked up by this name
_SILENCED = re.compile(r"#\s*(noqa\b|type:\s*ignore\b|pragma:\s*no cover\b)", re.IGNORECASE)
_CODED = re.compile(r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\]|pragma:\s*no cover)")
_REASON = re.compile(r"\s*(-|#)\s*\w+")


def size_faults(source: Source) -> list[str]:
    """A file of over 400 lines or a function of over 60."""
    lines = source.text.count("\n")
    faults = [f"{source.place}:1: {lines} lines; at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                faults.append(source.at(node, f"{node.name} has {length} lines; at most {LONGEST_FUNCTION}"))
    return faults


def name_faults(source: Source) -> list[str]:
    """A module or package whose name says nothing about what is in it."""
    if source.place in NAMED_BY_DJANGO:
        return []
    path = PurePosixPath(source.place).with_suffix("")
    return [
        f"{source.place}:1: the name {part!r} says nothing about what is in it: name the job"
        for part in path.parts
        if part.lstrip("_") in NAMES_THAT_SAY_NOTHING
    ]


def opening_faults(source: Source) -> list[str]:
    """A module that does not open with one sentence."""
    said = ast.get_docstring(source.tree)
    if not said:
        return [f"{source.place}:1: a module opens with one sentence that says what it is"]
    first = said.split("\n\n")[0].strip()
    return (
        [] if first.endswith((".", "?", "!", ":")) else [f"{source.place}:1: the opening sentence has no end"]
    )


def silence_faults(source: Source) -> list[str]:
    """A check that is silenced without naming which one, or without the reason.

    The reason stands behind the code, or in a comment above; silenced lines that follow each other share it.
    """
    faults = []
    lines = source.text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type != tokenize.COMMENT or not (silenced := _SILENCED.search(token.string)):
            continue
        where = f"{source.place}:{token.start[0]}"
        coded = _CODED.match(token.string, silenced.start())
        if coded is None:
            faults.append(f"{where}: say which check is silenced: {token.string}")
        elif not (_REASON.match(token.string, coded.end()) or _has_reason_above(lines, token.start[0])):
            faults.append(f"{where}: say why, as in `# noqa: X123 - the reason`: {token.string}")
    return faults


def _has_reason_above(lines: list[str], number: int) -> bool:
    above = number - 2
    while above >= 0 and _SILENCED.search(lines[above]):
        above -= 1
    return above >= 0 and lines[above].lstrip().startswith("#")
