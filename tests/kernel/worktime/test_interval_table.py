"""A table of intervals: what is read, what is kept byte for byte, and what is refused."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.worktime.interval_table import timed_table
from handfast.kernel.worktime.refusals import TableRefused
from handfast.kernel.worktime.written import WrittenCalendar

OFFICE = WrittenCalendar.model_validate({"zone": "Europe/Amsterdam", "hours": {"mon-fri": ["09:00-17:00"]}})
ALWAYS = WrittenCalendar.model_validate({"zone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}})


def timed(content: bytes | str, calendar: WrittenCalendar = OFFICE) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return b"".join(timed_table(raw, calendar, name="intervals.csv").blocks()).decode()


def test_seconds_are_added_and_the_rest_is_kept() -> None:
    rows = "id,start,end\n7,2024-03-29T16:00,2024-04-02T10:00:30\n"
    assert timed(rows) == "id,start,end,seconds\n7,2024-03-29T16:00,2024-04-02T10:00:30,36030\n"


def test_stamp_without_offset_is_local_to_the_zone_of_the_calendar() -> None:
    rows = "start,end\n2024-07-01T09:00,2024-07-01T08:00Z\n2024-07-01T09:00+02:00,2024-07-01T10:00\n"
    assert [line.split(",")[-1] for line in timed(rows).splitlines()] == ["seconds", "3600", "3600"]


@pytest.mark.parametrize(
    ("end", "seconds"),
    [("00:00:01.5", "1.5"), ("00:00:00.000001", "0.000001"), ("00:00:10.250000", "10.25"), ("00:00:00", "0")],
)
def test_part_of_a_second_is_exact(end: str, seconds: str) -> None:
    rows = f"start,end\n2024-07-01T00:00Z,2024-07-01T{end}Z\n2024-07-01T00:00Z,2024-07-01T01:00Z\n"
    assert [line.split(",")[-1] for line in timed(rows, ALWAYS).splitlines()[1:]] == [seconds, "3600"]


ROW = "2024-07-01T09:00,2024-07-01T10:00"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"start,end\r\n{ROW}\r\n", f"start,end,seconds\r\n{ROW},3600\r\n"),
        (f"start,end\n{ROW}", f"start,end,seconds\n{ROW},3600"),
        (f"start,end\r\n{ROW}\n", f"start,end,seconds\r\n{ROW},3600\n"),
        (f"\ufeffstart,end\n{ROW}\n", f"\ufeffstart,end,seconds\n{ROW},3600\n"),
        (f'\ufeff"start",end\n{ROW}\n', f'\ufeff"start",end,seconds\n{ROW},3600\n'),
        ("start,end\n", "start,end,seconds\n"),
        ("start,end", "start,end,seconds"),
        (f'"start","end","a ""b"", c"\n{ROW},"=1+1\n two"\n', None),
        (f'"a,b",start,end\n"""x"",",{ROW}\n"",{ROW}\n', None),
        ('start,end\n"2024-07-01T09:00","2024-07-01T10:00"\n', None),
    ],
)
def test_every_other_byte_is_kept(content: str, expected: str | None) -> None:
    if expected is None:
        before = list(csv.reader(StringIO(content, newline="")))
        after = list(csv.reader(StringIO(timed(content), newline="")))
        assert after == [[*before[0], "seconds"], *([*row, "3600"] for row in before[1:])]
    else:
        assert timed(content) == expected


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@given(
    st.lists(st.tuples(CELLS, st.integers(0, 10**9), st.integers(0, 10**7)), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_csv_module_writes_is_read_as_it_reads_it(
    rows: list[tuple[str, int, int]], ending: str
) -> None:
    target = StringIO()
    writer = csv.writer(target, lineterminator=ending)
    writer.writerow(["note", "start", "end", "more"])
    for note, begin, length in rows:
        starts = EPOCH + timedelta(seconds=begin)
        writer.writerow([note, starts.isoformat(), (starts + timedelta(seconds=length)).isoformat(), note])
    after = list(csv.reader(StringIO(timed(target.getvalue(), ALWAYS), newline="")))
    assert [row[-1] for row in after[1:]] == [str(length) for _, _, length in rows]
    assert [(row[0], row[3]) for row in after[1:]] == [(note, note) for note, _, _ in rows]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"PK\x03\x04rest", "binary"),
        (b"\x1f\x8brest", "binary"),
        ("start,end\n".encode("utf-16"), "binary"),
        (b"start,end\n2024-07-01T09:00,caf\xe9\n", "line 2: not UTF-8"),
        ("begin,end\n", "row 1: no column 'start' in the header, which reads 'begin', 'end'"),
        ("start;end\n", "no column 'start'"),
        ("start,end,start\n", "row 1: the column 'start' stands twice"),
        ("start,end,seconds\n", "there is a column 'seconds' already"),
        (f"start,end\n{ROW}\n{ROW},x\n", "row 3: 3 cells where the header has 2"),
        (f"start,end\n{ROW}\n\n{ROW}\n", "row 3: 0 cells where the header has 2"),
        (f"start,end\n{ROW}\n2024-07-01T09:00\n", "row 3: 1 cells where the header has 2"),
        (f'start,end,x\n{ROW},"open\n', "line 2: a quote opens and never closes"),
        (f'start,end,x\n{ROW},a"b"\n', "line 2: a quote in the middle"),
        (f'start,end,x\n{ROW},"a"b\n', "line 2: a quote in the middle"),
        (f"start,end\r{ROW}\r", "line 1: a carriage return without a line feed"),
        (f"start,end\n{ROW}\n,2024-07-01T10:00\n", "row 3, column start: '' is empty"),
        ("start,end\n2024-07-01T09:00,soon\n", "row 2, column end: 'soon' is not an ISO 8601 stamp"),
        (
            "start,end\n2024-03-31T02:30,2024-04-01T00:00\n",
            "row 2, column start: .* does not exist on the clocks of Eu",
        ),
        (
            "start,end\n2024-10-27T00:00,2024-10-27T02:30\n",
            "row 2, column end: .* exists twice on the clocks of Eu",
        ),
        (
            "start,end\n2024-07-01T10:00,2024-07-01T09:00\n",
            "row 2, column end: .* lies before the start of its row",
        ),
        ('x,start,end\n"a\nb",soon,2024-07-01T09:00\n', "row 2, column start: 'soon'"),
    ],
)
def test_wrong_table_is_refused_with_its_place(content: bytes | str, said: str) -> None:
    with pytest.raises(TableRefused, match=said):
        timed(content)


def test_many_faults_show_the_first_ten_and_count_the_rest() -> None:
    rows = "".join(f"soon,{2024 + number % 2}-07-01T09:00\n" for number in range(25))
    with pytest.raises(TableRefused) as refused:
        timed("start,end\n" + rows)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines[:10]] == [
        f"intervals.csv, row {row}, column start" for row in range(2, 12)
    ]
    assert lines[10:] == ["intervals.csv: and 15 more"]


def test_centuries_apart_in_one_table_are_one_calendar() -> None:
    rows = "start,end\n1900-01-01T00:00Z,1900-01-02T00:00Z\n1900-01-01T00:00Z,2200-12-31T23:59:59Z\n"
    lines = timed(rows, ALWAYS).splitlines()
    assert [line.split(",")[-1] for line in lines[1:]] == [
        "86400",
        str(((2201 - 1900) * 365 + 73) * 86400 - 1),
    ]
