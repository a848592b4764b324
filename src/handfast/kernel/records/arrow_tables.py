"""Tables and their files, asked of pyarrow with types; it and `arrow` are the only modules that know it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from handfast.kernel.records.arrow import Column, Flags, Int32s, Int64s
    from handfast.kernel.records.needs import Needs

SLICE_ROWS = 1_000_000


class Readable(Protocol):
    """A stream of bytes, as far as it is read here."""

    def read(self, size: int = -1, /) -> bytes: ...


class Table(Protocol):
    """Columns of one length."""

    num_rows: int
    column_names: list[str]

    def column(self, name: str) -> Any: ...
    def slice(self, offset: int, length: int | None = None) -> Table: ...
    def select(self, names: list[str]) -> Table: ...
    def to_pylist(self) -> list[dict[str, Any]]: ...
    def equals(self, other: Table) -> bool: ...


def text_column(values: Column, codes: Int32s) -> Any:
    """The texts of ranks (null below 0) as a chunked column."""
    whole: Any = values
    chunks = []
    for start in range(0, max(len(codes), 1), SLICE_ROWS):
        part = codes[start : start + SLICE_ROWS]
        chunks.append(whole.take(pa.array(part, pa.int32(), mask=part < 0)))
    return pa.chunked_array(chunks, pa.string())


def integer_column(numbers: Int64s, present: Flags | None = None) -> Any:
    mask = None if present is None else ~present
    return pa.chunked_array([pa.array(numbers, pa.int64(), mask=mask)])


def integers_of(table: Table, name: str) -> Int64s:
    """An integer column as numbers, 0 where missing."""
    numbers: Int64s = pc.fill_null(table.column(name), 0).to_numpy().astype(np.int64, copy=False)
    return numbers


def present_of(table: Table, name: str) -> Flags:
    flags: Flags = pc.is_valid(table.column(name)).to_numpy()
    return flags


def is_integer_column(table: Table, name: str) -> bool:
    return bool(pa.types.is_int64(table.column(name).type))


def chunks_of(table: Table, name: str) -> list[Column]:
    chunks: list[Column] = table.column(name).chunks
    return chunks


def has_empty_text(table: Table, name: str) -> bool:
    return bool(pc.any(pc.equal(table.column(name), "")).as_py())


def table_of(columns: dict[str, Any]) -> Table:
    table: Table = pa.table(columns)
    return table


def together(tables: Sequence[Table]) -> Table:
    table: Table = pa.concat_tables(tables)
    return table


def rows_of(table: Table, places: Int64s) -> Table:
    """The rows at these places, built in slices so that no column of text outgrows its offsets."""
    whole: Any = table
    parts = [
        whole.take(pa.array(places[start : start + SLICE_ROWS]))
        for start in range(0, max(len(places), 1), SLICE_ROWS)
    ]
    return together(parts)


def write_csv(table: Table, sink: Any) -> None:
    """The canonical CSV text: header, commas, LF, text quoted, integers bare, null empty."""
    options = pa_csv.WriteOptions(batch_size=65_536, quoting_style="needed", eol="\n")
    pa_csv.write_csv(table, pa.PythonFile(sink, mode="w"), options)


def csv_batches(stream: Readable, needs: Needs, block: int) -> Iterator[dict[str, Column]]:
    """The named columns of a CSV stream, block by block: coded columns as dictionaries, others as text."""
    coded_type = pa.dictionary(pa.int32(), pa.string())
    reader = pa_csv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pa_csv.ReadOptions(block_size=block),
        parse_options=pa_csv.ParseOptions(delimiter=needs.delimiter, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            include_columns=list(needs.columns),
            column_types={
                name: coded_type if name in needs.coded_columns else pa.string() for name in needs.columns
            },
            strings_can_be_null=True,
            null_values=["", *needs.missing],
        ),
    )
    for batch in reader:
        yield {name: batch.column(place) for place, name in enumerate(batch.schema.names)}


def read_typed_csv(stream: IO[bytes], integers: Sequence[str], strings: Sequence[str]) -> Table:
    """A canonical CSV text back as a table: bare empty is null, a quoted empty stays text."""
    types = dict.fromkeys(integers, pa.int64()) | dict.fromkeys(strings, pa.string())
    table: Table = pa_csv.read_csv(
        stream,
        read_options=pa_csv.ReadOptions(block_size=16 << 20),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )
    return table


class ParquetFile:
    """A Parquet file: names, number of rows, and batches of chosen columns."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = pa_parquet.ParquetFile(pa.PythonFile(stream, mode="r"))

    @property
    def names(self) -> list[str]:
        names: list[str] = self._file.schema_arrow.names
        return names

    @property
    def num_rows(self) -> int:
        return int(self._file.metadata.num_rows)

    def batches(self, columns: Sequence[str]) -> Iterator[dict[str, Column]]:
        for batch in self._file.iter_batches(batch_size=SLICE_ROWS // 4, columns=list(columns)):
            yield {name: batch.column(place) for place, name in enumerate(batch.schema.names)}


def write_parquet(table: Table, sink: IO[bytes]) -> None:
    """The table as Parquet; what is read back is the same to the cell, not to the byte."""
    pa_parquet.write_table(table, pa.PythonFile(sink, mode="w"), compression="zstd")


def read_parquet(stream: IO[bytes]) -> Table:
    """A table that `write_parquet` wrote."""
    table: Table = pa_parquet.read_table(pa.PythonFile(stream, mode="r"))
    return table


def codes_of(table: Table, name: str) -> tuple[Int64s, tuple[str, ...]]:
    """A text column as codes and the distinct texts; codes follow first appearance."""
    encoded = table.column(name).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return np.array(encoded.indices.to_numpy(), dtype=np.int64), tuple(encoded.dictionary.to_pylist())


def taken(table: Table, name: str, places: Int64s) -> Column:
    """The cells of a column at these places."""
    column: Column = table.column(name).take(pa.array(places))
    return column


def bytes_of(table: Table) -> int:
    """How much memory its cells take."""
    whole: Any = table
    return int(whole.nbytes)


def rows_where(table: Table, name: str, value: str) -> Table:
    """The rows whose text in a column is `value`, in their order."""
    whole: Any = table
    column = table.column(name)
    found: Table = whole.filter(pc.equal(column, pa.scalar(value, column.type)))
    return found


def write_columns(path: Path, columns: Mapping[str, Any]) -> None:
    """Columns and arrays of integers side by side as Parquet; the caller renames the file into its place."""
    arrays = {
        name: pa.array(value) if isinstance(value, np.ndarray) else value for name, value in columns.items()
    }
    pa_parquet.write_table(pa.table(arrays), path, compression="zstd", row_group_size=SLICE_ROWS)


def read_integers(path: Path, name: str) -> tuple[Int64s, Flags]:
    """One integer column of a Parquet file (0 where missing), and where it is present."""
    table: Table = pa_parquet.read_table(path, columns=[name])
    return integers_of(table, name), present_of(table, name)


def column_names(path: Path) -> list[str]:
    """The columns of a Parquet file."""
    names: list[str] = pa_parquet.read_schema(path).names
    return names
