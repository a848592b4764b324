"""The one place where the engines touch pyarrow: columns out of tables, tables into Parquet files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


def integers(table: Any, column: str) -> Ints:
    """A column of integers without gaps."""
    return np.array(table.column(column).to_numpy(), dtype=np.int64)


def integers_and_presence(table: Any, column: str) -> tuple[Ints, Flags]:
    """A column of integers that may be missing: the values (0 where missing) and where they are present."""
    chunked = table.column(column)
    values = np.array(pc.fill_null(chunked, 0).to_numpy(), dtype=np.int64)
    return values, np.array(pc.is_valid(chunked).to_numpy(), dtype=bool)


def codes(table: Any, column: str) -> tuple[Ints, tuple[str, ...]]:
    """A text column as codes and the distinct texts; codes follow first appearance."""
    encoded = table.column(column).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return np.array(encoded.indices.to_numpy(), dtype=np.int64), tuple(encoded.dictionary.to_pylist())


def taken(table: Any, column: str, rows: Ints) -> Any:
    """The values of a column at `rows`, as an array for `write_parquet`."""
    return table.column(column).take(pa.array(rows))


def rows_where(table: Any, column: str, value: str) -> Any:
    """The rows whose text in a column is `value`, in their order."""
    return table.filter(pc.equal(table.column(column), pa.scalar(value, table.column(column).type)))


def with_gaps(values: Ints, is_present: Flags) -> Any:
    return pa.array(values, mask=~is_present)


def write_parquet(path: Path, columns: Mapping[str, Any]) -> None:
    """Write columns side by side; the caller renames the finished file into its place."""
    arrays = {
        name: pa.array(value) if isinstance(value, np.ndarray) else value for name, value in columns.items()
    }
    pq.write_table(pa.table(arrays), path, compression="zstd", row_group_size=1_000_000)


def read_integers(path: Path, column: str) -> tuple[Ints, Flags]:
    """One integer column of a Parquet file, with where it is present."""
    return integers_and_presence(pq.read_table(path, columns=[column]), column)


def column_names(path: Path) -> list[str]:
    """The columns of a Parquet file."""
    names: list[str] = pq.read_schema(path).names
    return names


def text_at(table: Any, column: str, row: int) -> str:
    return str(table.column(column)[row].as_py())
