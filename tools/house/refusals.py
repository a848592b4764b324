"""Every foreseen refusal of the package, read from its classes: code, meaning, and whether a test raises it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.house.tree import Source

ROOT_CLASS = "Refusal"
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RefusalClass:
    """One subclass of Refusal as it is written."""

    name: str
    code: str | None
    meaning: str
    place: str
    line: int


def refusal_classes(sources: Iterable[Source]) -> list[RefusalClass]:
    """All classes below Refusal, in the order of their codes."""
    written = {
        node.name: (source, node)
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    }
    below = {ROOT_CLASS}
    while grown := {name for name, (_, node) in written.items() if _bases(node) & below} - below:
        below |= grown
    found = [_read(*written[name]) for name in below - {ROOT_CLASS}]
    return sorted(found, key=lambda refusal: (refusal.code or "", refusal.name))


def _bases(node: ast.ClassDef) -> set[str]:
    return {base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases}


def _read(source: Source, node: ast.ClassDef) -> RefusalClass:
    code = None
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            code = str(statement.value.value) if "code" in names else code
    meaning = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return RefusalClass(node.name, code, meaning, source.place, node.lineno)


def code_faults(refusals: Iterable[RefusalClass]) -> list[str]:
    """A refusal without an own code in kebab-case, without its meaning, or with another's code."""
    faults = []
    owner: dict[str, str] = {}
    for refusal in refusals:
        where = f"{refusal.place}:{refusal.line}: {refusal.name}"
        if not refusal.meaning:
            faults.append(f"{where} does not say what is refused: write its docstring")
        if refusal.code is None:
            faults.append(f"{where} has no code of its own")
        elif not _KEBAB.fullmatch(refusal.code):
            faults.append(f"{where}: the code {refusal.code!r} is not kebab-case")
        elif refusal.code in owner:
            faults.append(f"{where}: the code {refusal.code!r} belongs to {owner[refusal.code]}")
        else:
            owner[refusal.code] = refusal.name
    return faults


def unraised(refusals: Iterable[RefusalClass], tests: Iterable[Source]) -> list[str]:
    """Refusals that no test names, neither by class nor by code."""
    said = "\n".join(test.text for test in tests)
    words = set(re.findall(r"[\w-]+", said))
    return [
        f"{refusal.place}:{refusal.line}: no test raises {refusal.name} ({refusal.code})"
        for refusal in refusals
        if refusal.name not in words and refusal.code not in words
    ]
