"""What lies inside a ZIP or an office document, looked through before anybody unpacks it; nothing of it is kept."""

from __future__ import annotations

import stat
from typing import IO, TYPE_CHECKING

from handfast.evidence.reading.kinds import BY_ENDING, INSTEAD, KINDS, ZIPPED, ending_of, part_fault, refused
from handfast.foundation.texts import line_fault
from handfast.kernel.records.readers.zip_files import measured, zip_entries
from handfast.kernel.records.refusals import FileDamaged, FileTooLarge

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from handfast.evidence.reading.kinds import Kind

LONGEST_PATH = 500
# What a Mac leaves in every archive.
LEFT_BY_MAC = frozenset({".DS_Store", "._.DS_Store"})
MACROS = ("vbaproject", "vbadata", "macrosheets/", "basic/", "scripts/")
MEDIA = "mimetype"


def check_archive(name: str, kind: Kind, stream: IO[bytes]) -> None:
    """Refuse what would burst, leads out of its folder, holds what is not kept, or is not what it says. Raises FileRefused."""
    if kind.begins is not ZIPPED:
        return
    try:
        entries = zip_entries(stream, name)
        for one in entries:
            _check_entry(name, one, is_loose=not kind.holds)
        _check_holds(name, kind, entries)
        _check_contents(name, kind, stream, entries)
    except (FileDamaged, FileTooLarge) as error:
        raise refused(name, str(error).removeprefix(f"{name}: ").removeprefix(f"{name}, ")) from error


def _check_entry(name: str, entry: ZipInfo, *, is_loose: bool) -> None:
    """`is_loose`: a plain ZIP, of which each file is opened by somebody later."""
    path = entry.filename
    is_out = path.startswith("/") or ":" in path or "\\" in path or ".." in path.split("/")
    if is_out or line_fault(path, most=LONGEST_PATH):
        raise refused(name, f"entry {path[:60]!r} has a name that leads out of its folder or cannot be shown")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise refused(name, f"entry {path!r} is a link to another file: put the file itself in")
    if not is_loose or entry.is_dir() or path.rpartition("/")[2] in LEFT_BY_MAC:
        return
    inside = BY_ENDING.get(ending_of(path))
    if inside is None or inside is KINDS["zip"]:
        raise refused(
            name, f"entry {path!r} is of a kind that is not kept in a ZIP: {INSTEAD}, not one in another"
        )


def _check_holds(name: str, kind: Kind, entries: list[ZipInfo]) -> None:
    """An office document holds what makes it one, and no macros."""
    names = [one.filename for one in entries]
    for wanted in kind.holds:
        if not any(one == wanted or (wanted.endswith("/") and one.startswith(wanted)) for one in names):
            raise refused(name, f"its name says {kind.name}, and it is none: save it again")
    if kind.holds and any(_is_macro(one) for one in names):
        raise refused(name, "it holds macros: save it without them, or as PDF")


def _is_macro(path: str) -> bool:
    small = path.lower()
    return small.rpartition("/")[2].startswith(MACROS[:2]) or any(
        small.startswith(one) or f"/{one}" in small for one in MACROS[2:]
    )


def _check_contents(name: str, kind: Kind, stream: IO[bytes], entries: list[ZipInfo]) -> None:
    """Unpack every entry without keeping it: its true size, and whether its bytes are what its name says."""
    before = ""
    for entry, part in measured(stream, entries, name):
        if not part:
            continue
        path = entry.filename
        is_first, before = path != before, path
        if kind.holds:
            if path == MEDIA and kind.holds[0] == MEDIA and part.strip() != kind.media_type.encode():
                raise refused(name, f"its name says {kind.name}, and it is none: save it again")
            continue
        inside = BY_ENDING.get(ending_of(path))
        if inside is not None and (fault := part_fault(inside, part, is_first=is_first)):
            raise refused(name, f"entry {path!r}: {fault}")
