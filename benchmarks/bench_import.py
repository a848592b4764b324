"""Import of ten million events: seconds and memory by file form, as a Markdown table."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.reading import read_log

EVENTS = 10_000_000
EVENTS_A_RECORD = 7
SLICE = 1_000_000
STATES = ["New", "In Progress", "Wait", "Wait - User", "Resolved", "Closed"]
LEVELS = ["High", "Medium", "Low"]
FIRST_SECOND = 1_577_836_800
MAPPING = {
    "kind": "events",
    "record": "number",
    "at": {"column": "updated_at", "format": "iso", "zone": "Europe/Amsterdam", "ambiguous": "first"},
    "event": "state",
    "attributes": {"impact": {"column": "impact", "taken_at": "start"}},
}


def main() -> None:
    """Measure each form in a process of its own, and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=EVENTS)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--read", type=Path, help="read one file and print its figures (used by itself)")
    given = arguments.parse_args()
    if given.read:
        print(json.dumps(_read(given.read)))
        return
    print(f"| {given.events:,} events | file | seconds | events a second | memory |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for path, said in _written(given.events, Path(folder)):
            figures = [_measured(path) for _ in range(given.runs)]
            seconds = statistics.median(figure["seconds"] for figure in figures)
            memory = max(figure["memory"] for figure in figures) / 2**30
            size = path.stat().st_size / 2**20
            print(
                f"| {said} | {size:,.0f} MiB | {seconds:.1f} | {given.events / seconds:,.0f} | {memory:.1f} GiB |"
            )


def _measured(path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--read", path], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _read(path: Path) -> dict[str, float]:
    started = time.perf_counter()
    read_log(path, mapping_from(MAPPING), source="bench", received_at_us=None)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0}


def _written(events: int, folder: Path) -> list[tuple[Path, str]]:
    """One log in order of time (records interleaved), written as each form."""
    rng = np.random.default_rng(20)
    plain, packed, typed = folder / "log.csv", folder / "log.csv.gz", folder / "log.parquet"
    schema = pa.schema([(name, pa.string()) for name in ("number", "updated_at", "state", "impact")])
    with (
        pa_csv.CSVWriter(plain, schema) as plain_out,
        pa.CompressedOutputStream(str(packed), "gzip") as gzip_stream,
        pa_csv.CSVWriter(gzip_stream, schema) as packed_out,
        pa_parquet.ParquetWriter(typed, schema) as typed_out,
    ):
        for start in range(0, events, SLICE):
            rows = _slice(rng, start, min(SLICE, events - start), events, schema)
            plain_out.write_table(rows)
            packed_out.write_table(rows)
            typed_out.write_table(rows)
    return [(plain, "CSV"), (packed, "CSV.gz"), (typed, "Parquet, stamps as text")]


def _slice(rng: np.random.Generator, start: int, rows: int, events: int, schema: pa.Schema) -> pa.Table:
    seconds = FIRST_SECOND + start + np.arange(rows)
    numbers = rng.integers(0, max(events // EVENTS_A_RECORD, 1), rows)
    return pa.table(
        [
            pa.array(np.char.add("INC", np.char.zfill(numbers.astype("U9"), 9))),
            pa.array(np.char.add(np.datetime_as_string(seconds.astype("datetime64[s]")), "+01:00")),
            pa.array(STATES).take(pa.array(rng.integers(0, len(STATES), rows))),
            pa.array(LEVELS).take(pa.array(rng.integers(0, len(LEVELS), rows))),
        ],
        schema=schema,
    )


if __name__ == "__main__":
    main()
