"""Reading a staged file by a mapping: what an action then records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.refusals import CellRefused
from handfast.kernel.refusal import Refusal
from handfast.records.reading.mappings import mapping_named
from handfast.records.reading.staff import staff_columns_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.kernel.records.readers.reading import Import

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one file said, without its rows: digest and counts of them, and the report."""

    digest: str
    rows: int
    records: int
    first_stamp_at: datetime | None
    last_stamp_at: datetime | None
    mapping: str
    report: dict[str, Any]


class FileRefused(Exception):  # noqa: N818 - carries a refusal of the kernel, is none itself
    """A refusal of the kernel, told with the person's name of the file and not with that of its staging place.

    `kept` is what everybody may read of it: where the file names people, nothing that it holds.
    """

    def __init__(self, code: str, said: str, kept: str = "") -> None:
        super().__init__(said)
        self.code = code
        self.said = said
        self.kept = kept or said


def read_staged(  # noqa: PLR0913 - a file, by whose mapping, as what, since when, under which key, and who watches
    path: Path,
    *,
    file_name: str,
    mapping: str,
    key: str,
    received_at: datetime,
    staff_key: bytes,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[EventLog | IntervalLog, ReadFile]:
    """The log and what is recorded of it. Raises FileRefused where the kernel refuses."""
    try:
        found = read_log(
            path,
            mapping_named(mapping, key),
            source=key,
            received_at_us=(received_at - EPOCH) // MICROSECOND,
            on_progress=on_progress,
            staff_key=staff_key,
        )
    except Refusal as refusal:
        said = str(refusal).replace(path.name, file_name)
        kept = _without_cells(refusal, file_name) if staff_columns_of(mapping, key) else said
        raise FileRefused(refusal.code, said, kept) from refusal
    return found.log, _read_file(found, file_name, mapping)


def _without_cells(refusal: Refusal, file_name: str) -> str:
    """Where it was refused and not what stands there: a cell, or a first row that is no header, may be a name."""
    where = f", row {refusal.row}, column {refusal.column!r}" if isinstance(refusal, CellRefused) else ""
    return (
        f"{file_name}{where}: cannot be read ({refusal.code}). What the file holds is not repeated here, because it names "
        "people: try the file on the page of its source, which shows only you what is wrong"
    )


def _read_file(found: Import, file_name: str, mapping: str) -> ReadFile:
    report = replace(found.report, file=file_name)
    return ReadFile(
        digest=found.log.digest,
        rows=report.kept,
        records=report.records,
        first_stamp_at=_instant(report.first_stamp_us),
        last_stamp_at=_instant(report.last_stamp_us),
        mapping=mapping,
        report=report.as_plain(),
    )


def _instant(at_us: int | None) -> datetime | None:
    return None if at_us is None else EPOCH + at_us * MICROSECOND
