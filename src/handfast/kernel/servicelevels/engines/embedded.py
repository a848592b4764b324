"""The embedded engine: DuckDB over Parquet files that were derived from the events once."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.engines.database import CacheRefused, Database
from handfast.kernel.servicelevels.engines.dues import due_column
from handfast.kernel.servicelevels.engines.intervals import answer_intervals
from handfast.kernel.servicelevels.engines.judging import hit_text, in_text, value_text
from handfast.kernel.servicelevels.engines.outside import refuse_outside
from handfast.kernel.servicelevels.engines.prepared import key_of, put_file_in_place, touched, write_clock
from handfast.kernel.servicelevels.engines.rosters import Counts, Part, answer_rosters
from handfast.kernel.servicelevels.engines.slots import slots_of
from handfast.kernel.servicelevels.questions import (
    AttributeTotal,
    Counted,
    IntervalsAtTarget,
    IntervalSums,
    OutcomeCounts,
    Ranked,
    Roster,
    RosterPage,
    RosterPlace,
    RosterRow,
    Rows,
    Tally,
    TimeRanks,
)

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.evidence import Evidence
    from handfast.kernel.servicelevels.questions import Answer, Population, Question, RecordQuestion
    from handfast.kernel.worktime.compiled import CompiledCalendar

DEFAULT_MEMORY_MB = 1200
DEFAULT_THREADS = 2


class DuckdbEngine:
    """Prepared files are kept below `cache` by digest where one is given, else gone after `close`."""

    name = "duckdb"

    def __init__(
        self,
        evidence: Evidence,
        *,
        cache: Path | None = None,
        threads: int = DEFAULT_THREADS,
        memory_mb: int = DEFAULT_MEMORY_MB,
    ) -> None:
        self._evidence = evidence
        self._own_folder = tempfile.mkdtemp(prefix="handfast-") if cache is None else None
        self._folder = _usable(Path(self._own_folder or str(cache)).absolute())
        self._database = Database(self._folder, threads=threads, memory_mb=memory_mb)
        self._database.run("CREATE TABLE excluded (source VARCHAR, record VARCHAR, type VARCHAR)")
        self._excluded_sources = self._load_excluded()
        self._prepared: dict[tuple[int, str], Path] = {}
        self._outcomes: dict[tuple[RecordQuestion, ...], Counts] = {}

    def close(self) -> None:
        self._database.close()
        if self._own_folder:
            shutil.rmtree(self._own_folder, ignore_errors=True)

    def answer(self, question: Question) -> Answer:
        match question:
            case IntervalSums() | IntervalsAtTarget():
                log = self._evidence.interval_log(question.intervals.source)
                return answer_intervals(self._database, self._folder, log, question)
            case Roster():
                return self._roster(question)
            case OutcomeCounts() | RosterPage() | RosterPlace():
                return answer_rosters(
                    self._database, [self._part(one) for one in question.of], question, self._outcomes
                )
            case TimeRanks():
                return self._ranks(question)
            case _:
                return self._counted(question)

    def _load_excluded(self) -> set[str]:
        rows = [
            (source, record, adjustment.type)
            for source in self._evidence.logs
            for adjustment in self._evidence.adjustments_of(source, "record excluded")
            for record in adjustment.records or ()
        ]
        self._database.insert("excluded", rows)
        return {source for source, _, _ in rows}

    def prepared(self, version: int, clock: str) -> Path:
        """The folder of a clock's files, derived and with its elapsed column, made where it is missing."""
        if (version, clock) not in self._prepared:
            folder = self._folder / key_of(self._evidence, version, clock)
            if not touched(folder):
                write_clock(self._evidence, version, clock, folder)
            if not (folder / "prepared.parquet").exists():
                self._write_elapsed(version, clock, folder)
            self._prepared[version, clock] = folder
        return self._prepared[version, clock]

    def _write_elapsed(self, version: int, clock: str, folder: Path) -> None:
        calendar = self._evidence.calendar(version, self._evidence.clock(version, clock))
        part = folder / f"prepared.{uuid.uuid4().hex}.part"
        select = elapsed_text(self._database, calendar, folder)
        self._database.run(
            f"COPY ({select}) TO {texts.quoted(str(part))} (FORMAT parquet, COMPRESSION snappy)"
        )
        self._database.run("DROP TABLE slots")
        put_file_in_place(part, folder / "prepared.parquet")

    def _with_due(self, folder: Path, population: Population) -> Path:
        """The prepared records with one more column: when each is due under the population's target."""
        target = population.target_us or 0
        made = folder / f"due_{target}.parquet"
        if not made.exists():
            clock = self._evidence.clock(population.version, population.clock)
            due, is_due = due_column(folder, self._evidence.calendar(population.version, clock), target)
            place, _ = arrow_tables.read_integers(folder / "records.parquet", "place")
            part = folder / f"due_{target}.{uuid.uuid4().hex}.part"
            arrow_tables.write_columns(
                part, {"place": place, "due_us": arrow_tables.integer_column(due, is_due)}
            )
            put_file_in_place(part, made)
        return made

    def _members(self, population: Population) -> str:
        """The SQL of a population, with the type that excludes each member."""
        folder = self.prepared(population.version, population.clock)
        calendar = self._evidence.calendar(
            population.version, self._evidence.clock(population.version, population.clock)
        )
        refuse_outside(self._database, folder, calendar, population)
        prepared = texts.parquet(folder / "prepared.parquet")
        if population.counted_by == "due":
            due = texts.parquet(self._with_due(folder, population))
            prepared = f"(SELECT p.*, d.due_us FROM {prepared} p JOIN {due} d ON d.place = p.place)"  # noqa: S608 - ours
        return texts.MEMBERS.format(
            prepared=prepared,
            excluded="x.type" if self._excludes(population) else "CAST(NULL AS VARCHAR)",
            join=self._excluded_join(population, folder) if self._excludes(population) else "",
            instant=f"{population.counted_by}_us",
            starts=population.span.starts_us,
            ends=population.span.ends_us,
            where=texts.started_text(population.started_in)
            + texts.where_text(population.where)
            + texts.only_text(population.only, texts.parquet(folder / "records.parquet")),
        )

    def _excludes(self, population: Population) -> bool:
        source = self._evidence.clock(population.version, population.clock).source
        return bool(population.excluded_types) and source in self._excluded_sources

    def _excluded_join(self, population: Population, folder: Path) -> str:
        return texts.EXCLUDED_JOIN.format(
            records=texts.parquet(folder / "records.parquet"),
            source=texts.quoted(self._evidence.clock(population.version, population.clock).source),
            types=", ".join(texts.quoted(one) for one in population.excluded_types),
        )

    def _part(self, question: RecordQuestion) -> Part:
        population = question.population
        folder = self.prepared(population.version, population.clock)
        return Part(question, self._members(population), texts.parquet(folder / "records.parquet"))

    def _counted(self, question: RecordQuestion) -> Counted:
        text = counted_text(
            self._members(question.population),
            is_in=in_text(question),
            is_hit=hit_text(question),
            value=value_text(question),
            is_grouped=self._excludes(question.population),
        )
        return _counted_from(self._database.rows(text), question)

    def _ranks(self, question: TimeRanks) -> Ranked:
        tally = self._counted(Tally(question.population))
        if not question.ranks or not tally.n:
            return Ranked(tally.n, ())
        text = texts.RANKED.format(
            members=self._members(question.population),
            is_in=in_text(question),
            ranks=", ".join(str(rank) for rank in question.ranks),
        )
        found = {int(rank): int(value) for rank, value in self._database.rows(text)}
        return Ranked(tally.n, tuple(found[rank] for rank in question.ranks if rank in found))

    def _roster(self, question: Roster) -> Rows:
        population = question.population
        folder = self.prepared(population.version, population.clock)
        text = texts.ROSTER.format(
            records=texts.parquet(folder / "records.parquet"),
            members=self._members(population),
            instant=f"{population.counted_by}_us",
            limit=question.limit,
            offset=question.offset,
        )
        return Rows(tuple(RosterRow(*row) for row in self._database.rows(text)))


