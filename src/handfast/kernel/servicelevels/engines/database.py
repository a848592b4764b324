"""The one typed door to DuckDB: in memory, locked down, whole numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt


class CacheRefused(Refusal):
    """A folder for prepared files that cannot be used, or a prepared file in it that cannot be read."""

    code = "cache-refused"


class Database:
    """One connection, always in memory; it reads and writes files below `folder` only."""

    def __init__(self, folder: Path, *, threads: int, memory_mb: int) -> None:
        self._folder = folder
        self._connection = duckdb.connect(":memory:")
        settings = {
            "threads": str(threads),
            "memory_limit": f"'{memory_mb}MB'",
            "temp_directory": _literal(folder / "spill"),
            "TimeZone": "'UTC'",
            "preserve_insertion_order": "false",
            # Our texts say which side of a join is small; a guess that turns one round costs three times the query.
            "disabled_optimizers": "'join_order,build_side_probe_side'",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allowed_directories": f"[{_literal(folder)}]",
            "enable_external_access": "false",
            "lock_configuration": "true",
        }
        for name, value in settings.items():
            self._connection.execute(f"SET {name} = {value}")

    def run(self, text: str) -> None:
        self._execute(text)

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        return self._execute(text).fetchall()

    def _execute(self, text: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(text)
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise CacheRefused(
                f"{self._folder}: a prepared file cannot be read or written ({str(error).splitlines()[0]}); "
                "free some space, or delete the folder: it is made again"
            ) from error

    def load(self, table: str, columns: Mapping[str, npt.NDArray[np.int64]]) -> None:
        """A table of BIGINT columns."""
        names = ", ".join(columns)
        self._connection.register("incoming", dict(columns))
        self._connection.execute(f"CREATE TABLE {table} AS SELECT {names} FROM incoming")  # noqa: S608 - names are ours
        self._connection.unregister("incoming")

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows into a table that exists: a list for each column, since a statement for each row takes a hundred times as long."""
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            marks = ", ".join("UNNEST(?)" for _ in columns)
            self._connection.execute(f"INSERT INTO {table} SELECT {marks}", columns)

    def close(self) -> None:
        self._connection.close()


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
