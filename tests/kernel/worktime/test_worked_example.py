"""The worked example of docs/algorithms/worktime.md is true."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from handfast.kernel.document import parsed, read_document
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.interval_table import timed_table
from handfast.kernel.worktime.reckoning import due_at
from handfast.kernel.worktime.stamps import read_stamps
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import instants_from_local

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "worktime.md"


@pytest.fixture
def blocks() -> list[str]:
    return re.findall(r"```(?:yaml|csv)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def rows_of(block: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(block)))


def test_elapsed_of_each_row_is_what_the_page_says(blocks: list[str]) -> None:
    calendar = parsed(WrittenCalendar, read_document(blocks[0], name="worktime.md"))
    rows = rows_of(blocks[1])
    table = "\n".join(["start,end", *(f"{row['start']},{row['end']}" for row in rows)])
    timed = b"".join(timed_table(table.encode(), calendar, name="worktime.md").blocks()).decode()
    assert [row["seconds"] for row in rows_of(timed)] == [row["seconds"] for row in rows]
    assert len(rows) == 5


def test_due_of_each_row_is_what_the_page_says(blocks: list[str]) -> None:
    written = parsed(WrittenCalendar, read_document(blocks[0], name="worktime.md"))
    calendar = compile_calendar(written, first=date(2024, 1, 1), last=date(2024, 12, 31))
    rows = rows_of(blocks[2])
    for row in rows:
        due = due_at(calendar, instant(row["start"], written.zone), int(row["seconds"]) * 1_000_000)
        assert due == instant(row["due"], written.zone), row
    assert len(rows) == 3


def instant(text: str, zone: str) -> int:
    content = np.frombuffer(text.encode(), dtype=np.uint8)
    local = read_stamps(content, np.array([0]), np.array([content.size])).local_us
    return int(instants_from_local(local, zone, "refuse").instants_us[0])
