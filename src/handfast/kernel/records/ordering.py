"""The canonical order of rows, and which rows repeat the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.records.arrow import Flags, Int64s

    Keys = Sequence[Any]

# The first keys (record and instant) settle nearly every pair; only what they leave open is sorted by all.
LEADING = 2


def canonical_order(keys: Keys) -> Int64s:
    """The places of the rows in order of the keys, the most significant first."""
    rows = len(keys[0])
    order = _order_by(keys[:LEADING])
    alike = _is_repeat(keys[:LEADING], order)
    if len(keys) <= LEADING or not alike.any():
        return order
    open_places = alike.copy()
    open_places[:-1] |= alike[1:]
    positions = np.flatnonzero(open_places) if not open_places.all() else np.arange(rows)
    rows_open = order[positions]
    inner = np.lexsort(tuple(key[rows_open] for key in reversed(keys)))
    order[positions] = rows_open[inner]
    return order


def _order_by(keys: Keys) -> Int64s:
    if _is_sorted(keys):
        return np.arange(len(keys[0]), dtype=np.int64)
    return np.lexsort(tuple(reversed(keys))).astype(np.int64, copy=False)


def _is_sorted(keys: Keys) -> bool:
    still_equal = np.ones(max(len(keys[0]) - 1, 0), np.bool_)
    for key in keys:
        if (still_equal & (key[1:] < key[:-1])).any():
            return False
        still_equal &= key[1:] == key[:-1]
    return True


def _is_repeat(keys: Keys, order: Int64s) -> Flags:
    repeats = np.zeros(len(order), np.bool_)
    if len(order):
        repeats[1:] = True
    for key in keys:
        placed = key[order]
        repeats[1:] &= placed[1:] == placed[:-1]
    return repeats


def repeats_of(keys: Keys) -> Flags:
    """Which rows, already in order, equal the row before in every key."""
    rows = len(keys[0])
    repeats = np.ones(rows, np.bool_)
    repeats[:1] = False
    for key in keys:
        repeats[1:] &= key[1:] == key[:-1]
    return repeats


def distinct_sorted(codes: Any) -> int:
    """How many distinct numbers a sorted column holds."""
    return int(len(codes) > 0) + int((codes[1:] != codes[:-1]).sum())
