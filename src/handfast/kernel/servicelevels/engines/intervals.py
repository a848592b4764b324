"""Interval totals asked in SQL: sums a column, or sums an interval, never a mean."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.engines.prepared import put_file_in_place, touched
from handfast.kernel.servicelevels.questions import IntervalAnswer, IntervalsAtTarget, IntervalSums

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.records.log import IntervalLog
    from handfast.kernel.servicelevels.engines.database import Database

    Question = IntervalSums | IntervalsAtTarget


def answer_intervals(
    database: Database, folder: Path, log: IntervalLog, question: Question
) -> IntervalAnswer:
    """The sums of both sides, or how many intervals reach the target."""
    asked = question.intervals
    names = list(dict.fromkeys(name for _, name in (*asked.of, *asked.to)))
    by_interval = isinstance(question, IntervalsAtTarget)
    sums = "".join(", " + texts.DUCKDB.big_sum.format(column=f"r.{texts.column(name)}") for name in names)
    text = texts.INTERVAL_SUMS.format(
        group="r.at, " if by_interval else "0, ",
        sums=sums,
        rows=texts.DUCKDB.parquet.format(path=str(_file_of(folder, log)).replace("'", "''")),
        starts=asked.span.starts_us,
        ends=asked.span.ends_us,
        where=texts.where_text(asked.where),
        tail="GROUP BY r.at" if by_interval else "",
    )
    digits = {total.name: total.digits for total in log.totals}
    most = max(digits[name] for name in names)
    found: list[tuple[int, int, int]] = []
    for _, how_many, *values in database.rows(text):
        summed = {
            name: int(value or 0) * 10 ** (most - digits[name])
            for name, value in zip(names, values, strict=True)
        }
        of, to = (sum(sign * summed[name] for sign, name in side) for side in (asked.of, asked.to))
        found.append((int(how_many), of, to))
    rows = sum(how_many for how_many, _, _ in found)
    if isinstance(question, IntervalSums):
        return IntervalAnswer(rows, found[0][1], found[0][2]) if rows else IntervalAnswer(0)
    return _at_target(rows, found, question)


def _at_target(rows: int, found: list[tuple[int, int, int]], question: IntervalsAtTarget) -> IntervalAnswer:
    n = hits = empty = 0
    for _, of, to in found:
        if to <= 0:
            empty += 1
            is_in = is_hit = question.is_empty_met
        else:
            ahead = (of * question.denominator - question.numerator * to) * (
                1 if question.is_higher_better else -1
            )
            is_in, is_hit = True, ahead > 0 or (ahead == 0 and question.is_met_at_target)
        n += is_in
        hits += is_hit
    return IntervalAnswer(rows, 0, 0, n, hits, empty)


def _file_of(folder: Path, log: IntervalLog) -> Path:
    """The interval rows as Parquet, with the columns named as conditions name them."""
    path = folder / f"intervals_{log.digest[:32]}.parquet"
    if not touched(path):
        part = path.with_suffix(f".{uuid.uuid4().hex}.part")
        columns = {"at": log.rows.column("at")}
        columns |= {
            texts.column(name): log.rows.column(name) for name in (*log.keys, *(t.name for t in log.totals))
        }
        arrow_tables.write_columns(part, columns)
        put_file_in_place(part, path)
    return path
