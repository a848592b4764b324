"""Names beside each other: the one that was perhaps meant, and all of them as a list."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def near(name: str, among: Iterable[str]) -> str | None:
    """The name among others that was perhaps meant; capitals do not keep names apart."""
    lowered = {other.casefold(): other for other in sorted(among)}
    found = difflib.get_close_matches(name.casefold(), list(lowered), n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
