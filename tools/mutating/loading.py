"""Loads the modules of the house with their switches, in the process of the tests and in every process that they start."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mutating.guards import PACKAGE, is_guarded, with_switches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

SITE = """
import sys
sys.path.insert(0, {root!r})
try:
    from tools.mutating.loading import switch_on
finally:
    sys.path.remove({root!r})
switch_on()
"""


class Switched(SourceFileLoader):
    """Compiles a module with a switch at each of its guards; keeps no bytecode."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        place = _place(path)
        text = Path(path).read_text("utf-8")
        return compile(with_switches(text, place), path, "exec", dont_inherit=True)


class Finder(PathFinder):
    """Finds the modules of the house, and leaves all others to those who come after."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("handfast."):
            return None
        spec = super().find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not is_guarded(_place(spec.origin)):
            return None
        spec.loader = Switched(fullname, spec.origin)
        return spec


def _place(path: str) -> str:
    """The path as it stands in the repository."""
    _, found, rest = path.rpartition(f"/{PACKAGE}")
    return f"{PACKAGE}{rest}" if found else path


def switch_on() -> None:
    """From now on the house is loaded with its switches."""
    if Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)
