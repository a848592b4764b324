"""Exports are plain files: whole, harmless in a spreadsheet, and counted here once more without the kernel."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tests.factories.simulated import Read

    from handfast.journeys.samples import SampleEngagement, Upload

BELGRADE = ZoneInfo("Europe/Belgrade")
Row = dict[str, str]
FEBRUARY = (datetime(2026, 2, 1, tzinfo=BELGRADE), datetime(2026, 3, 1, tzinfo=BELGRADE))


def rows_of(upload: Upload) -> list[Row]:
    return list(csv.DictReader(io.StringIO(upload.content.decode())))


@pytest.mark.parametrize("which", ["small", "large"])
def test_no_cell_begins_like_a_formula(which: str, request: pytest.FixtureRequest) -> None:
    sample: SampleEngagement = request.getfixturevalue(which)
    firsts = {
        cell[0] for upload in sample.uploads for row in rows_of(upload) for cell in row.values() if cell
    }
    assert firsts.isdisjoint("=+-@\t\r|%")
    assert all(None not in row for upload in sample.uploads[:2] for row in rows_of(upload))


def test_import_drops_nothing_and_finds_no_fault(small_read: Read, large_read: Read) -> None:
    for _, read in (*small_read.imports, *large_read.imports):
        report = read.report
        assert (report.duplicates, report.dropped, report.implausible) == (0, {}, {})
        assert report.kept == report.rows_read


def test_pauses_without_mail_are_those_that_were_revoked(large_read: Read) -> None:
    bare = {
        row["ticket"]
        for upload in large_read.sample.uploads
        for row in rows_of(upload)
        if row["status"] == "Waiting for customer" and not row["mail"]
    }
    (revoked,) = [one for one in large_read.adjustments.written if one.kind == "pause revoked"]
    assert bare == set(revoked.records or ())


def test_february_is_what_plain_counting_finds(large_read: Read) -> None:
    month = next(one for one in large_read.sample.months if one.period == "2026-02")
    body = large_read.body("2026-02", month.as_of)
    found = {level["id"]: (level["n"], Fraction(level["exact"])) for level in body["levels"]}
    assert found == counted(large_read.sample, month.as_of)


def counted(sample: SampleEngagement, as_of: datetime) -> dict[str, tuple[int, Fraction]]:
    """The six levels of February 2026, from the rows alone."""
    tickets: dict[str, list[Row]] = {}
    for upload in sample.known_at(as_of):
        fresh: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(upload):
            fresh[row["ticket"]].append(row)
        tickets |= fresh
    opened = [rows for rows in tickets.values() if _in_february(_at(rows[0]))]
    resolved = [
        rows for rows in tickets.values() if _is_resolved(rows) and _in_february(_at(_resolutions(rows)[-1]))
    ]
    questions = [rows for rows in resolved if rows[0]["kind"] == "question"]
    rated = [int(rows[-1]["rating"]) for rows in resolved if rows[-1]["rating"]]
    at_once = sum(rows[-1]["first_contact"] == "yes" for rows in questions)
    return {
        "first_response_p1": _share(opened, {"P1"}, "First reply", 15 * 60, as_of),
        "first_response": _share(opened, {"P2", "P3"}, "First reply", 4 * 3600, as_of),
        "resolution_p1": _share(opened, {"P1"}, "Resolved", 4 * 3600, as_of),
        "resolution_p2": _share(opened, {"P2"}, "Resolved", 16 * 3600, as_of),
        "first_contact": (len(questions), Fraction(100 * at_once, len(questions))),
        "satisfaction": (len(rated), Fraction(sum(rated), len(rated))),
    }


def _share(
    opened: list[list[Row]], priorities: set[str], stop: str, target: int, as_of: datetime
) -> tuple[int, Fraction]:
    """Of the records that are finished or already late, those within the target, in percent."""
    n = hits = 0
    for rows in opened:
        if rows[0]["priority"] not in priorities:
            continue
        is_done = (
            any(row["status"] == "First reply" for row in rows)
            if stop == "First reply"
            else _is_resolved(rows)
        )
        taken = _taken(rows, stop, as_of, is_always=priorities == {"P1"})
        if is_done or taken > target:
            n += 1
            hits += taken <= target
    return n, Fraction(100 * hits, n)


def _taken(rows: list[Row], stop: str, as_of: datetime, *, is_always: bool) -> int:
    """Seconds between one event and the next, unless the ticket was waiting or resolved in between."""
    taken = 0
    ends = [*(_at(row) for row in rows[1:]), as_of]
    for row, end in zip(rows, ends, strict=True):
        if row["status"] == stop == "First reply":
            break
        if row["status"] in {"Waiting for customer", "Resolved", "Survey answered"}:
            continue
        begin = _at(row)
        taken += int((end - begin).total_seconds()) if is_always else _worked(begin, end)
    return taken


def _worked(begin: datetime, end: datetime) -> int:
    """Seconds from 8 to 20 on weekdays; from 2026-01-02 up to May no day is a holiday at both sites."""
    seconds, day = 0, begin.astimezone(BELGRADE).date()
    while day <= end.astimezone(BELGRADE).date():
        if day.weekday() < 5:
            first, last = max(begin, _hour(day, 8)), min(end, _hour(day, 20))
            seconds += max(int((last - first).total_seconds()), 0)
        day += timedelta(days=1)
    return seconds


def _hour(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BELGRADE).astimezone(UTC)


def _at(row: Row) -> datetime:
    return datetime.fromisoformat(row["at"])


def _in_february(at: datetime) -> bool:
    return FEBRUARY[0] <= at < FEBRUARY[1]


def _resolutions(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["status"] == "Resolved"]


def _is_resolved(rows: list[Row]) -> bool:
    """The last word was Resolved, or the survey after it."""
    said = [row["status"] for row in rows if row["status"] != "Survey answered"]
    return said[-1] == "Resolved"
