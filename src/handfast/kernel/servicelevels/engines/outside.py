"""Records whose clock runs outside the calendar annex: a question is refused where one of them could count."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.kernel.quantity import iso_of
from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.engines.dues import due_bounds
from handfast.kernel.servicelevels.engines.prepared import OUTSIDE, put_file_in_place
from handfast.kernel.servicelevels.evidence import OutsideAnnex

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.servicelevels.engines.database import Database
    from handfast.kernel.servicelevels.questions import Population
    from handfast.kernel.worktime.compiled import CompiledCalendar


def refuse_outside(
    database: Database, folder: Path, calendar: CompiledCalendar, population: Population
) -> None:
    """Refuse a population that a record outside the annex may belong to; nothing else about it is known."""
    if not (folder / OUTSIDE.records).exists():
        return
    outside = texts.parquet(folder / OUTSIDE.records)
    first = last = f"r.{population.counted_by}_us"
    if population.counted_by == "due":
        dues = texts.parquet(_due_file(folder, calendar, population.target_us or 0))
        outside = texts.WITH_DUE_BOUNDS.format(outside=outside, dues=dues)
        first, last = "r.first_us", f"COALESCE(r.last_us, {population.span.ends_us})"
    text = texts.OUTSIDE.format(
        outside=outside,
        first=first,
        last=last,
        starts=population.span.starts_us,
        ends=population.span.ends_us,
        where=texts.started_text(population.started_in)
        + texts.where_text(population.where)
        + texts.only_text(population.only, texts.parquet(folder / OUTSIDE.records)),
    )
    for record, start, end, count in database.rows(text):
        covers = calendar.covers
        others = "" if count == 1 else f" ({count:,} such records could count here)"
        raise OutsideAnnex(
            f"record {record}: its clock runs from {iso_of(start)} to {iso_of(end)}, outside the calendar annex "
            f"({iso_of(covers.starts_us)} to {iso_of(covers.ends_us)}), and it could count{others}; correct its "
            "stamps, map the right columns, or set effective dates that hold it"
        )


def _due_file(folder: Path, calendar: CompiledCalendar, target_us: int) -> Path:
    """When each of these records can be due at the earliest and at the latest."""
    made = folder / f"outside_due_{target_us}.parquet"
    if not made.exists():
        first, last = due_bounds(folder, calendar, target_us)
        place, _ = arrow_tables.read_integers(folder / OUTSIDE.records, "place")
        part = made.with_suffix(f".{uuid.uuid4().hex}.part")
        columns = {
            "place": place,
            "first_us": arrow_tables.integer_column(*first),
            "last_us": arrow_tables.integer_column(*last),
        }
        arrow_tables.write_columns(part, columns)
        put_file_in_place(part, made)
    return made
