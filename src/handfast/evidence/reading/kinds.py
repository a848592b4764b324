"""The kinds of files that are kept, each known by the end of its name and by what its bytes are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from handfast.evidence.refusals import FileRefused
from handfast.kernel.records.readers.zip_files import PART_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

ZIPPED = re.compile(rb"PK\x03\x04")
# What no text holds: controls beside tab, the ends of lines and of pages.
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A page, a drawing or a script that calls itself a text: whoever opens it may run it.
RUNS = re.compile(rb"(\xef\xbb\xbf)?\s*(<[a-z!?]|#!)", re.IGNORECASE)
INSTEAD = "attach a PDF, an office document without macros, a picture, text, CSV or a ZIP of them"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `endings` of its names, how its bytes begin (a text has no beginning), and what a container must hold."""

    key: str
    name: str
    media_type: str
    endings: tuple[str, ...]
    begins: re.Pattern[bytes] | None = None
    holds: tuple[str, ...] = ()


def _office(key: str, name: str, media: str, folder: str) -> Kind:
    media_type = f"application/vnd.openxmlformats-officedocument.{media}"
    return Kind(key, name, media_type, (key,), ZIPPED, ("[Content_Types].xml", folder))


def _open_document(key: str, name: str, media: str) -> Kind:
    media_type = f"application/vnd.oasis.opendocument.{media}"
    return Kind(key, name, media_type, (key,), ZIPPED, ("mimetype", "content.xml"))


_KINDS = (
    Kind("pdf", "PDF", "application/pdf", ("pdf",), re.compile(rb"%PDF-")),
    _office("docx", "Word document", "wordprocessingml.document", "word/"),
    _office("xlsx", "Excel workbook", "spreadsheetml.sheet", "xl/"),
    _office("pptx", "PowerPoint slides", "presentationml.presentation", "ppt/"),
    _open_document("odt", "OpenDocument text", "text"),
    _open_document("ods", "OpenDocument sheet", "spreadsheet"),
    _open_document("odp", "OpenDocument slides", "presentation"),
    Kind("png", "PNG picture", "image/png", ("png",), re.compile(rb"\x89PNG\r\n\x1a\n")),
    Kind("jpeg", "JPEG picture", "image/jpeg", ("jpg", "jpeg"), re.compile(rb"\xff\xd8\xff")),
    Kind("gif", "GIF picture", "image/gif", ("gif",), re.compile(rb"GIF8[79]a")),
    Kind("webp", "WebP picture", "image/webp", ("webp",), re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    Kind("text", "Text", "text/plain", ("txt", "md", "log", "json", "yaml", "yml")),
    Kind("csv", "CSV", "text/csv", ("csv", "tsv")),
    Kind("zip", "ZIP", "application/zip", ("zip",), ZIPPED),
)
KINDS = {one.key: one for one in _KINDS}
BY_ENDING = {ending: one for one in _KINDS for ending in one.endings}
ENDINGS = tuple(BY_ENDING)


def refused(name: str, fault: str) -> FileRefused:
    return FileRefused(f"{name}: {fault}", [("file", fault)])


def ending_of(name: str) -> str:
    """What stands behind the last point of its name, in small letters."""
    return name.rpartition("/")[2].rpartition(".")[2].lower()


def kind_of(name: str, stream: IO[bytes]) -> Kind:
    """What the file is, by its name and by its bytes, which must agree. Raises FileRefused."""
    kind = BY_ENDING.get(ending_of(name))
    if kind is None:
        raise refused(name, f"this kind of file is not kept: {INSTEAD}")
    check_parts(name, kind, _parts(stream))
    return kind


def check_parts(name: str, kind: Kind, parts: Iterator[bytes]) -> None:
    """Hold the bytes to the kind that the name promises; a text is read to its end. Raises FileRefused."""
    first = next(parts, b"")
    if not first:
        raise refused(name, "it is empty")
    if fault := part_fault(kind, first, is_first=True):
        raise refused(name, fault)
    if kind.begins is None and any(part_fault(kind, one, is_first=False) for one in parts):
        raise refused(name, f"its name says {kind.name}, and its bytes are no text: {INSTEAD}")


def part_fault(kind: Kind, part: bytes, *, is_first: bool) -> str:
    """Why these bytes are not of the kind; empty where they may be."""
    if kind.begins is not None:
        is_it = not is_first or kind.begins.match(part)
        return "" if is_it else f"its name says {kind.name}, and its bytes say something else: {INSTEAD}"
    if is_first and part.startswith(UTF_16):
        return "it is UTF-16: save it as UTF-8"
    if is_first and RUNS.match(part):
        return f"it is a page or a script and no text: {INSTEAD}"
    return f"its name says {kind.name}, and its bytes are no text: {INSTEAD}" if NO_TEXT.search(part) else ""


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while part := stream.read(PART_BYTES):
        yield part