def _usable(folder: Path) -> Path:
    """The folder, made where it is missing; DuckDB would read *, ? and [ in its path as patterns."""
    if any(sign in str(folder) for sign in "*?["):
        raise CacheRefused(f"{folder}: a folder for prepared files may not have *, ? or [ in its path")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CacheRefused(f"{folder}: {error.strerror}: name a folder that can be written") from error
    return folder


def elapsed_text(database: Database, calendar: CompiledCalendar, folder: Path) -> str:
    """The SQL that adds the elapsed column to a clock's records; loads the calendar table it joins."""
    slots = slots_of(calendar)
    columns = {"slot": slots.slot, "before": slots.before, "opens": slots.opens, "length": slots.length}
    database.load("slots", columns)
    attributes = [
        name
        for name in arrow_tables.column_names(folder / "records.parquet")
        if name.startswith(texts.column(""))
    ]
    return texts.PREPARED.format(
        records=texts.parquet(folder / "records.parquet"),
        pauses=texts.parquet(folder / "pauses.parquet"),
        attributes="".join(f", w.{name}" for name in attributes),
        base=slots.base_us,
        width=slots.width_us,
        div=texts.DUCKDB.whole_division,
        from_before=texts.worked_before("p.from_us", "a"),
        to_before=texts.worked_before("p.to_us", "b"),
        start_before=texts.worked_before("r.start_us", "a"),
        stop_before=texts.worked_before("r.end_us", "b"),
    )


def counted_text(members: str, *, is_in: str, is_hit: str, value: str, is_grouped: bool) -> str:
    """The SQL that counts members, by the type that excludes them where any is excluded."""
    total = (
        "0"
        if value == "0"
        else texts.DUCKDB.big_sum.format(column="CASE WHEN is_in THEN COALESCE(value, 0) ELSE 0 END")
    )
    group, tail = ("excluded", "GROUP BY excluded") if is_grouped else ("NULL", "")
    return texts.COUNTED.format(
        members=members, is_in=is_in, is_hit=is_hit, value=value, total=total, group=group, tail=tail
    )


def _counted_from(rows: list[tuple[object, ...]], question: object) -> Counted:
    n = hits = total = left_out = 0
    excluded: list[tuple[str, int]] = []
    for type_, members, counted, hit, summed in rows:
        if type_ is None:
            n, hits, total = _whole(counted), _whole(hit), _whole(summed or 0)
            left_out = _whole(members) - n
        else:
            excluded.append((str(type_), _whole(members)))
    if isinstance(question, AttributeTotal):
        n, hits = hits, 0
    return Counted(n, hits, total, left_out, tuple(sorted(excluded)))


def _whole(value: object) -> int:
    return int(str(value))
