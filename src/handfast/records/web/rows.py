"""What the pages of records show: rows with their chips, sentences made of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.foundation.files.staged import said_size
from handfast.foundation.web.instants import shown_at
from handfast.records.models import Upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.records.models import Batch

STATES = Upload.State
CHIPS: dict[str, tuple[str, str]] = {
    STATES.WAITING: ("not-yet", "Waiting"),
    STATES.READING: ("running", "Reading"),
    STATES.READ: ("met", "Read"),
    STATES.REFUSED: ("missed", "Refused"),
    STATES.WITHDRAWN: ("waived", "Withdrawn"),
}
CHECKED = ("open", "Checked, not kept")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One upload in the register, with the batch that came of it."""

    upload: Upload
    batch: Batch | None
    glyph: str
    state: str
    received: str
    size: str
    until: str


def import_row(upload: Upload, zone: str) -> ImportRow:
    batch = next(iter(upload.batches.all()), None)
    glyph, state = chip_of(upload)
    until = shown_at(batch.last_stamp_at, zone) if batch and batch.last_stamp_at else ""
    return ImportRow(
        upload, batch, glyph, state, shown_at(upload.received_at, zone), said_size(upload.size_bytes), until
    )


def chip_of(upload: Upload) -> tuple[str, str]:
    """Glyph and word of an upload's state."""
    return CHECKED if upload.is_dry_run and upload.state == STATES.READ else CHIPS[upload.state]


def register_sentence(counts: dict[str, int], rows: int, last: datetime | None, zone: str) -> str:
    """What the register opens with, from the numbers that it shows."""
    stands, refused = counts.get(STATES.READ, 0), counts.get(STATES.REFUSED, 0)
    underway = counts.get(STATES.WAITING, 0) + counts.get(STATES.READING, 0)
    if not stands:
        said = "No records stand yet"
    else:
        until = f" up to {shown_at(last, zone)} ({zone})" if last else ""
        said = (
            f"{_counted(stands, 'batch', 'batches')} stand{'s' if stands == 1 else ''}: {rows:,} rows{until}"
        )
    parts = [said]
    if underway:
        parts.append(f"{_counted(underway, 'file is', 'files are')} being read")
    if refused:
        parts.append(f"{_counted(refused, 'file was', 'files were')} refused")
    return "; ".join(parts) + "."


def upload_sentence(upload: Upload, batch: Batch | None) -> str:
    """What the page of an upload opens with."""
    if upload.state == STATES.WITHDRAWN and batch:
        return f"Batch {batch.number} was withdrawn: new statements leave its {batch.rows:,} rows out."
    if batch:
        dropped = sum(found["rows"] for found in batch.report.get("dropped", {}).values())
        left_out = f"; {_counted(dropped, 'row was', 'rows were')} dropped" if dropped else ""
        return f"Batch {batch.number} of {upload.source.key}: {batch.rows:,} rows of {batch.records:,} records stand{left_out}."
    if upload.state == STATES.REFUSED:
        return "This file was refused: nothing of it was kept."
    if upload.state == STATES.READ:
        return f"A dry run: {upload.report.get('kept', 0):,} rows could be kept, none was."
    return "This file is being read. You may leave: the page can be found again among the imports."


def export_heads() -> list[str]:
    return [
        "received_at", "source", "file", "bytes", "state", "dry_run", "batch", "rows", "records", "first_stamp_at",
        "last_stamp_at", "withdrawn_at", "refusal", "file_sha256", "digest",
    ]  # fmt: skip


def export_row(upload: Upload) -> list[Any]:
    """One upload as the register's export tells it."""
    batch = next(iter(upload.batches.all()), None)
    of_batch = (
        [
            batch.number,
            batch.rows,
            batch.records,
            batch.first_stamp_at,
            batch.last_stamp_at,
            batch.withdrawn_at,
        ]
        if batch
        else [None] * 6
    )
    return [
        upload.received_at, upload.source.key, upload.file_name, upload.size_bytes, upload.state,
        "yes" if upload.is_dry_run else "no", *of_batch, upload.refusal_code, upload.file_sha256,
        batch.digest if batch else "",
    ]  # fmt: skip


def said_left(seconds: int | None) -> str:
    """The time that a long work still takes: '4 s', '3 min', or nothing where nobody can say."""
    if seconds is None:
        return ""
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"  # noqa: PLR2004 - up to there seconds are told apart


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
