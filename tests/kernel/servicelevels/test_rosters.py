"""A level's records, page by page: the outcomes add up to the figure, and each record knows its neighbours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories.agreements import inputs_of, terms_with
from tests.factories.asked import body_of
from tests.factories.logs import desk_log
from tests.factories.random_statements import random_inputs

from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.engines.database import Database
from handfast.kernel.servicelevels.rosters import LevelRoster, level_roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.statement import Inputs

MONTH = "2026-03"
HOUR = 3_600_000_000
ENGINES = pytest.mark.parametrize("engine", ["duckdb", "reference"])


@contextmanager
def rosters(engine: str, inputs: Inputs, *levels: str) -> Iterator[list[LevelRoster]]:
    opened = open_engine(engine, inputs.evidence(), threads=1)
    try:
        yield [level_roster(inputs.terms, opened, level, [MONTH]) for level in levels]
    finally:
        opened.close()


def desk(amended: dict[str, Any] | None = None) -> Inputs:
    """Nine records of March, R1 solved after one hour, R2 after two; R9 is open. L1 is of the month's second half."""
    rows = [f"R{hours} | 2026-03-02T09:00 | new | a" for hours in range(1, 10)]
    rows += [f"R{hours} | 2026-03-02T{9 + hours}:00 | done" for hours in range(1, 9)]
    amendments = (
        [{"from": "2026-03-16", "name": "later", "change": {"measures": {"resolved": amended}}}]
        if amended
        else []
    )
    terms = terms_with(
        measures={"resolved": {"target": "4h", "counted_by": "start", "unfinished": "as it stands"}},
        amendments=amendments,
    )
    late = ("L1 | 2026-03-17T09:00 | new", "L1 | 2026-03-17T14:00 | done")
    return inputs_of(terms, logs={"desk": desk_log(*rows, *late)}, as_of="2026-03-25T00:00:00Z")


@ENGINES
def test_missed_records_are_paged_the_longest_first_with_their_number_in_all(engine: str) -> None:
    with rosters(engine, desk(), "resolved") as (roster,):
        counts = roster.counts()
        assert counts == {"met": 4, "missed": 6}
        page = roster.page(2, 1, outcomes=("missed",))
        assert [(one.row.record, one.row.elapsed_us // HOUR, one.outcome) for one in page.rows] == [
            ("R8", 8, "missed"),
            ("R7", 7, "missed"),
        ]
        assert page.total == 6


@ENGINES
def test_a_record_knows_its_place_and_its_neighbours_among_the_missed(engine: str) -> None:
    with rosters(engine, desk(), "resolved") as (roster,):
        (place,) = roster.place("R7", outcomes=("missed",)).places
        assert (place.place, place.previous, place.next) == (3, "R8", "R6")
        (first,) = roster.place("R9", outcomes=("missed",)).places
        assert (first.place, first.previous, first.next) == (1, None, "R8")
        assert roster.place("R1", outcomes=("missed",)).places == ()
        assert roster.place("R1", order="record").places[0].place == 2


@ENGINES
def test_each_record_is_held_against_the_target_of_its_version(engine: str) -> None:
    with rosters(engine, desk({"target": "6h"}), "resolved") as (roster,):
        (late,) = roster.rows_of("L1")
        (early,) = roster.rows_of("R5")
        assert (late.outcome, roster.target_us(late), roster.population(late).version) == ("met", 6 * HOUR, 1)
        assert (early.outcome, roster.target_us(early), roster.population(early).version) == (
            "missed",
            4 * HOUR,
            0,
        )
        assert roster.rows_of("R0") == ()


@ENGINES
def test_a_level_that_counts_no_records_has_an_empty_roster(engine: str) -> None:
    roster = LevelRoster(open_engine(engine, desk().evidence()), ())
    assert (roster.counts(), roster.page().rows, roster.place("R1").places) == ({}, (), ())
    roster.engine.close()


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**63))
def test_outcomes_add_up_to_the_statement_and_pages_to_the_whole(seed: int) -> None:
    inputs = random_inputs(seed)
    lines = {line["id"]: line for line in body_of("duckdb", inputs, MONTH)["levels"]}
    levels = [name for name in ("resolved", "ratio", "mean", "size", "count", "slow") if name in lines]
    with rosters("duckdb", inputs, *levels) as found:
        for name, roster in zip(levels, found, strict=True):
            _add_up(lines[name], name, roster)


def _add_up(line: dict[str, Any], name: str, roster: LevelRoster) -> None:
    counts = roster.counts()
    in_n = sum(counts.get(word, 0) for word in ("met", "missed", "counted"))
    assert (in_n, counts.get("left out", 0)) == (line["n"], line["left_out"])
    assert counts.get("excluded", 0) == sum(line["excluded"].values())
    if name in {"resolved", "ratio"}:
        assert counts.get("met", 0) == int(line["numerator"] or 0)
    whole = roster.page()
    assert whole.total == len(whole.rows) == sum(counts.values())
    assert whole.rows == tuple(row for at in range(0, whole.total, 3) for row in roster.page(3, at).rows)
    ids = [None, *(one.row.record for one in whole.rows), None]
    for at, one in enumerate(whole.rows, start=1):
        found = [place for place in roster.place(one.row.record).places if place.place == at]
        assert [(place.judged, place.previous, place.next) for place in found] == [
            (one, ids[at - 1], ids[at + 1])
        ]


def test_what_came_to_what_is_counted_once_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Database.rows

    def counted(database: Database, text: str) -> list[tuple[Any, ...]]:
        asked.append(text)
        return run(database, text)

    monkeypatch.setattr(Database, "rows", counted)
    with rosters("duckdb", desk(), "resolved") as (roster,):
        roster.counts()
        assert roster.page(2).total == roster.place("R1").total == 10
        assert roster.page(2, outcomes=("missed",)).total == 6
        assert sum("GROUP BY outcome" in text for text in asked) == 1


@pytest.mark.parametrize("amended", [None, {"target": "6h"}])
def test_page_and_place_of_the_embedded_engine_are_the_oracles(amended: dict[str, Any] | None) -> None:
    inputs = desk(amended)
    with (
        rosters("duckdb", inputs, "resolved") as (quick,),
        rosters("reference", inputs, "resolved") as (slow,),
    ):
        for outcomes in ((), ("missed",), ("met",)):
            for at in range(0, 11, 2):
                assert quick.page(3, at, outcomes=outcomes) == slow.page(3, at, outcomes=outcomes)
            for record in ("R1", "R5", "R9", "L1", "R0"):
                assert quick.place(record, outcomes=outcomes) == slow.place(record, outcomes=outcomes)
