"""Prepared files are named by all they depend on, and a damaged one is refused, never believed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.factories.asked import evidence_of
from tests.factories.logs import desk_log

from handfast.kernel.quantity import Span
from handfast.kernel.records import arrow_tables
from handfast.kernel.records.log import Attribute
from handfast.kernel.records.mapping import COUNTED_NAMES
from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.engines.database import CacheRefused
from handfast.kernel.servicelevels.engines.prepared import key_of
from handfast.kernel.servicelevels.evidence import Evidence, OutsideAnnex
from handfast.kernel.servicelevels.questions import Condition, Counted, Population, Tally

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = {"start": ["new"], "stop": ["done"], "reopening": "continue"}
EVER = Span(0, 2**60)
# The kind is a at the start and b at the stop.
LOG = desk_log("R1 | 2026-03-03T09:00 | new | a", "R1 | 2026-03-03T12:00 | done | b")
OF_KIND_A = Tally(
    Population(0, "resolution", EVER, "start", "as it stands", (Condition("kind", among=("a",)),))
)


def taken_at(moment: str) -> Evidence:
    evidence = evidence_of(LOG, CLOCK)
    attributes = (Attribute("kind", moment, None), *LOG.attributes[1:])  # type: ignore[arg-type] - a word of the mapping
    return replace(evidence, logs={"desk": replace(LOG, attributes=attributes)})


def counted(evidence: Evidence, cache: Path) -> int:
    engine = open_engine("duckdb", evidence, cache=cache)
    try:
        answer = engine.answer(OF_KIND_A)
        assert isinstance(answer, Counted)
        return answer.n
    finally:
        engine.close()


def test_a_cache_never_answers_for_an_attribute_taken_elsewhere(tmp_path: Path) -> None:
    assert [counted(taken_at(moment), tmp_path) for moment in ("start", "stop", "start")] == [1, 0, 1]


def test_the_key_knows_clock_records_as_of_ties_and_attributes() -> None:
    evidence = evidence_of(LOG, CLOCK)
    others = [
        taken_at("stop"),
        evidence_of(LOG, CLOCK | {"reopening": "ignore"}),
        evidence_of(LOG, CLOCK, as_of="2026-11-01T00:00"),
        evidence_of(LOG, CLOCK, calendar="always"),
        evidence_of(desk_log("R1 | 2026-03-03T09:00 | new | a"), CLOCK),
        replace(evidence, logs={"desk": replace(LOG, ties=tuple(reversed(LOG.ties)))}),
        evidence_of(LOG, CLOCK, {"kind": "pause revoked", "records": "R1", "pause": "user"}),
    ]
    keys = [key_of(one, 0, "resolution") for one in (evidence, *others)]
    assert len(set(keys)) == len(keys)
    assert key_of(evidence_of(LOG, CLOCK), 0, "resolution") == keys[0]


def test_a_damaged_prepared_file_is_refused_with_its_folder(tmp_path: Path) -> None:
    counted(taken_at("start"), tmp_path)
    for path in tmp_path.rglob("prepared.parquet"):
        path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(CacheRefused, match="delete the folder"):
        counted(taken_at("start"), tmp_path)


def test_a_cache_that_is_a_file_or_a_pattern_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("file", "ca*x"):
        with pytest.raises(CacheRefused, match=name.replace("*", r"\*")):
            counted(taken_at("start"), tmp_path / name)


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_a_clock_that_runs_outside_the_annex_is_refused_by_its_record(engine: str, tmp_path: Path) -> None:
    log = desk_log("R7 | 2019-03-03T09:00 | new | a", "R7 | 2026-03-03T12:00 | done | b")
    opened = open_engine(engine, evidence_of(log, CLOCK), cache=tmp_path)
    try:
        with pytest.raises(OutsideAnnex, match="record R7"):
            opened.answer(OF_KIND_A)
    finally:
        opened.close()


def test_no_mapping_may_use_the_name_of_an_engines_own_column(tmp_path: Path) -> None:
    due = replace(OF_KIND_A.population, counted_by="due", target_us=1, span=Span(0, 1))
    engine = open_engine("duckdb", evidence_of(LOG, CLOCK), cache=tmp_path)
    try:
        engine.answer(Tally(due))
    finally:
        engine.close()
    columns = {name for path in tmp_path.rglob("*.parquet") for name in arrow_tables.column_names(path)}
    own = {name.removeprefix("a_") for name in columns} - {one.name for one in LOG.attributes}
    fixed = {
        "record",
        "from_us",
        "to_us",
    }  # the log's own column, and those of pauses, where no attribute stands
    assert own - fixed <= COUNTED_NAMES
