"""A question about many records: bare scan, wall-clock time and working time, cold and warm, as a Markdown table."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pa_parquet

from handfast.kernel.document import Document
from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.engines.database import Database
from handfast.kernel.servicelevels.engines.embedded import DuckdbEngine, counted_text, elapsed_text
from handfast.kernel.servicelevels.evidence import Evidence
from handfast.kernel.servicelevels.questions import Condition, Counted, Population, WithinTarget
from handfast.kernel.servicelevels.terms import read_terms
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.servicelevels.questions import Answer

RECORDS = 20_000_000
PAUSED_SHARE = 0.3
SLICE = 1_000_000
HOUR = 3_600_000_000
BEGINS = 1_704_067_200_000_000  # 2024-01-01T00:00:00Z
YEARS = 2 * 366 * 24 * HOUR
TARGET = 16 * HOUR
PRIORITIES = ("P1", "P2", "P3", "P4")
WRITTEN = {"zone": "Europe/Amsterdam", "hours": {"mon-fri": ["08:00-18:00"]}}
TERMS = {
    "agreement": "Benchmark",
    "zone": "Europe/Amsterdam",
    "effective": {"from": "2024-01-01", "to": "2027-01-01"},
    "sources": {
        "desk": {
            "kind": "events",
            "record": "id",
            "at": {"column": "at"},
            "event": "event",
            "attributes": {"priority": {"column": "priority", "taken_at": "start"}},
        }
    },
    "calendars": {"office": WRITTEN},
    "clocks": {
        "resolution": {
            "source": "desk",
            "calendar": "office",
            "start": "first",
            "stop": "done",
            "reopening": "ignore",
        }
    },
    "measures": {
        "volume": {"kind": "count", "clock": "resolution", "counted_by": "start", "unfinished": "left out"}
    },
    "levels": {"volume": {"measure": "volume", "name": "Volume"}},
}
BARE = """SELECT a_priority, COUNT(*), SUM(CASE WHEN end_us - start_us <= {target} THEN 1 ELSE 0 END)
FROM read_parquet('{folder}/records.parquet') GROUP BY a_priority"""
WALL_CLOCK = """SELECT a_priority, COUNT(*),
  SUM(CASE WHEN end_us - start_us - COALESCE(k.blocked, 0) <= {target} THEN 1 ELSE 0 END)
