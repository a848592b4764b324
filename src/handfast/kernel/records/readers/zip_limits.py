"""A workbook is a zip: its true sizes are measured, without keeping them, before anything is read."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from handfast.kernel.records.refusals import FileDamaged, FileNotRecognised, FileTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 2_000
MOST_BYTES = 1 << 30
HIGHEST_RATIO = 300
FREE_BYTES = 16 << 20
MOST_CELLS = 32_000_000
PART_BYTES = 1 << 20
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]{0,300}>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_OVERLAP = 400


@dataclass(slots=True)
class SheetExtent:
    """How far a sheet's cells reach, and where it shows an error (#N/A and its like)."""

    rows: int = 0
    columns: int = 0
    errors: set[tuple[int, int]] = field(default_factory=set)


def checked_sheets(stream: IO[bytes], name: str) -> dict[str, SheetExtent]:
    """Refuse what would burst; else the extent of each sheet by its path in the archive."""
    entries = _entries(stream, name)
    sheets: dict[str, SheetExtent] = {}
    total = 0
    for entry in entries:
        extent = SheetExtent() if entry.filename.startswith("xl/worksheets/") else None
        unpacked = 0
        tail = b""
        for part in _parts(stream, entry, name):
            unpacked += len(part)
            if total + unpacked > MOST_BYTES:
                raise FileTooLarge(
                    f"{name}, entry {entry.filename!r}: unpacks to more than {MOST_BYTES:,} bytes; save as CSV"
                )
            if unpacked > max(FREE_BYTES, HIGHEST_RATIO * max(entry.compress_size, 1)):
                raise FileTooLarge(
                    f"{name}, entry {entry.filename!r}: unpacks to more than {HIGHEST_RATIO} times its size"
                )
            if extent is not None:
                _measure(tail + part, extent)
                tail = part[-_OVERLAP:]
        if unpacked != entry.file_size:
            raise FileDamaged(
                f"{name}, entry {entry.filename!r}: unpacks to {unpacked:,} bytes where {entry.file_size:,} are declared"
            )
        total += unpacked
        if extent is not None:
            sheets[entry.filename] = extent
            if extent.rows * extent.columns > MOST_CELLS:
                raise FileTooLarge(
                    f"{name}, entry {entry.filename!r}: a cell in row {extent.rows:,}, column {extent.columns:,} spans over "
                    f"{MOST_CELLS:,} cells; delete stray cells, or save as CSV"
                )
    return sheets


def _entries(stream: IO[bytes], name: str) -> list[zipfile.ZipInfo]:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise FileDamaged(
            f"{name}: begins like a workbook and is no zip that can be read ({error})"
        ) from error
    if len(entries) > MOST_ENTRIES:
        raise FileTooLarge(f"{name}: {len(entries):,} entries; a workbook has at most {MOST_ENTRIES:,}")
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise FileNotRecognised(
            f"{name}: a zip archive, and no .xlsx workbook; unpack it, or save as .xlsx or CSV"
        )
    if len(set(names)) != len(names):
        raise FileDamaged(f"{name}: an entry stands twice in the archive; save the workbook again")
    declared = sum(entry.file_size for entry in entries)
    if declared > MOST_BYTES:
        raise FileTooLarge(
            f"{name}: declares {declared:,} unpacked bytes; at most {MOST_BYTES:,} are read; save as CSV"
        )
    return entries


def _parts(stream: IO[bytes], entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """What an entry truly unpacks to; zipfile itself would stop at the declared size."""
    where = f"{name}, entry {entry.filename!r}"
    if entry.flag_bits & 1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise FileDamaged(
            f"{where}: encrypted, or packed in a way that workbooks are not; save it without a password"
        )
    if entry.header_offset < 0:
        raise FileDamaged(f"{where}: lies before the file begins; save the workbook again")
    stream.seek(entry.header_offset)
    head = stream.read(LOCAL_HEADER.size)
    if len(head) < LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise FileDamaged(f"{where}: its header is broken; save the workbook again")
    name_length, extra_length = LOCAL_HEADER.unpack(head)[-2:]
    stream.seek(name_length + extra_length, 1)
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        while left and (packed := stream.read(min(PART_BYTES, left))):
            left -= len(packed)
            if inflate is None:
                yield packed
                continue
            yield inflate.decompress(packed, PART_BYTES)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, PART_BYTES)
        if inflate is not None:
            yield inflate.flush()
    except zlib.error as error:
        raise FileDamaged(f"{where}: {error}; save the workbook again") from error


def _measure(data: bytes, extent: SheetExtent) -> None:
    for tag in _CELL.finditer(data):
        place = _PLACE.search(tag[0])
        if place is None:
            continue
        column, row = _column_number(place[1]), int(place[2])
        extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, column)
        if _ERROR.search(tag[0]):
            extent.errors.add((row, column))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
