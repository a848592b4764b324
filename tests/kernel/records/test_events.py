"""What a log keeps of its rows, and what the report says of the rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.refusals import CellRefused, RecordContradicted

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.records.readers.reading import Import

EVENTS: dict[str, Any] = {
    "kind": "events",
    "record": "id",
    "at": {"column": "at", "zone": "UTC"},
    "event": "event",
    "sequence": "n",
    "missing": ["?"],
    "attributes": {"level": {"column": "level", "taken_at": "start"}},
}
HEADER = "id,at,n,event,level\n"
DAY = "2024-01-0{}T00:00"


def kept(found: Import) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in found.log.events.to_pylist()]


def at(day: int) -> int:
    return (19722 + day) * 86_400_000_000


ROW = st.tuples(
    st.sampled_from(["A", "B", "a", "Ä", "?", ""]),
    st.sampled_from([1, 2, 3, None]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["x", "y", "?"]),
    st.sampled_from(["h", "l", ""]),
)


@given(st.lists(ROW, min_size=1, max_size=25))
def test_log_is_what_a_plain_reading_of_the_rows_gives(read: Callable[..., Import], rows: list[Any]) -> None:
    lines = [f"{r},{DAY.format(d) if d else '?'},{n},{e},{lv}" for r, d, n, e, lv in rows]
    found = read(HEADER + "\n".join(lines) + "\n", EVENTS)
    absent = {"", "?"}
    dropped = [
        "no record id"
        if r in absent
        else "no stamp"
        if d is None
        else "no event name"
        if e in absent
        else None
        for r, d, n, e, lv in rows
    ]
    plain = [
        (r, at(d), int(n) if n else None, e, lv or None)
        for (r, d, n, e, lv), reason in zip(rows, dropped, strict=True)
        if reason is None
    ]
    by_rule = sorted(
        set(plain), key=lambda row: (row[0], row[1], row[2] is not None, row[2] or 0, row[3], row[4] or "")
    )
    assert kept(found) == by_rule
    report = found.report
    assert (report.rows_read, report.kept, report.duplicates) == (
        len(rows),
        len(by_rule),
        len(plain) - len(by_rule),
    )
    assert {reason: part.rows for reason, part in report.dropped.items()} == {
        reason: dropped.count(reason) for reason in set(dropped) if reason
    }
    for reason, part in report.dropped.items():
        assert part.first_rows == tuple(place + 2 for place, said in enumerate(dropped) if said == reason)[:5]
    assert report.records == len({row[0] for row in plain})
    levels, instants = defaultdict(set), defaultdict(list)
    for row in by_rule:
        levels[row[0]].add(row[4])
        instants[row[0], row[1]].append(row[2])
    drifting = sum(len(values) > 1 for values in levels.values())
    assert report.drifting == ({"level": drifting} if drifting else {})
    shared = {record for (record, _), numbers in instants.items() if len(numbers) > 1}
    is_open = {
        record
        for (record, _), numbers in instants.items()
        if len(numbers) > 1 and (None in numbers or len(set(numbers)) < len(numbers))
    }
    assert (report.shared_stamps, report.undecided_ties) == (len(shared), len(is_open))


def test_several_event_columns_are_joined_and_a_missing_part_stays_empty(read: Callable[..., Import]) -> None:
    mapping = EVENTS | {"event": ["event", "level"], "attributes": {}}
    text = HEADER + "A,2024-01-01T00:00,,Open,High\nA,2024-01-02T00:00,,?,Low\nA,2024-01-03T00:00,,Open,?\n"
    assert [row[3] for row in kept(read(text, mapping))] == ["Open/High", "/Low", "Open/"]


def test_parts_that_join_to_one_name_are_one_event(read: Callable[..., Import]) -> None:
    mapping = EVENTS | {"event": ["event", "level"], "attributes": {}}
    text = HEADER + "A,2024-01-01T00:00,,a/b,c\nA,2024-01-01T00:00,,a,b/c\n"
    assert kept(read(text, mapping)) == [("A", at(1), None, "a/b/c")]


def test_stamp_column_gives_each_record_one_more_event_and_drift_is_counted(
    read: Callable[..., Import],
) -> None:
    mapping = EVENTS | {"stamps": {"closed": "shut"}}
    text = (
        "id,at,n,event,level,shut\n"
        "A,2024-01-02T00:00,1,go,low,?\n"
        "A,2024-01-03T00:00,2,on,mid,2024-01-04T00:00\n"
        "A,2024-01-05T00:00,3,off,high,2024-01-06T00:00\n"
        "B,2024-01-02T00:00,1,go,low,2024-01-01T00:00\n"
    )
    found = read(text, mapping)
    assert found.report.drifting == {"closed": 1, "level": 1}
    # The attributes are those the record had by then; before its first row, those of its first row.
    assert kept(found) == [
        ("A", at(2), 1, "go", "low"),
        ("A", at(3), 2, "on", "mid"),
        ("A", at(4), None, "closed", "mid"),
        ("A", at(5), 3, "off", "high"),
        ("B", at(1), None, "closed", "low"),
        ("B", at(2), 1, "go", "low"),
    ]


def test_stamps_outside_the_plausible_are_counted_and_kept(read: Callable[..., Import]) -> None:
    text = HEADER + "A,1970-01-01T00:00,,x,\nA,2024-01-02T00:00,,y,\nA,2024-01-04T00:00,,z,\n"
    found = read(text, EVENTS, received_at_us=at(2))
    said = {reason: (part.rows, part.first_rows) for reason, part in found.report.implausible.items()}
    assert said == {"before 1990": (1, (2,)), "later than a day after receipt": (1, (4,))}
    assert found.report.kept == 3


def test_report_is_plain_json_types(read: Callable[..., Import]) -> None:
    plain = read(HEADER + "A,2024-01-02T00:00,,x,\n?,,,,\n", EVENTS).report.as_plain()
    assert plain["first_stamp"] == plain["last_stamp"] == "2024-01-02T00:00:00Z"
    assert plain["dropped"] == {"no record id": {"rows": 1, "first_rows": (3,)}}


def test_file_with_a_header_alone_is_an_empty_log(read: Callable[..., Import]) -> None:
    found = read(HEADER, EVENTS)
    assert (found.report.rows_read, found.report.kept, found.report.first_stamp_us) == (0, 0, None)


def test_sequence_that_is_no_whole_number_is_refused(read: Callable[..., Import]) -> None:
    with pytest.raises(CellRefused, match=r"row 2, column 'n'.*whole number"):
        read(HEADER + "A,2024-01-01T00:00,1.5,x,\n", EVENTS)


RECORDS: dict[str, Any] = {
    "kind": "records",
    "record": "id",
    "at": {"format": "%d/%m/%Y", "zone": "UTC"},
    "stamps": {"made": "made", "solved": "solved"},
    "attributes": {"level": {"column": "level"}},
}


def test_each_stamp_of_a_row_is_an_event(read: Callable[..., Import]) -> None:
    found = read("id,made,solved,level\n7,1/1/2024,3/1/2024,h\n8,2/1/2024,,l\n9,,,l\n", RECORDS)
    assert kept(found) == [
        ("7", at(1), None, "made", "h"),
        ("7", at(3), None, "solved", "h"),
        ("8", at(2), None, "made", "l"),
    ]
    assert found.report.dropped["no stamp"].first_rows == (4,)


def test_record_in_two_equal_rows_stands_once(read: Callable[..., Import]) -> None:
    found = read("id,made,solved,level\n7,1/1/2024,,h\n7,1/1/2024,,h\n", RECORDS)
    assert (found.report.kept, found.report.duplicates) == (1, 1)


@pytest.mark.parametrize("second", ["7,2/1/2024,,h", "7,1/1/2024,,l", "7,,2/1/2024,l"])
def test_record_in_two_rows_that_differ_is_refused_with_both(
    read: Callable[..., Import], second: str
) -> None:
    with pytest.raises(RecordContradicted, match="rows 2 and 4, column 'id': record '7'"):
        read(f"id,made,solved,level\n7,1/1/2024,,h\n8,1/1/2024,,h\n{second}\n", RECORDS)
