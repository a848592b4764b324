"""The rows of a sheet, each read by itself: all of them, or a refusal that names every row that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused

Said = TypeVar("Said")
MOST_SHOWN = 20


def rows_read(
    rows: Iterable[tuple[int, Mapping[str, str]]], read: Callable[[Mapping[str, str]], Said],
    refusal: type[FieldsRefused], said: str,
) -> list[Said]:  # fmt: skip
    """What `read` makes of each row; it raises ValueError for one that it cannot read. Raises the refusal."""
    found, faults = [], []
    for number, told in rows:
        try:
            found.append(read(told))
        except ValueError as wrong:
            faults.append((f"row {number}", str(wrong)))
    if faults:
        raise refusal(f"{said}: {'; '.join(f'{row}: {fault}' for row, fault in faults[:MOST_SHOWN])}", faults)
    return found
