"""Gathering a file chunk by chunk: stamps and numbers read at once, texts coded at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.records import arrow
from handfast.kernel.records.exact import Numbers, numbers_of
from handfast.kernel.records.instants import Instants, Place, instants_of
from handfast.kernel.records.refusals import CellRefused, FileTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.records.arrow import Column, Int32s
    from handfast.kernel.records.needs import Needs

LONGEST_CELL_BYTES = 4_096
MOST_ROWS = 100_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: the mapped columns as text, and the cells that the file types as dates.

    A column of `dates` is a column of stamps, or of ISO 8601 text; where it has a cell, that cell counts.
    """

    rows: int
    columns: dict[str, Column]
    dates: dict[str, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts as ranks among their sorted distinct values; -1 is missing."""

    ranks: Int32s
    values: Column


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the mapping needs of one file, row by row; row numbers start at `first_row`."""

    file: str
    first_row: int
    rows: int
    stamps: dict[str, Instants]
    numbers: dict[str, Numbers]
    texts: dict[str, Coded]


def gather(chunks: Iterable[Chunk], needs: Needs, *, file: str, first_row: int) -> Gathered:
    """Read all chunks by the needs of a mapping; the first cell that cannot be read is refused."""
    rows = 0
    stamps: dict[str, list[Instants]] = {rule.key: [] for rule in needs.stamps}
    numbers: dict[str, list[Numbers]] = {rule.key: [] for rule in needs.numbers}
    texts: dict[str, list[Column]] = {column: [] for column in needs.texts}
    for chunk in chunks:
        base = first_row + rows
        _check_sizes(chunk, file, base)
        for stamp in needs.stamps:
            place = Place(file, base, stamp.column)
            text = arrow.as_plain_text(chunk.columns[stamp.column])
            stamps[stamp.key].append(instants_of(text, chunk.dates.get(stamp.column), stamp, place))
        for number in needs.numbers:
            place = Place(file, base, number.column)
            numbers[number.key].append(
                numbers_of(arrow.as_plain_text(chunk.columns[number.column]), number, place)
            )
        for column in needs.texts:
            texts[column].append(chunk.columns[column])
        rows += chunk.rows
        if rows > MOST_ROWS:
            raise FileTooLarge(f"{file}: more than {MOST_ROWS:,} rows; split the export")
    return Gathered(
        file,
        first_row,
        rows,
        {key: _joined_instants(parts) for key, parts in stamps.items()},
        {key: _joined_numbers(parts) for key, parts in numbers.items()},
        {column: Coded(*arrow.coded(parts)) for column, parts in texts.items()},
    )


def _check_sizes(chunk: Chunk, file: str, base: int) -> None:
    for column, cells in chunk.columns.items():
        longest, place = arrow.longest_cell(cells)
        if longest > LONGEST_CELL_BYTES:
            row = arrow.row_of_longest(cells, place)
            raise CellRefused(
                file,
                base + row,
                column,
                f"{longest:,} bytes; a mapped cell has at most {LONGEST_CELL_BYTES:,}",
            )


def _joined_instants(parts: list[Instants]) -> Instants:
    if not parts:
        return Instants(np.zeros(0, np.int64), np.zeros(0, np.bool_))
    return Instants(
        np.concatenate([part.instants_us for part in parts]), np.concatenate([part.present for part in parts])
    )


def _joined_numbers(parts: list[Numbers]) -> Numbers:
    if not parts:
        return Numbers(np.zeros(0, np.int64), np.zeros(0, np.bool_))
    return Numbers(
        np.concatenate([part.scaled for part in parts]), np.concatenate([part.present for part in parts])
    )
