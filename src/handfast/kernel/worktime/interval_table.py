"""A table of intervals, start and end, and the same table with its working seconds added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US, moment_of
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.delimited import FIRST_ROW, Delimited, read_delimited
from handfast.kernel.worktime.refusals import TableRefused
from handfast.kernel.worktime.stamps import fault_of, read_stamps
from handfast.kernel.worktime.vectors import elapsed_many
from handfast.kernel.worktime.zones import DOES_NOT_EXIST, EXISTS_TWICE, instants_from_local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from handfast.kernel.worktime.written import WrittenCalendar

    Instants = NDArray[np.int64]

START, END, SECONDS = "start", "end", "seconds"
MOST_FAULTS_SHOWN = 10
_BLOCK_ROWS = 100_000
_LOCAL_FAULTS = {DOES_NOT_EXIST: "does not exist on", EXISTS_TWICE: "exists twice on"}
_WRITE_THE_OFFSET = "write the offset, as in +01:00"


@dataclass(frozen=True, slots=True, eq=False)
class TimedTable:
    """A table of intervals and the working microseconds of each row."""

    table: Delimited
    elapsed_us: Instants

    def blocks(self) -> Iterator[bytes]:
        """The file with the column `seconds` at the end of each row; every other byte as it was."""
        content, rest = self.table.content, self.table.header_ends
        yield content[:rest] + f",{SECONDS}".encode()
        for low in range(0, self.elapsed_us.size, _BLOCK_ROWS):
            ends = self.table.ends[low : low + _BLOCK_ROWS].tolist()
            pieces = [content[begin:end] for begin, end in zip([rest, *ends], ends, strict=False)]
            texts = _second_texts(self.elapsed_us[low : low + _BLOCK_ROWS])
            yield b"".join(chain.from_iterable(zip(pieces, texts, strict=True)))
            rest = ends[-1]
        yield content[rest:]


@dataclass(slots=True)
class _Faults:
    """The first faults of each kind, in the words shown, and the count of all."""

    table: Delimited
    said: dict[tuple[int, str], str] = field(default_factory=dict)
    count: int = 0

    def note(self, is_wrong: NDArray[np.bool_], column: int, saying: Callable[[int, str], str]) -> None:
        """Note the rows that are wrong in a column; `saying` gets the row and the cell and says the fault."""
        rows = np.flatnonzero(is_wrong)
        self.count += rows.size
        begins, ends = self.table.cells(column)
        for row in rows[:MOST_FAULTS_SHOWN].tolist():
            text = self.table.content[begins[row] : ends[row]].decode("utf-8")
            self.said[row, self.table.header[column]] = f"{text!r} {saying(row, text)}"

    def refuse(self) -> None:
        """Refuse the table if anything was noted."""
        if not self.count:
            return
        name = self.table.name
        shown = sorted(self.said)[:MOST_FAULTS_SHOWN]
        lines = [
            f"{name}, row {row + FIRST_ROW}, column {column}: {self.said[row, column]}"
            for row, column in shown
        ]
        if self.count > len(shown):
            lines.append(f"{name}: and {self.count - len(shown):,} more")
        raise TableRefused("\n".join(lines))


def timed_table(content: bytes, written: WrittenCalendar, *, name: str) -> TimedTable:
    """The working time of every row of a CSV file with the columns `start` and `end`; refused by row and fault.

    A stamp without an offset is local to the calendar's zone. The calendar is compiled for the days of the data.
    """
    table = read_delimited(content, name)
    faults = _Faults(table)
    start, end = _place_of(table, START), _place_of(table, END)
    starts = _instants_of(table, start, written.zone, faults)
    ends = _instants_of(table, end, written.zone, faults)
    faults.refuse()
    faults.note(
        ends < starts, end, lambda *_: "lies before the start of its row: exchange them, or remove the row"
    )
    faults.refuse()
    if starts.size == 0:
        return TimedTable(table, np.zeros(0, np.int64))
    day = timedelta(days=1)
    first, last = (moment_of(int(instant)).date() for instant in (starts.min(), ends.max()))
    calendar = compile_calendar(written, first=first - day, last=last + day)
    return TimedTable(table, elapsed_many(calendar, starts, ends))


def _place_of(table: Delimited, column: str) -> int:
    if SECONDS in table.header:
        raise TableRefused(f"{table.name}, row 1: there is a column {SECONDS!r} already: rename it")
    if column not in table.header:
        shown = ", ".join(repr(cell) for cell in table.header[:MOST_FAULTS_SHOWN])
        raise TableRefused(
            f"{table.name}, row 1: no column {column!r} in the header, which reads {shown}: "
            "name the columns start and end, separated by commas"
        )
    return table.header.index(column)


def _instants_of(table: Delimited, column: int, zone: str, faults: _Faults) -> Instants:
    stamps = read_stamps(np.frombuffer(table.content, dtype=np.uint8), *table.cells(column))
    faults.note(stamps.is_wrong, column, lambda _, text: fault_of(text) or "is not a stamp that can be read")
    instants = stamps.local_us - stamps.offset_us
    kinds = np.zeros(instants.shape, np.int8)
    naive = ~stamps.has_offset & ~stamps.is_wrong
    if naive.any():
        local = instants_from_local(stamps.local_us[naive], zone, "refuse")
        instants[naive], kinds[naive] = local.instants_us, local.fault
    for kind, said in _LOCAL_FAULTS.items():
        faults.note(
            kinds == kind, column, lambda *_, said=said: f"{said} the clocks of {zone}: {_WRITE_THE_OFFSET}"
        )
    return instants


def _second_texts(elapsed_us: Instants) -> list[bytes]:
    seconds, rest = np.divmod(elapsed_us, SECOND_US)
    texts = list(map(b",%d".__mod__, seconds.tolist()))
    for row in np.flatnonzero(rest).tolist():
        texts[row] += b".%06d" % int(rest[row])
        texts[row] = texts[row].rstrip(b"0")
    return texts
