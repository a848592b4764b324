"""A zip archive, opened without trust: what it declares is checked, its true sizes are measured, nothing of it is kept."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from handfast.kernel.records.refusals import FileDamaged, FileTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ENTRIES = 2_000
MOST_BYTES = 1 << 30
HIGHEST_RATIO = 300
FREE_BYTES = 16 << 20
PART_BYTES = 1 << 20
LOCAL_HEADER = struct.Struct("<4s5H3I2H")


def zip_entries(stream: IO[bytes], name: str) -> list[zipfile.ZipInfo]:
    """What the archive lists. Raises FileDamaged, FileTooLarge where it is too long or declares too much."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise FileDamaged(f"{name}: begins like a zip and is no zip that can be read ({error})") from error
    if len(entries) > MOST_ENTRIES:
        raise FileTooLarge(f"{name}: {len(entries):,} entries; at most {MOST_ENTRIES:,} are taken")
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileDamaged(f"{name}: an entry stands twice in the archive; save it again")
    declared = sum(entry.file_size for entry in entries)
    if declared > MOST_BYTES:
        raise FileTooLarge(
            f"{name}: declares {declared:,} unpacked bytes; at most {MOST_BYTES:,} are read; save it in smaller parts"
        )
    return entries


def measured(
    stream: IO[bytes], entries: Iterable[zipfile.ZipInfo], name: str
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Each entry part by part, as it truly unpacks. Raises FileDamaged, and FileTooLarge before it bursts."""
    total = 0
    for entry in entries:
        unpacked = 0
        for part in _parts(stream, entry, name):
            unpacked += len(part)
            if total + unpacked > MOST_BYTES:
                raise FileTooLarge(
                    f"{name}, entry {entry.filename!r}: unpacks to more than {MOST_BYTES:,} bytes; save it in smaller parts"
                )
            if unpacked > max(FREE_BYTES, HIGHEST_RATIO * max(entry.compress_size, 1)):
                raise FileTooLarge(
                    f"{name}, entry {entry.filename!r}: unpacks to more than {HIGHEST_RATIO} times its size"
                )
            yield entry, part
        if unpacked != entry.file_size:
            raise FileDamaged(
                f"{name}, entry {entry.filename!r}: unpacks to {unpacked:,} bytes where {entry.file_size:,} are declared"
            )
        total += unpacked


def _parts(stream: IO[bytes], entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """What an entry truly unpacks to; zipfile itself would stop at the declared size."""
    where = f"{name}, entry {entry.filename!r}"
    if entry.flag_bits & 1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise FileDamaged(
            f"{where}: encrypted, or packed in an unusual way; save it without a password, by plain zip"
        )
    if entry.header_offset < 0:
        raise FileDamaged(f"{where}: lies before the file begins; save it again")
    stream.seek(entry.header_offset)
    head = stream.read(LOCAL_HEADER.size)
    if len(head) < LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise FileDamaged(f"{where}: its header is broken; save it again")
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
        raise FileDamaged(f"{where}: {error}; save it again") from error
