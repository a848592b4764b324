"""The log that the batches of a source make together, kept in memory for the next click: bounded, and never stale.

What is kept is found by everything it was made of, the state of its files among it. Whoever asks holds the
batches already, from rows that came through the fence; here nothing is looked up and nothing is known by a name.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from handfast.kernel.records.arrow_tables import bytes_of
from handfast.kernel.records.canonical import rows_of_log
from handfast.kernel.records.log import EventLog, IntervalLog
from handfast.kernel.records.refusals import LogsDiffer
from handfast.kernel.records.standing import standing
from handfast.records.files.kept import file_of, rows_back

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from handfast.records.models import Batch

    Log = EventLog | IntervalLog

MOST_LOGS = 8
MOST_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """One batch as a log depends on it: whose it is, which rows, how they are read, and its file as it lies there."""

    space: UUID
    digest: str
    mapping: str
    file: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A source's key, and its batches in the order in which they stand."""

    source: str
    parts: tuple[Part, ...]


class Shelf:
    """Logs by what they were made of, the one longest unasked for going first; one thread makes, the others wait."""

    def __init__(self, *, most_logs: int, most_bytes: int) -> None:
        self._most_logs, self._most_bytes = most_logs, most_bytes
        self._lock = Lock()
        self._logs: OrderedDict[Key, Log] = OrderedDict()
        self._making: WeakValueDictionary[Key, Lock] = WeakValueDictionary()

    def log(self, key: Key, make: Callable[[], Log]) -> Log:
        """The log of a key, made where it is not here; what `make` raises is raised, and nothing is kept."""
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            found = self._found(key)
            if found is None:
                found = make()
                self._keep(key, found)
        return found

    def clear(self) -> None:
        with self._lock:
            self._logs.clear()

    @property
    def bytes_held(self) -> int:
        with self._lock:
            return self._held()

    def __len__(self) -> int:
        with self._lock:
            return len(self._logs)

    def _found(self, key: Key) -> Log | None:
        with self._lock:
            if key in self._logs:
                self._logs.move_to_end(key)
            return self._logs.get(key)

    def _keep(self, key: Key, log: Log) -> None:
        if bytes_of(rows_of_log(log)) > self._most_bytes:
            return  # it would push out all others and stay away itself
        with self._lock:
            self._logs[key] = log
            while len(self._logs) > self._most_logs or self._held() > self._most_bytes:
                self._logs.popitem(last=False)

    def _held(self) -> int:
        return sum(bytes_of(rows_of_log(log)) for log in self._logs.values())


SHELF = Shelf(most_logs=MOST_LOGS, most_bytes=MOST_BYTES)


def merged(source: str, batches: Sequence[Batch]) -> EventLog | IntervalLog:
    """What the batches of one source make together, in this order; a later one replaces whole records.

    Raises CanonicalRefused where a file was changed, FileUnreadable where one is gone, LogsDiffer where the
    batches were read by unlike mappings.
    """
    parts = [_part(batch) for batch in batches]
    key = Key(source, tuple(part for part in parts if part is not None))
    if len(key.parts) < len(parts):  # a file is gone: reading says which
        return _made(source, batches)
    return SHELF.log(key, lambda: _made(source, batches))


def _part(batch: Batch) -> Part | None:
    """What a batch is found by. A file that was written over has other marks, whatever it holds; None where it is gone."""
    try:
        lies = file_of(batch.space_id, batch.digest).stat()
    except OSError:
        return None
    marks = (lies.st_dev, lies.st_ino, lies.st_size, lies.st_mtime_ns, lies.st_ctime_ns)
    return Part(batch.space_id, batch.digest, batch.mapping, marks)


def _made(source: str, batches: Sequence[Batch]) -> EventLog | IntervalLog:
    logs = [rows_back(batch, source) for batch in batches]
    of_events = [log for log in logs if isinstance(log, EventLog)]
    of_intervals = [log for log in logs if isinstance(log, IntervalLog)]
    if of_events and of_intervals:
        raise LogsDiffer(
            f"batches of {source} hold events and intervals: withdraw those of the older mapping"
        )
    return standing(of_events) if of_events else standing(of_intervals)
