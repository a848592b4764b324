"""Everything that is asked of pyarrow, with types: the one module of the import that knows it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handfast.kernel.records.needs import Needs

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
SLICE_ROWS = 1_000_000
ArrowFault: type[Exception] = pa.lib.ArrowException


class Column(Protocol):
    """A column of cells; null is missing."""

    null_count: int
    type: Any

    def __len__(self) -> int: ...
    def to_pylist(self) -> list[Any]: ...


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


def texts(cells: Sequence[str | None]) -> Column:
    column: Column = pa.array(cells, pa.string())
    return column


def stamps(instants_us: Sequence[Any]) -> Column:
    """Naive datetimes (or None) as a column of local microseconds."""
    column: Column = pa.array(instants_us, pa.timestamp("us"))
    return column


def is_stamp(column: Column) -> bool:
    return bool(pa.types.is_timestamp(column.type))


def has_zone(column: Column) -> bool:
    return column.type.tz is not None


def present_in(column: Column) -> Flags:
    flags: Flags = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return flags


def microseconds_of(column: Column) -> Int64s:
    """The whole microseconds of a stamp column, finer parts cut off downwards; 0 where missing."""
    unit = column.type.unit
    raw: Int64s = pc.fill_null(pc.cast(column, pa.int64()), 0).to_numpy(zero_copy_only=False)
    if unit == "ns":
        return raw // 1000
    factor = {"s": 1_000_000, "ms": 1_000, "us": 1}[unit]
    limit = np.iinfo(np.int64).max // factor
    if factor > 1 and (np.abs(raw) > limit).any():
        raise ArrowFault("a stamp lies beyond the years that microseconds can count")
    return raw * factor


def without(column: Column, marks: Sequence[str]) -> Column:
    """The text column with empty cells and the missing marks as null."""
    is_mark = pc.is_in(column, value_set=pa.array(["", *marks], pa.string()))
    plain: Column = pc.if_else(is_mark, pa.scalar(None, pa.string()), column)
    return plain


def as_plain_text(column: Column) -> Column:
    """A dictionary column as plain text; others as they are."""
    if pa.types.is_dictionary(column.type):
        plain: Column = pc.cast(column, pa.string())
        return plain
    return column


def bytes_of(column: Column) -> tuple[Bytes, Int64s]:
    """The bytes of a text column and the n + 1 offsets of its cells."""
    whole: Any = column
    _, offsets, data = whole.buffers()
    cells = np.frombuffer(offsets, np.int32)[whole.offset : whole.offset + len(whole) + 1].astype(np.int64)
    octets = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return octets, cells


def shapes_of(octets: Bytes, offsets: Int64s) -> tuple[Int32s, list[bytes]]:
    """Each cell's shape by number, and the shapes."""
    cells = pa.Array.from_buffers(
        pa.large_binary(), len(offsets) - 1, [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(octets)]
    )
    coded = pc.dictionary_encode(cells)
    numbers: Int32s = coded.indices.to_numpy(zero_copy_only=False)
    return numbers, coded.dictionary.to_pylist()


def longest_cell(column: Column) -> tuple[int, int]:
    """The length in bytes of the longest cell (of the dictionary, where there is one) and its place."""
    cells: Any = column.dictionary if hasattr(column, "dictionary") else column
    lengths = pc.binary_length(cells)
    longest = pc.max(lengths).as_py() or 0
    return longest, pc.index(lengths, longest).as_py() if longest else -1


def row_of_longest(column: Column, place: int) -> int:
    """The first row that shows the cell found by `longest_cell`."""
    whole: Any = column
    return place if not hasattr(column, "dictionary") else int(pc.index(whole.indices, place).as_py())


def coded(chunks: Sequence[Column]) -> tuple[Int32s, Column]:
    """Each cell as the rank of its text among the sorted distinct texts (-1 missing), and those texts.

    Texts are ordered by their UTF-8 bytes, which is the order of their code points, in every locale.
    """
    encoded = [
        chunk if pa.types.is_dictionary(chunk.type) else pc.dictionary_encode(chunk) for chunk in chunks
    ]
    whole_type = pa.dictionary(pa.int32(), pa.string())
    whole = pa.chunked_array(encoded, whole_type).unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], whole_type)
    places: Int32s = pc.fill_null(whole.indices, -1).to_numpy(zero_copy_only=False)
    order = pc.sort_indices(whole.dictionary).to_numpy(zero_copy_only=False)
    ranks = np.empty(len(order) + 1, np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    ranks[-1] = -1
    values: Column = whole.dictionary.take(pa.array(order))
    return ranks[places], values


def grammar_faults(column: Column, pattern: str) -> Flags:
    """Which present cells the pattern does not match."""
    fits = pc.fill_null(pc.match_substring_regex(column, pattern), True)
    flags: Flags = ~fits.to_numpy(zero_copy_only=False)
    return flags


def decimals_of(column: Column, digits: int) -> Int64s | None:
    """Numbers scaled by `digits` decimals, 0 where missing; None where one does not fit."""
    try:
        exact = pc.cast(column, pa.decimal128(38, digits))
    except ArrowFault:
        return None
    halves = np.frombuffer(
        pc.fill_null(exact, pa.scalar(0, pa.decimal128(38, digits))).buffers()[1], np.int64
    )
    low, high = halves[0 : 2 * len(column) : 2], halves[1 : 2 * len(column) : 2]
    return low.copy() if (high == low >> 63).all() else None


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


def is_among(table: Table, name: str, other: Table) -> Flags:
    """Which rows of `table` have their `name` among those of `other`."""
    whole: Any = pc.unique(other.column(name))
    flags: Flags = pc.is_in(table.column(name), value_set=whole).to_numpy()
    return flags


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


def as_stamps(column: Column) -> Column | None:
    """A column of timestamps or dates as timestamps; None where it is neither."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_stamps(pc.cast(column, kind.value_type))
    if pa.types.is_date(kind):
        dated: Column = pc.cast(column, pa.timestamp("us"))
        return dated
    return column if pa.types.is_timestamp(kind) else None


def is_text(column: Column) -> bool:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return any(
        test(kind)
        for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null, pa.types.is_string_view)
    )


def nothing(rows: int) -> Column:
    """A text column in which every cell is missing."""
    column: Column = pa.nulls(rows, pa.string())
    return column


def validated(column: Column) -> Column:
    """The column, every byte of which was checked; ArrowFault where it is broken."""
    whole: Any = column
    whole.validate(full=True)
    return column


def typed_as_text(column: Column) -> Column:
    """A typed column as the text a person would write; ArrowFault where it has none (lists, bytes)."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return typed_as_text(pc.cast(column, kind.value_type))
    if not (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_temporal(kind)
        or pa.types.is_null(kind)
        or pa.types.is_string_view(kind)
    ):
        raise ArrowFault(f"cells of type {kind} cannot be read as text")
    text: Column = pc.cast(column, pa.string())
    if pa.types.is_floating(kind):
        # 5.0 is how a whole number looks after a column with gaps went through floats.
        text = pc.replace_substring_regex(text, r"^(-?\d+)\.0$", r"\1")
    return text
