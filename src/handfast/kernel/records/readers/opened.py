"""Opening a file: what its first bytes say it is, its digest, and its unpacked bytes under limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Any, Literal, cast

from handfast.kernel.records.refusals import FileDamaged, FileNotRecognised, FileTooLarge, FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Form = Literal["csv", "xes", "xlsx", "parquet"]

GZIP = b"\x1f\x8b"
# A log packs to a tenth, a dull one to a fiftieth; what packs better than this was made to burst.
HIGHEST_RATIO = 250
FREE_BYTES = 64 << 20
HEAD_BYTES = 64 << 10
MOST_CONTROLS = Fraction(1, 50)
_CONTROLS = bytes([*range(9), *range(14, 32)])
_OTHERS = {
    b"\xff\xfe": "it is UTF-16; save it as CSV in UTF-8",
    b"\xfe\xff": "it is UTF-16; save it as CSV in UTF-8",
    b"\xd0\xcf\x11\xe0": "it is an old .xls; save it as .xlsx or CSV",
    b"%PDF": "it is a PDF; export the table itself",
    b"BZh": "it is packed with bzip2; unpack it, or pack it with gzip",
    b"\xfd7zXZ\x00": "it is packed with xz; unpack it, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "it is packed with zstd; unpack it, or pack it with gzip",
    b"7z\xbc\xaf": "it is a 7z archive; unpack it",
    b"Rar!": "it is a RAR archive; unpack it",
    b"SQLite format 3": "it is a database; export the table as CSV",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An opened file: its name for messages, its form, its SHA-256, and the stream itself."""

    name: str
    form: Form
    is_gzip: bool
    sha256: str
    size: int
    stream: IO[bytes]

    def unpacked(self, on_progress: Callable[[int, int], None] | None = None) -> Unpacked:
        """The bytes from the start, unpacked where they are packed."""
        self.stream.seek(0)
        return Unpacked(self, on_progress)


@contextmanager
def opened(path: Path) -> Iterator[SourceFile]:
    """The file at `path`, recognised by its content; its name only speaks where the content is plain text."""
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(f"{path}: {said}; name a file that can be read") from error
    with stream:
        try:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise FileUnreadable(f"{path}: {error.strerror}; name a file that can be read") from error
        size = stream.tell()
        stream.seek(0)
        form, is_gzip = _form_of(stream, path.name)
        yield SourceFile(path.name, form, is_gzip, digest, size, stream)


def _form_of(stream: IO[bytes], name: str) -> tuple[Form, bool]:
    head = stream.read(HEAD_BYTES)
    is_gzip = head.startswith(GZIP)
    if is_gzip:
        head = _unpacked_head(head, name)
        if head.startswith((b"PK\x03\x04", b"PAR1", GZIP)):
            raise FileNotRecognised(f"{name}: a gzip that holds a packed file; unpack it first")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx", False
    if head.startswith(b"PAR1"):
        return "parquet", False
    for magic, said in _OTHERS.items():
        if head.startswith(magic):
            raise FileNotRecognised(f"{name}: {said}")
    if _is_binary(head):
        raise FileNotRecognised(
            f"{name}: binary, and none of CSV, XLSX, Parquet, XES; export it as one of these"
        )
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileNotRecognised(f"{name}: empty; export it again")
    is_markup = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return ("xes" if is_markup else "csv"), is_gzip


def _is_binary(head: bytes) -> bool:
    """Whether so many bytes are control characters that this was never text; a single one is named by its line."""
    return len(head.translate(None, _CONTROLS)) < len(head) * (1 - MOST_CONTROLS)


def _unpacked_head(head: bytes, name: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error as error:
        raise FileDamaged(f"{name}: begins like gzip and is not ({error}); export it again") from error


class Unpacked(io.RawIOBase):
    """The bytes of a text file; refuses bombs, torn gzip and NUL bytes, and counts quotes on the way."""

    def __init__(self, file: SourceFile, on_progress: Callable[[int, int], None] | None = None) -> None:
        super().__init__()
        self._file = file
        packed = cast("IO[bytes]", gzip.GzipFile(fileobj=file.stream)) if file.is_gzip else None
        self._source: IO[bytes] = packed or file.stream
        self._on_progress = on_progress
        self.bytes_read = 0
        self.lines_read = 0
        self.quotes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        name = self._file.name
        near = f"{name}, near line {self.lines_read + 1}"
        try:
            data = self._source.read(size if size >= 0 else FREE_BYTES)
        except EOFError as error:
            raise FileDamaged(f"{near}: the gzip ends before its end; copy or export it again") from error
        except (OSError, zlib.error) as error:
            raise FileDamaged(f"{near}: {error}; copy or export it again") from error
        self.bytes_read += len(data)
        if self._file.is_gzip and self.bytes_read > max(FREE_BYTES, HIGHEST_RATIO * self._file.size):
            raise FileTooLarge(
                f"{near}: unpacks to more than {HIGHEST_RATIO} times its size; unpack it yourself if it is sound"
            )
        if b"\x00" in data:
            line = self.lines_read + data[: data.index(b"\x00")].count(b"\n") + 1
            raise FileDamaged(f"{name}, line {line}: a NUL byte, which no text has; export it again as UTF-8")
        self.lines_read += data.count(b"\n")
        self.quotes += data.count(b'"')
        if self._on_progress is not None:
            self._on_progress(self._file.stream.tell(), self._file.size)
        return data
