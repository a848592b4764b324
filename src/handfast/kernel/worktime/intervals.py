"""Sets of half-open intervals as two sorted arrays: put in order, cut, met and joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ends = NDArray[np.int64]


def merged(opens: Ends, closes: Ends) -> tuple[Ends, Ends]:
    """The same set, sorted, without empty intervals; intervals that touch or overlap become one."""
    real = closes > opens
    order = np.argsort(opens[real], kind="stable")
    opens, closes = opens[real][order], closes[real][order]
    if opens.size == 0:
        return opens, closes
    reach = np.maximum.accumulate(closes)
    begins = np.concatenate([[True], opens[1:] > reach[:-1]])
    ends = np.concatenate([begins[1:], [True]])
    return opens[begins], reach[ends]


def clipped(opens: Ends, closes: Ends, starts_us: int, ends_us: int) -> tuple[Ends, Ends]:
    """The part of a merged set inside `[starts_us, ends_us)`."""
    return merged(np.maximum(opens, starts_us), np.minimum(closes, ends_us))


def met(first: tuple[Ends, Ends], second: tuple[Ends, Ends]) -> tuple[Ends, Ends]:
    """What two merged sets have in common: where the count of open sets is two."""
    points = np.concatenate([first[0], second[0], first[1], second[1]])
    opened = first[0].size + second[0].size
    steps = np.concatenate([np.ones(opened, np.int64), -np.ones(opened, np.int64)])
    # Where intervals only touch, the order within the instant does not matter: what they share is empty.
    order = np.argsort(points, kind="stable")
    points, depth = points[order], np.cumsum(steps[order])
    both = depth[:-1] == 2  # noqa: PLR2004 - two sets meet where both are open
    return merged(points[:-1][both], points[1:][both])
