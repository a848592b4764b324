"""The header of a table: the mapped columns are there, each once."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from handfast.kernel.records.refusals import ColumnsMissing, FileTooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COLUMNS = 16_384
MOST_SHOWN = 12


def check_header(
    header: Sequence[str], wanted: Sequence[str], file: str, *, delimiter: str | None = None
) -> None:
    """Refuse a header that lacks a mapped column, or has it twice; all of them are named at once."""
    if len(header) > MOST_COLUMNS:
        raise FileTooLarge(f"{file}, row 1: {len(header):,} columns; at most {MOST_COLUMNS:,} are read")
    known = set(header)
    absent = [_absent(column, header) for column in wanted if column not in known]
    if absent:
        shown = ", ".join(repr(name) for name in header[:MOST_SHOWN]) + (
            ", …" if len(header) > MOST_SHOWN else ""
        )
        raise ColumnsMissing(
            f"{file}, row 1: the file lacks {'; '.join(absent)}. Its columns: {shown}{_other_delimiter(header, delimiter)}"
        )
    twice = [column for column in wanted if header.count(column) > 1]
    if twice:
        raise ColumnsMissing(
            f"{file}, row 1: {', '.join(map(repr, twice))} stands more than once; rename one of them"
        )


def _absent(column: str, header: Sequence[str]) -> str:
    by_plain = {name.casefold().strip(): name for name in header}
    near = difflib.get_close_matches(column.casefold().strip(), by_plain, n=1, cutoff=0.6)
    return f"{column!r} (did you mean {by_plain[near[0]]!r}?)" if near else repr(column)


def _other_delimiter(header: Sequence[str], delimiter: str | None) -> str:
    if delimiter is None or len(header) > 1 or not header:
        return ""
    for other in (";", "\t", "|", ","):
        if other != delimiter and other in header[0]:
            return f". They look parted by {other!r}: write `delimiter: {other!r}` in the mapping"
    return ""