FROM read_parquet('{folder}/records.parquet') r
LEFT JOIN (SELECT place, SUM(to_us - from_us) AS blocked FROM read_parquet('{folder}/pauses.parquet') GROUP BY place) k
ON k.place = r.place GROUP BY a_priority"""


def main() -> None:
    """Write the records once, measure each query in a process of its own, print medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=RECORDS)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--folder", type=Path, help="where the records lie (used by itself)")
    arguments.add_argument("--measure", choices=MEASURED, help="measure one query (used by itself)")
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(_measured(given.measure, given.folder)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pauses = _write(folder, given.rows)
        # In rounds, so that a machine that is busy for a while slows all of them.
        rounds = [{what: _in_own_process(what, folder) for what in MEASURED} for _ in range(given.runs)]
    figures = {what: _median([one[what] for one in rounds]) for what in MEASURED}
    if len({figures[what]["hits"] for what in ("cold", "written", "warm")}) != 1:
        raise SystemExit(f"the same question was answered differently: {figures}")
    print(
        f"{given.rows:,} records, {pauses:,} pauses, medians of {given.runs} rounds, a process for each query.\n"
    )
    print("| query | seconds | of processor | to the bare scan | to wall-clock time | memory |")
    print("|---|---|---|---|---|---|")
    bare, wall = (figures[what]["seconds"] for what in ("bare", "wall"))
    for what, figure in figures.items():
        seconds = figure["seconds"]
        print(
            f"| {MEASURED[what][0]} | {seconds:.2f} | {figure['worked']:.2f} | {seconds / bare:.1f} x | {seconds / wall:.1f} x "
            f"| {figure['memory'] / 2**20:,.0f} MiB |"
        )


def _in_own_process(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", what, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figure: dict[str, float] = json.loads(done.stdout)
    return figure


def _median(figures: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(figure[key] for figure in figures) for key in figures[0]}


def _measured(what: str, folder: Path) -> dict[str, float]:
    """Seconds by the clock and of both cores, the most memory held, and what was answered."""
    worked = time.process_time()
    seconds, hits = MEASURED[what][1](folder)
    used = time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
    return {"seconds": seconds, "worked": used, "memory": memory, "hits": hits}


def _write(folder: Path, records: int) -> int:
    """Records and pauses as the engine derives them: by record, some of them paused once or twice, some unfinished."""
    rng = np.random.default_rng(22)
    pauses: list[pa.Table] = []
    with pa_parquet.ParquetWriter(
        folder / "records.parquet", _slice(rng, 0, 1)[0].schema, compression="zstd"
    ) as out:
        for begin in range(0, records, SLICE):
            rows, paused = _slice(rng, begin, min(SLICE, records - begin))
            out.write_table(rows)
            pauses.append(paused)
    written = pa.concat_tables(pauses)
    pa_parquet.write_table(written, folder / "pauses.parquet", compression="zstd", row_group_size=SLICE)
    return int(written.num_rows)


def _slice(rng: np.random.Generator, begin: int, count: int) -> tuple[pa.Table, pa.Table]:
    place = np.arange(begin, begin + count, dtype=np.int64)
    start = BEGINS + rng.integers(0, YEARS, count)
    end = start + rng.exponential(60 * HOUR, count).astype(np.int64) + 1
    finished = rng.random(count) < 0.98
    numbers = pc.utf8_lpad(pc.cast(pa.array(place), pa.string()), 9, "0")
    rows = pa.table(
        {
            "place": place,
            "record": pc.binary_join_element_wise("INC", numbers, ""),
            "start_us": start,
            "stop_us": pa.array(end, mask=~finished),
            "end_us": end,
            "a_reopenings": rng.integers(0, 2, count),
            "a_priority": pa.array(PRIORITIES).take(pa.array(rng.integers(0, len(PRIORITIES), count))),
        }
    )
    paused = np.sort(rng.choice(count, int(count * PAUSED_SHARE), replace=False))
    length = end[paused] - start[paused]
    from_us = start[paused] + (length * rng.uniform(0, 0.5, paused.size)).astype(np.int64)
    to_us = from_us + (length * rng.uniform(0, 0.5, paused.size)).astype(np.int64)
    return rows, pa.table({"place": place[paused], "from_us": from_us, "to_us": to_us})


def _engine(folder: Path) -> DuckdbEngine:
    terms = read_terms(Document("benchmark", TERMS, {}))
    calendar = compile_calendar(
        WrittenCalendar.model_validate(WRITTEN), first=date(2023, 1, 1), last=date(2028, 1, 1)
    )
    engine = DuckdbEngine(Evidence(terms, {"office": calendar}, as_of_us=BEGINS + 2 * YEARS), cache=folder)
    engine._prepared[0, "resolution"] = folder  # noqa: SLF001 - the files lie there already
    return engine


def _question() -> WithinTarget:
    """Every record counts, and the priority is read, as in the other queries."""
    span = Span(BEGINS, BEGINS + YEARS)
    where = (Condition("priority", PRIORITIES),)
    return WithinTarget(Population(0, "resolution", span, "start", "as it stands", where), TARGET, True)


def _sql(folder: Path, text: str) -> tuple[float, int]:
    database = Database(folder, threads=2, memory_mb=1200)
    started = time.perf_counter()
    rows = database.rows(text.format(folder=folder, target=TARGET))
    seconds = time.perf_counter() - started
    database.close()
    return seconds, sum(int(hits) for *_, hits in rows)


def _cold(folder: Path) -> tuple[float, int]:
    """The elapsed column worked out inside the question, and not kept."""
    engine, question = _engine(folder), _question()
    started = time.perf_counter()
    population, database = question.population, engine._database  # noqa: SLF001 - no other way around the writing
    members = texts.MEMBERS.format(
        prepared=f"({elapsed_text(database, engine._evidence.calendars['office'], folder)})",  # noqa: SLF001 - as above
        excluded="CAST(NULL AS VARCHAR)",
        join="",
        instant="start_us",
        starts=population.span.starts_us,
        ends=population.span.ends_us,
        where=texts.where_text(population.where),
    )
    is_in, is_hit = f"(is_finished OR NOT elapsed <= {TARGET})", f"is_finished AND elapsed <= {TARGET}"
    rows = database.rows(counted_text(members, is_in=is_in, is_hit=is_hit, value="0", is_grouped=False))
    seconds = time.perf_counter() - started
    engine.close()
    return seconds, int(rows[0][3])


def _written(folder: Path) -> tuple[float, int]:
    """The elapsed column written, then the question answered from it."""
    engine = _engine(folder)
    (folder / "prepared.parquet").unlink(missing_ok=True)
    started = time.perf_counter()
    engine._write_elapsed(0, "resolution", folder)  # noqa: SLF001 - the one step that is measured
    answer = engine.answer(_question())
    seconds = time.perf_counter() - started
    engine.close()
    return seconds, _hits(answer)


def _warm(folder: Path) -> tuple[float, int]:
    engine = _engine(folder)
    started = time.perf_counter()
    answer = engine.answer(_question())
    seconds = time.perf_counter() - started
    engine.close()
    return seconds, _hits(answer)


def _hits(answer: Answer) -> int:
    if not isinstance(answer, Counted):
        raise TypeError(f"a count was asked for, not {answer!r}")
    return answer.hits


MEASURED: dict[str, tuple[str, Callable[[Path], tuple[float, int]]]] = {
    "bare": ("bare scan and group-by", lambda folder: _sql(folder, BARE)),
    "wall": ("scan, join of pauses and group-by in wall-clock time", lambda folder: _sql(folder, WALL_CLOCK)),
    "cold": ("share within target in working time, cold, nothing kept", _cold),
    "written": ("the same, cold, with the prepared column written", _written),
    "warm": ("the same, warm, from the prepared column", _warm),
}


if __name__ == "__main__":
    main()
