"""The bytes of files: below the home folder, one folder for each space, each under the id of its row and no other name."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from handfast.evidence.files.scanner import found_in
from handfast.evidence.reading.archives import check_archive
from handfast.evidence.reading.kinds import kind_of, refused
from handfast.evidence.refusals import FileLost
from handfast.foundation.files.receiving import Place
from handfast.foundation.files.staged import UploadTooLarge, remove_old, said_size
from handfast.kernel.records.readers.whole_files import flush_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.files.staged import Staged

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was looked through and lies in its place: under which id, called what, of which kind."""

    id: UUID
    file_name: str
    kind: str
    size_bytes: int
    sha256: str


def incoming() -> Path:
    """Where files come in, before it is known which space they are for; the same disk as where they are kept."""
    return Path(settings.HANDFAST_HOME) / "files" / "incoming"


def folder_of(space: UUID) -> Path:
    return Path(settings.HANDFAST_HOME) / "files" / str(space)


def path_of(space: UUID, file: UUID) -> Path:
    return folder_of(space) / str(file)


def place_for(most: int = MOST_AT_ONCE) -> Place:
    """Where the files of a request are staged."""
    return Place(incoming(), most, check_size)


def check_size(size: int) -> None:
    """Refuse what is over the limit of one file."""
    limit = int(settings.HANDFAST_FILE_LIMIT)
    if size > limit:
        raise UploadTooLarge(
            f"a file has more than {said_size(limit)}, which is the limit here for one: attach it in parts, or ask whoever "
            "runs this installation to raise HANDFAST_FILE_LIMIT"
        )


@contextmanager
def looked_through(staged: Staged, space: UUID) -> Iterator[KeptFile]:
    """The staged file, checked, and moved to its space before its row is written; gone again where the block raises.

    Raises FileRefused, FileNotScanned. A process that is killed within leaves bytes that no row names, until they are swept.
    """
    came = incoming() / str(staged.name)
    with came.open("rb") as stream:
        kind = kind_of(staged.file_name, stream)
        check_archive(staged.file_name, kind, stream)
        _check_scanned(staged.file_name, stream)
    target = path_of(space, staged.name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    came.replace(target)
    flush_folder(target.parent)
    try:
        yield KeptFile(staged.name, staged.file_name, kind.key, staged.size_bytes, staged.sha256)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


@contextmanager
def looked_through_if_any(staged: Sequence[Staged], space: UUID) -> Iterator[KeptFile | None]:
    """The same of the first, where one came."""
    if not staged:
        yield None
        return
    with looked_through(staged[0], space) as file:
        yield file


def _check_scanned(name: str, stream: IO[bytes]) -> None:
    address = settings.HANDFAST_SCANNER
    if address is not None and (found := found_in(stream, address)):
        raise refused(name, f"the antivirus scanner found {found!r} in it: it is not kept")


def opened(space: UUID, file: UUID) -> IO[bytes]:
    """The bytes to be read. Raises FileLost."""
    try:
        return path_of(space, file).open("rb")
    except FileNotFoundError as error:
        raise FileLost(
            "the bytes of this file are not where they were kept: ask whoever runs this installation to bring the folder "
            "“files” back from a backup"
        ) from error


def erase(space: UUID, file: UUID) -> None:
    path_of(space, file).unlink(missing_ok=True)


def remove_orphans(space: UUID, files: Collection[UUID], *, at: datetime) -> int:
    """Remove what no row names, once it is a day old; how many."""
    return remove_old(folder_of(space), {str(one) for one in files}, at=at) + remove_old(
        incoming(), (), at=at
    )
