"""Below how many answers nothing is shown of a group, and which groups are put together so that none can be reckoned out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 5


def shown_groups(counts: Mapping[str, int]) -> tuple[tuple[str, ...], int]:
    """The groups that are shown by themselves, and how many answers all others have together.

    What is not shown is the whole less what is shown: so the others have none, or at least five. While they have fewer,
    the smallest that is shown joins them. Whoever has no group is among the others.
    """
    shown = sorted(
        (one for one, count in counts.items() if one and count >= FEWEST), key=lambda one: (-counts[one], one)
    )
    others = sum(count for one, count in counts.items() if one not in shown)
    while shown and 0 < others < FEWEST:
        others += counts[shown.pop()]
    return tuple(sorted(shown)), others
