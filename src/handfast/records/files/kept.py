"""The kept rows of batches: one Parquet file for each digest, in the folder of their space."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from handfast.foundation.files.staged import remove_old
from handfast.kernel.records.readers.parquet_logs import read_parquet_log, write_parquet_log
from handfast.records.reading.mappings import mapping_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.records.models import Batch

LOCK = ".lock"


def folder_of(space: UUID) -> Path:
    """Where the rows of one space lie; the name is made of an id and of nothing that anybody wrote."""
    return Path(settings.HANDFAST_RECORDS) / str(space)


def file_of(space: UUID, digest: str) -> Path:
    return folder_of(space) / f"{digest}.parquet"


@contextmanager
def held(space: UUID) -> Iterator[None]:
    """Nobody else keeps rows of this space, or removes them, until the block ends or the process dies."""
    folder_of(space).mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder_of(space) / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(log: EventLog | IntervalLog, space: UUID) -> None:
    """Write the rows of a log, durably, before the batch is recorded; the same rows twice are one file.

    Keeping and recording stand in one block of `held`, so that no cleaning comes between them.
    """
    write_parquet_log(log, file_of(space, log.digest))


def is_kept(space: UUID, digest: str) -> bool:
    return file_of(space, digest).is_file()


def rows_back(batch: Batch, source_key: str) -> EventLog | IntervalLog:
    """The log of a batch, by the mapping that it was read by."""
    mapping = mapping_named(batch.mapping, source_key)
    return read_parquet_log(
        file_of(batch.space_id, batch.digest), mapping, source=source_key, digest=batch.digest
    )


def remove_orphans(space: UUID, digests: Collection[str], *, at: datetime) -> int:
    """Remove what no batch names: what a worker that was killed left behind, once it is a day old."""
    return remove_old(folder_of(space), {LOCK, *(f"{one}.parquet" for one in digests)}, at=at)
