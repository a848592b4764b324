"""The worked example of docs/algorithms/servicelevels.md is true, by either engine."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.factories.agreements import annex_of, inputs_of, us
from tests.factories.asked import WHOLE_YEAR, answered, body_of

from handfast.kernel.document import read_document
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.servicelevels.questions import Population, Roster
from handfast.kernel.servicelevels.terms import read_terms

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "servicelevels.md"
EIGHT_HOURS = 8 * 3_600_000_000


@pytest.fixture
def blocks() -> list[str]:
    return re.findall(r"```(?:yaml|csv)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def inputs(blocks: list[str], tmp_path: Path) -> Any:
    terms = read_terms(read_document(blocks[0], name="servicelevels.md"))
    path = tmp_path / "desk.csv"
    path.write_text(blocks[1], "utf-8")
    log = read_log(path, terms.first.sources["desk"], source="desk", received_at_us=None).log
    return inputs_of(terms, annex=annex_of(terms), as_of="2026-03-30T13:00:00+02:00", logs={"desk": log})


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_seconds_and_due_of_each_record_are_what_the_page_says(
    engine: str, inputs: Any, blocks: list[str]
) -> None:
    population = Population(0, "resolution", WHOLE_YEAR, "due", "as it stands", (), (), EIGHT_HOURS)
    found = answered(engine, inputs.evidence(), Roster(population, 100)).rows
    said = list(csv.DictReader(StringIO(blocks[2])))
    assert [(row.record, row.elapsed_us, row.counted_at_us) for row in found] == [
        (row["id"], int(row["seconds"]) * 1_000_000, us(row["due"])) for row in said
    ]
    assert len(said) == 4


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_month_is_what_the_page_says(engine: str, inputs: Any) -> None:
    body = body_of(engine, inputs, "2026-03")
    (line,) = body["levels"]
    assert (line["n"], line["numerator"], line["left_out"]) == (3, "2", 1)
    assert (line["value"], line["verdict"]) == ("66.67", "below expected")
    assert body["consequence"]["credit"] == "2000.00"
