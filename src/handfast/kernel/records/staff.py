"""Numbers in the place of people's names: the same name is the same number under one key, and no number tells its name."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.records import arrow
from handfast.kernel.records.gathering import Coded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.records.gathering import Gathered

DIGITS = 12  # ten thousand people share a number once in twenty thousand engagements


def written_alike(name: str) -> str:
    """A name as it is told apart: letter forms, capitals and the width of gaps say nothing; accents do."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def staff_number(name: str, key: bytes) -> str | None:
    """`4821-0709-3344` for a name; none for a cell of blanks. Without the key nobody finds the one from the other."""
    plain = written_alike(name)
    if not plain:
        return None
    digest = hmac.digest(key, plain.encode(), hashlib.sha256)
    digits = f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}d}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def with_numbers(gathered: Gathered, columns: Iterable[str], key: bytes) -> Gathered:
    """The same rows with numbers in these columns; before repeated events are looked for, so that spelling makes none."""
    return replace(
        gathered,
        texts=gathered.texts | {column: _numbered(gathered.texts[column], key) for column in columns},
    )


def _numbered(names: Coded, key: bytes) -> Coded:
    numbers = [staff_number(name, key) for name in names.values.to_pylist()]
    distinct = sorted({number for number in numbers if number is not None})
    rank = {number: place for place, number in enumerate(distinct)}
    # The last place is that of a missing cell, whose rank is -1.
    ranks = np.array([-1 if number is None else rank[number] for number in [*numbers, None]], np.int32)
    return Coded(ranks[names.ranks], arrow.texts(distinct))
