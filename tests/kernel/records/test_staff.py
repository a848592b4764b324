"""A name becomes a number under a key: always the same one, whatever the spelling does, and none of another key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.staff import staff_number

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
MAPPING: dict[str, Any] = {
    "kind": "events", "record": "Case", "at": {"column": "At", "zone": "UTC"}, "event": "What",
    "attributes": {"agent": {"column": "Agent", "taken_at": "last"}}, "staff": ["agent"],
}  # fmt: skip
HEADER = "Case,At,What,Agent\n"


def agents(folder: Path, rows: str, key: bytes | None = KEY, mapping: dict[str, Any] = MAPPING) -> list[Any]:
    path = folder / "log.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    log: Any = read_log(path, mapping_from(mapping), source="desk", received_at_us=None, staff_key=key).log
    return [row["agent"] for row in log.events.to_pylist()]


@given(st.text(min_size=1))
def test_number_has_one_shape_and_follows_from_the_name_and_the_key(name: str) -> None:
    number = staff_number(name, KEY)
    assert number == staff_number(name, KEY)
    assert number is None or [len(part) for part in number.split("-")] == [4, 4, 4]
    assert number is None or number != staff_number(name, OTHER_KEY)


def test_capitals_gaps_and_letter_forms_make_no_difference_accents_do() -> None:
    alike = {
        staff_number(one, KEY) for one in ("José Núñez", " JOSÉ  nÚñez ", "José Núñez", "José\u00a0Núñez")
    }
    assert len(alike) == 1
    assert staff_number("Jose Nunez", KEY) not in alike


def test_blank_cell_is_nobody() -> None:
    assert staff_number(" \t\u00a0", KEY) is None


def test_column_of_staff_is_read_as_numbers_and_a_gap_stays_one(tmp_path: Path) -> None:
    rows = (
        "A,2026-03-02T09:00:00,created,Zoe\nB,2026-03-02T09:00:00,created,\nC,2026-03-02T09:00:00,created, \n"
        "D,2026-03-02T09:00:00,created,ZOE\n"
    )
    zoe = staff_number("Zoe", KEY)
    assert agents(tmp_path, rows) == [zoe, None, None, zoe]
    assert agents(tmp_path, rows, key=None) == ["Zoe", None, " ", "ZOE"]


def test_event_that_two_spellings_tell_is_one(tmp_path: Path) -> None:
    rows = "A,2026-03-02T09:00:00,created,Zoe\nA,2026-03-02T09:00:00,created,zoe\n"
    assert len(agents(tmp_path, rows)) == 1
    assert len(agents(tmp_path, rows, key=None)) == 2


def test_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = [f"A,2026-03-02T09:00:00,created,N{place}" for place in range(9)]
    assert agents(tmp_path, "\n".join(rows) + "\n") == agents(tmp_path, "\n".join(reversed(rows)) + "\n")


@pytest.mark.parametrize(
    "more",
    [
        {"staff": ["nobody"]},
        {"record": "Agent"},
        {"event": ["What", "Agent"]},
        {"attributes": MAPPING["attributes"] | {"again": {"column": "Agent", "taken_at": "last"}}},
        {"attributes": {"agent": {"column": "Agent", "taken_at": "last", "digits": 2}}},
        {
            "attributes": MAPPING["attributes"]
            | {"grade": {"column": "Agent", "taken_at": "last", "digits": 0}}
        },
        {"sequence": "Agent"},
        {"at": {"column": "Agent", "zone": "UTC"}},
        {"stamps": {"due": {"column": "Agent"}}},
    ],
)
def test_mapping_that_would_keep_the_name_beside_its_number_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="staff: "):
        mapping_from(MAPPING | more)


def test_total_of_intervals_does_not_add_up_who_people_are() -> None:
    said = {
        "kind": "intervals", "at": {"column": "Start", "zone": "UTC"}, "minutes": 30, "keys": {"agent": "Agent"},
        "totals": {"calls": "Calls", "weight": "Agent"}, "staff": "agent",
    }  # fmt: skip
    with pytest.raises(ValueError, match="staff: column 'Agent'"):
        mapping_from(said)


def test_keys_of_intervals_are_numbers_as_well(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Start,Agent,Calls\n2026-03-02T09:00:00,Zoe,4\n")
    mapping = mapping_from(
        {
            "kind": "intervals", "at": {"column": "Start", "zone": "UTC"}, "minutes": 30, "keys": {"agent": "Agent"},
            "totals": {"calls": "Calls"}, "staff": "agent",
        }
    )  # fmt: skip
    log: Any = read_log(path, mapping, source="calls", received_at_us=None, staff_key=KEY).log
    assert [row["agent"] for row in log.rows.to_pylist()] == [staff_number("Zoe", KEY)]
