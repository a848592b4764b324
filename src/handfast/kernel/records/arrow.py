"""Columns of cells, asked of pyarrow with types; what concerns whole tables and files is in `arrow_tables`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
ArrowFault: type[Exception] = pa.lib.ArrowException


class Column(Protocol):
    """A column of cells; null is missing."""

    null_count: int
    type: Any

    def __len__(self) -> int: ...
    def to_pylist(self) -> list[Any]: ...


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
