"""Reading Parquet: only the mapped columns, typed cells as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.gathering import MOST_ROWS, Chunk
from handfast.kernel.records.readers.header import check_header
from handfast.kernel.records.refusals import FileDamaged, FileTooLarge, MappingRefused
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.kernel.records.arrow import Column
    from handfast.kernel.records.needs import Needs
    from handfast.kernel.records.readers.opened import SourceFile

FIRST_ROW = 2


def read_parquet(
    file: SourceFile, needs: Needs, on_progress: Callable[[int, int], None] | None
) -> Iterator[Chunk]:
    """The mapped columns, batch by batch; a Parquet file's first row counts as row 2, as below a header."""
    file.stream.seek(0)
    try:
        parquet = arrow_tables.ParquetFile(file.stream)
        if parquet.num_rows > MOST_ROWS:
            raise FileTooLarge(f"{file.name}: {parquet.num_rows:,} rows; at most {MOST_ROWS:,} are read")
        check_header(parquet.names, needs.columns, file.name)
        rows = 0
        for columns in parquet.batches(needs.columns):
            chunk = _chunk(columns, needs, file.name)
            rows += chunk.rows
            yield chunk
            if on_progress is not None:
                on_progress(rows, parquet.num_rows)
    except Refusal:
        raise
    except (arrow.ArrowFault, OSError, ValueError, KeyError) as fault:
        said = (str(fault).splitlines() or ["no reason given"])[0][:200]
        raise FileDamaged(
            f"{file.name}: not a Parquet file that can be read ({said}); export it again"
        ) from fault


def _chunk(columns: dict[str, Column], needs: Needs, file: str) -> Chunk:
    stamp_columns = {rule.column for rule in needs.stamps}
    texts: dict[str, Column] = {}
    dates: dict[str, Column] = {}
    rows = 0
    for name, column in columns.items():
        rows = len(column)
        arrow.validated(column)
        dated = arrow.as_stamps(column) if name in stamp_columns else None
        if dated is not None:
            dates[name] = dated
            texts[name] = arrow.nothing(rows)
            continue
        if name in stamp_columns and not arrow.is_text(column):
            raise MappingRefused(
                f"{file}, row 1, column {name!r}: cells of type {column.type} are no stamps; write text, dates or timestamps"
            )
        texts[name] = arrow.without(_as_text(column, name, file), needs.missing)
    return Chunk(rows, texts, dates)


def _as_text(column: Column, name: str, file: str) -> Column:
    try:
        return arrow.typed_as_text(column)
    except arrow.ArrowFault as fault:
        raise MappingRefused(
            f"{file}, row 1, column {name!r}: {fault}; export the column as text or numbers"
        ) from fault
