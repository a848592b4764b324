"""The worked example of docs/algorithms/scheduling.md is true."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.plan import Duration
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.wording import sentence_of
from handfast.kernel.scheduling.writing import duration_text

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "scheduling.md"
TORONTO = ZoneInfo("America/Toronto")


def shown(instant_us: int) -> str:
    local = moment_of(instant_us).astimezone(TORONTO)
    return f"{local:%Y-%m-%d %H:%M}"


def test_dates_floats_and_reasons_of_the_example_are_those_that_are_computed() -> None:
    text = PAGE.read_text("utf-8")
    plan = read_plan(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0], name="scheduling.md")
    found = schedule(plan)
    rows = [
        [
            one.id,
            shown(one.starts_us),
            shown(one.ends_us),
            duration_text(Duration(one.total_float_us, "h")),
            sentence_of(found, one.id),
        ]
        for one in found.dated
    ]
    table = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if "| 2026-" in line
    ]
    assert len(table) == 6
    assert rows == table
