"""Where the project's files are: what git knows or would take, and the Python among them."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "handfast"
CODE_FOLDERS = ("src", "tests", "tools", "benchmarks")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: where it stands in the repository, its text, and what it says."""

    place: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text, self.place)

    def at(self, node: ast.AST, said: str) -> str:
        """A fault with its place, as editors understand it."""
        return f"{self.place}:{getattr(node, 'lineno', 1)}: {said}"


@cache
def _parsed(text: str, place: str) -> ast.Module:
    """Parsed once, so that every look at a source sees the same nodes."""
    return ast.parse(text, filename=place)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files below the folders named, or below all folders that hold code; Django writes the migrations."""
    tops = [ROOT / folder for folder in folders or CODE_FOLDERS]
    paths = (path for top in tops for path in top.rglob("*.py") if path.parent.name != "migrations")
    return tuple(Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted(paths))


def texts(suffix: str) -> tuple[tuple[Path, str], ...]:
    """The texts of all files that git keeps with this ending."""
    return tuple((path, path.read_text("utf-8")) for path in tracked_files() if path.suffix == suffix)
