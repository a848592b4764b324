"""Every preset reads a small export in the shape of its tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handfast.kernel.document import read_document
from handfast.kernel.records.readers.preset_files import preset_names, preset_text, preset_title
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.refusals import PresetUnknown
from handfast.kernel.records.sources import mapping_in

if TYPE_CHECKING:
    from pathlib import Path

# Made by hand for this test: the columns that each tool is said to export, and a few rows.
EXPORTS: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "zendesk": (
        (
            "Ticket ID,Subject,Created at,First reply at,Solved at,Priority,Satisfaction score\n"
            "101,Printer,2026-03-02 08:00:00,2026-03-02 08:20:00,2026-03-02 16:00:00,High,Good\n"
            "102,Mail,2026-03-03 09:00:00,-,,Normal,-\n"
        ),
        [("101", "created"), ("101", "first_reply"), ("101", "resolved"), ("102", "created")],
    ),
    "freshdesk": (
        (
            "Ticket ID,Status,Status changed time,Created time,Initial response time,Resolved time,Priority,Survey results\n"
            "7,Pending,2026-03-02 09:00:00,2026-03-02 08:00:00,2026-03-02 08:30:00,2026-03-02 12:00:00,Low,\n"
            "7,Closed,2026-03-02 13:00:00,2026-03-02 08:00:00,2026-03-02 08:30:00,2026-03-02 12:00:00,Low,Happy\n"
        ),
        [("7", "created"), ("7", "first_reply"), ("7", "Pending"), ("7", "resolved"), ("7", "Closed")],
    ),
    "intercom": (
        (
            "Conversation ID,Conversation started at,First admin reply at,Last closed at,Priority,Conversation rating\n"
            "55,2026-03-02 08:00:00,2026-03-02 08:01:00,2026-03-02 09:00:00,priority,5\n"
        ),
        [("55", "created"), ("55", "first_reply"), ("55", "resolved")],
    ),
    "jira-service-management": (
        (
            "Issue key,Changed,From status,To status,Created,Resolution date,Priority,Satisfaction\n"
            "SUP-1,2026-03-02T09:00:00.000+0100,Open,Waiting for customer,2026-03-02T08:00:00.000+0100,,High,\n"
            "SUP-1,2026-03-02T11:00:00.000+0100,Waiting for customer,Done,2026-03-02T08:00:00.000+0100,"
            "2026-03-02T11:00:00.000+0100,High,4\n"
        ),
        [("SUP-1", "created"), ("SUP-1", "Waiting for customer"), ("SUP-1", "Done"), ("SUP-1", "resolved")],
    ),
    "servicenow": (
        (
            "Number,Updated,Updates,State,On hold reason,Opened,Resolved,Priority,Survey instance\n"
            "INC01,2026-03-02 08:00:00,0,New,,2026-03-02 07:59:00,,3 - Moderate,\n"
            "INC01,2026-03-02 09:00:00,2,Resolved,,2026-03-02 07:59:00,2026-03-02 08:59:00,3 - Moderate,\n"
            "INC01,2026-03-02 09:00:00,1,On Hold,Awaiting Caller,2026-03-02 07:59:00,,3 - Moderate,\n"
        ),
        [
            ("INC01", "opened"),
            ("INC01", "New/"),
            ("INC01", "resolved"),
            ("INC01", "On Hold/Awaiting Caller"),
            ("INC01", "Resolved/"),
        ],
    ),
    "quality-review": (
        (
            "case,date,staff number,points,possible,critical error,reviewer side\n"
            "C-1,2026-03-02,12,18.5,20,no,client\n"
        ),
        [("C-1", "reviewed")],
    ),
    "telephony-intervals": (
        (
            "Interval start,Queue,Offered,Answered,Answered within threshold,Abandoned after threshold,"
            "Talk seconds,Hold seconds,After-contact seconds\n"
            "2026-03-02T08:00:00+01:00,Sales,10,9,8,1,900,30,120\n"
            "2026-03-02T08:30:00+01:00,Sales,4,4,4,0,400,0,40\n"
        ),
        [],
    ),
}


def test_every_preset_has_an_export_to_prove_it() -> None:
    assert preset_names() == sorted(EXPORTS)


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_preset_reads_an_export_in_the_shape_of_its_tool(name: str, tmp_path: Path) -> None:
    text, expected = EXPORTS[name]
    source, mapping = mapping_in(read_document(preset_text(name), name=name), None)
    path = tmp_path / "export.csv"
    path.write_text(text)
    log: Any = read_log(path, mapping, source=source, received_at_us=None).log
    if mapping.kind == "intervals":
        assert [row["offered"] for row in log.rows.to_pylist()] == [10, 4]
        assert {"answered_in_threshold", "talk_seconds", "after_work_seconds"} <= set(log.rows.column_names)
    else:
        assert [(row["record"], row["event"]) for row in log.events.to_pylist()] == expected


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_preset_says_that_it_is_a_guess_to_be_confirmed(name: str) -> None:
    text = preset_text(name)
    assert "Apache-2.0" in text
    assert "A first guess" in text
    assert "Confirm" in text
    assert preset_title(name) in text.splitlines()[0]


def test_unknown_preset_is_refused_with_the_nearest() -> None:
    with pytest.raises(PresetUnknown, match="did you mean 'zendesk'"):
        preset_text("Zendesks")
    with pytest.raises(PresetUnknown, match="there are: freshdesk"):
        preset_text("../../secret")
