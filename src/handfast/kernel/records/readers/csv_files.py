"""Reading CSV and CSV.gz: blocks by pyarrow; where it stops, a slow walk that names the row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.gathering import Chunk
from handfast.kernel.records.readers.header import check_header
from handfast.kernel.records.refusals import CellRefused, FileDamaged, FileTooLarge, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.kernel.records.needs import Needs
    from handfast.kernel.records.readers.opened import SourceFile

FIRST_ROW = 2
BLOCK_BYTES = 8 << 20
LONGEST_HEADER = 1 << 20
LONGEST_LINE = BLOCK_BYTES


def read_csv(
    file: SourceFile, needs: Needs, on_progress: Callable[[int, int], None] | None
) -> Iterator[Chunk]:
    """The mapped columns, block by block."""
    check_header(_header(file, needs.delimiter), needs.columns, file.name, delimiter=needs.delimiter)
    stream = file.unpacked(on_progress)
    try:
        for columns in arrow_tables.csv_batches(stream, needs, BLOCK_BYTES):
            yield Chunk(len(next(iter(columns.values()))), columns)
    except (arrow.ArrowFault, UnicodeDecodeError) as fault:
        _name_fault(file, needs)
        said = str(fault).splitlines()[0][:200] if str(fault) else "no reason given"
        raise FileDamaged(f"{file.name}: not a CSV that can be read ({said}); export it again") from fault
    if stream.quotes % 2:
        # A quote that is never closed swallows all rows after it; a lone quote inside a cell is harmless.
        _name_fault(file, needs)


def _header(file: SourceFile, delimiter: str) -> list[str]:
    for _, cells in _records(file, delimiter, longest_line=LONGEST_HEADER):
        if any(_is_torn(cell) for cell in cells):
            raise FileDamaged(f"{file.name}, row 1: the header is not UTF-8; save the file as CSV in UTF-8")
        return cells
    raise FileDamaged(f"{file.name}: no header row; the first row must name the columns")


def _records(file: SourceFile, delimiter: str, *, longest_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with its row number (the header is row 1; blank lines are not counted)."""
    text = io.TextIOWrapper(
        io.BufferedReader(file.unpacked()), encoding="utf-8-sig", errors="surrogateescape", newline=""
    )
    row = 0
    try:
        for cells in csv.reader(_lines(text, longest_line, file.name), delimiter=delimiter, strict=True):
            if cells:
                row += 1
                yield row, cells
    except csv.Error as error:
        raise FileDamaged(
            f"{file.name}, row {row + 1}: a quote is opened and never closed, or text stands beside it ({error}); correct the quoting"
        ) from error
    finally:
        text.detach().detach()


def _lines(text: io.TextIOWrapper, longest: int, name: str) -> Iterator[str]:
    number = 0
    while line := text.readline(longest):
        number += 1
        if len(line) >= longest:
            raise FileTooLarge(f"{name}, line {number}: longer than {longest:,} characters; at most "
                               "16,384 columns are read, and cells of any length only up to that line")  # fmt: skip
        yield line


def _name_fault(file: SourceFile, needs: Needs) -> None:
    """Walk the file row by row and refuse the first row that is ragged or not UTF-8."""
    header: list[str] = []
    for row, cells in _records(file, needs.delimiter, longest_line=LONGEST_LINE):
        if not header:
            header = cells
        if len(cells) != len(header):
            raise FileDamaged(
                f"{file.name}, row {row}: {len(cells)} cells where the header names {len(header)} columns; "
                "quote cells that hold the delimiter or a line break"
            )
        for column, cell in zip(header, cells, strict=True):
            if column in needs.columns and _is_torn(cell):
                plain = cell.encode("utf-8", "surrogateescape").decode("latin-1")
                raise CellRefused(
                    file.name,
                    row,
                    column,
                    f"{shown(plain)} is not UTF-8; save the whole file as CSV in UTF-8",
                )


def _is_torn(cell: str) -> bool:
    """Whether a byte was no UTF-8 and was carried along as a surrogate."""
    return any("\udc80" <= letter <= "\udcff" for letter in cell)
