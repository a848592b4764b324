"""Records of one clock as Parquet files: derived from events once, named by the digests they came from."""

from __future__ import annotations

import hashlib
import os
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import rfc8785

from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels.engines.blocked import with_excluded_time, without_revoked
from handfast.kernel.servicelevels.engines.ordered import ordered_events, roles_of
from handfast.kernel.servicelevels.engines.runs import runs_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints, OrderedEvents
    from handfast.kernel.servicelevels.engines.runs import Pauses, Runs
    from handfast.kernel.servicelevels.evidence import Evidence

FORMAT = 3


@dataclass(frozen=True, slots=True)
class Names:
    """The files of some records of a clock."""

    records: str
    pauses: str


INSIDE = Names("records.parquet", "pauses.parquet")
OUTSIDE = Names("outside.parquet", "outside_pauses.parquet")


def key_of(evidence: Evidence, version: int, name: str) -> str:
    """Names what the prepared files of a clock depend on, and nothing else."""
    clock = evidence.clock(version, name)
    content: dict[str, Any] = {
        "format": FORMAT,
        "records": evidence.log(clock.source).digest,
        "ties": list(evidence.log(clock.source).ties),
        "attributes": [
            [one.name, one.taken_at, str(one.digits)] for one in evidence.log(clock.source).attributes
        ],
        "clock": clock.model_dump_json(),
        "calendar": evidence.calendar(version, clock).digest,
        "as_of": str(evidence.as_of_us),
        "adjustments": [
            adjustment.model_dump_json()
            for kind in ("pause revoked", "time excluded")
            for adjustment in evidence.adjustments_of(clock.source, kind)
        ],
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()[:32]


def write_clock(evidence: Evidence, version: int, name: str, folder: Path) -> None:
    """Derive `records.parquet` and `pauses.parquet` of a clock into `folder`, whole or not at all.

    Records whose clock runs outside the annex go into files of their own, which are there only where any does.
    """
    clock = evidence.clock(version, name)
    log = evidence.log(clock.source)
    events = ordered_events(log, clock, evidence.as_of_us)
    runs = runs_of(events, roles_of(clock, events.names), clock.reopening, evidence.as_of_us)
    ends = np.where(runs.is_finished, runs.stop, evidence.as_of_us)
    pauses = _pauses(evidence, clock, log, events, runs, ends)
    covers = evidence.calendar(version, clock).covers
    is_outside = (runs.start < covers.starts_us) | (ends >= covers.ends_us)
    temporary = folder.with_name(f"{folder.name}.{uuid.uuid4().hex}.part")
    temporary.mkdir(parents=True)
    for names, chosen in ((INSIDE, runs.has_started & ~is_outside), (OUTSIDE, runs.has_started & is_outside)):
        if names is INSIDE or chosen.any():
            columns = _columns(log, events, runs, ends, np.flatnonzero(chosen))
            arrow_tables.write_columns(temporary / names.records, columns)
            arrow_tables.write_columns(temporary / names.pauses, _pause_columns(pauses, chosen))
    put_in_place(temporary, folder)


def touched(path: Path) -> bool:
    """Whether it is there; it is marked as read now, so that whoever clears away knows what nobody opens any more."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    except PermissionError:  # somebody else's folder, which may be read
        return True
    return True


def put_file_in_place(part: Path, target: Path) -> None:
    """Make a finished file durable, then visible under its name: a cut of power leaves no half of it."""
    with part.open("rb") as handle:
        os.fsync(handle.fileno())
    part.replace(target)


def put_in_place(temporary: Path, folder: Path) -> None:
    """Make finished files durable, then visible under their name in one step."""
    for file in temporary.iterdir():
        with file.open("rb") as handle:
            os.fsync(handle.fileno())
    try:
        temporary.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        for file in temporary.iterdir():
            file.unlink()
        temporary.rmdir()


def _pauses(  # noqa: PLR0913, PLR0917 - everything that one clock's pauses depend on
    evidence: Evidence, clock: ClockTerms, log: EventLog, events: OrderedEvents, runs: Runs, ends: Ints
) -> Pauses:
    revoked = evidence.adjustments_of(clock.source, "pause revoked")
    excluded = evidence.adjustments_of(clock.source, "time excluded")
    if not revoked and not excluded:
        return runs.pauses
    ids = arrow_tables.taken(log.events, "record", events.row[events.first]).to_pylist()
    place_of = {record: place for place, record in enumerate(ids)}
    standing = without_revoked(runs.pauses, clock, revoked, place_of)
    starts = np.where(runs.has_started, runs.start, ends)
    return with_excluded_time(standing, clock, excluded, place_of, starts, ends)


def _pause_columns(pauses: Pauses, chosen: Flags) -> dict[str, Any]:
    """The pauses of the chosen records, by record and then by time."""
    order = np.lexsort((pauses.from_us, pauses.record))
    order = order[chosen[pauses.record[order]]]
    columns = {"place": pauses.record, "from_us": pauses.from_us, "to_us": pauses.to_us}
    return {key: value[order] for key, value in columns.items()}


def _columns(log: EventLog, events: OrderedEvents, runs: Runs, ends: Ints, started: Ints) -> dict[str, Any]:
    finished = runs.is_finished[started]
    last = runs.last_event[started]
    moments = {
        "start": runs.start_event[started],
        "stop": np.where(finished, runs.stop_event[started], last),
        "last": last,
    }
    columns: dict[str, Any] = {
        "place": started,
        "record": arrow_tables.taken(log.events, "record", events.row[last]),
        "start_us": runs.start[started],
        "stop_us": arrow_tables.integer_column(runs.stop[started], finished),
        "end_us": ends[started],
    }
    for attribute in log.attributes:
        rows = events.row[moments[attribute.taken_at]]
        columns[f"a_{attribute.name}"] = arrow_tables.taken(log.events, attribute.name, rows)
    # Last: what the clock counted stands, whatever a source calls its columns.
    columns["a_reopenings"] = runs.reopenings[started]
    return columns
