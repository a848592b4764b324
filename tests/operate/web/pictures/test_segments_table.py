"""The segments' table says what the drawer's picture says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import SECOND_US
from handfast.kernel.servicelevels.explain import story_of
from handfast.operate.web.pictures.segments_table import segments_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.kernel.worktime.compiled import CompiledCalendar

HOUR_US = 3600 * SECOND_US


def test_rows_are_those_of_the_picture(pictured: RecordStory) -> None:
    table = segments_table(pictured, "Danube Care")
    assert [(row.from_text, row.to_text, row.state, row.counts) for row in table.rows] == [
        ("Fri 6 Mar 15:20:00", "20:00:00", "running", "4:40:00"),
        ("Fri 20:00:00", "Mon 08:00:00", "closed", "0"),
        ("Mon 9 Mar 08:00:00", "10:12:30", "running", "2:12:30"),
        ("Mon 10:12:30", "16:45:00", "paused", "0"),
        ("Mon 16:45:00", "20:00:00", "running", "3:15:00"),
        ("Mon 20:00:00", "Tue 08:00:00", "closed", "0"),
        ("Tue 10 Mar 08:00:00", "13:30:00", "running", "5:30:00"),
        ("Tue 13:30:00", "17:10:00", "excluded", "0"),
        ("Tue 17:10:00", "20:00:00", "running", "2:50:00"),
        ("Tue 20:00:00", "Wed 08:00:00", "closed", "0"),
        ("Wed 11 Mar 08:00:00", "09:04:12", "running", "1:04:12"),
    ]
    assert (table.city, table.sum_label, table.sum_text) == (
        "Belgrade",
        "Sum of six running segments",
        "19:31:42",
    )


def test_reasons_name_events_adjustments_and_the_target(pictured: RecordStory) -> None:
    table = segments_table(pictured, "Danube Care")
    assert [row.why for row in table.rows] == [
        "Created, event 1",
        "Danube Care closed",
        "",
        "Waiting for customer",
        "Answer, event 3",
        "Danube Care closed",
        "",
        "Adjustment A-1, 7.3 b",
        "Target reached 17:32:30",
        "Danube Care closed",
        "Resolved, event 4",
    ]


def test_adjustments_say_their_clause_where_adjustments_are_known(inputs: Inputs) -> None:
    story = story_of(inputs.evidence(), 0, "resolution", "LUM-1473", 16 * HOUR_US)
    table = segments_table(story, "Danube Care", adjustments=inputs.adjustments.written)
    assert table.rows[0].why == "Created, event 1; Adjustment A-1, clause 7.3 b"


def test_segments_counted_add_up_to_the_elapsed_time(inputs: Inputs) -> None:
    evidence = inputs.evidence()
    for record in ("LUM-1473", "LUM-1566", "LUM-1559", "LUM-1545", "LUM-1532"):
        story = story_of(evidence, 0, "resolution", record, 16 * HOUR_US)
        table = segments_table(story, "Danube Care")
        counted = [[int(part) for part in row.counts.split(":")] for row in table.rows if row.counts != "0"]
        seconds = sum(hours * 3600 + minutes * 60 + rest for hours, minutes, rest in counted)
        assert seconds * SECOND_US == story.elapsed_us


def test_times_stand_in_the_zone_of_the_contract(pictured: RecordStory) -> None:
    table = segments_table(pictured, "Danube Care", zone="America/Toronto")
    assert table.city == "Toronto"
    assert table.rows[0].from_text == "Fri 6 Mar 09:20:00"


def test_unfinished_records_say_until_when_they_are_told(tell: Any, always: CompiledCalendar) -> None:
    story = tell(always, "2026-03-06T10:00:00", "2026-03-06T12:00:00", is_stopped=False)
    table = segments_table(story, "Danube Care")
    assert table.rows[-1].why == "Created, event 1; not stopped as of 6 Mar 12:00:00"
    assert table.sum_label == "Sum of one running segment"


def test_long_rows_end_with_their_date(tell: Any, belgrade: CompiledCalendar) -> None:
    paused = (("2026-03-06T15:00:00", "2026-03-26T10:00:00", "paused", "waiting"),)
    story = tell(belgrade, "2026-03-06T15:00:00", "2026-03-26T10:00:00", blocked=paused)
    table = segments_table(story, "Danube Care")
    assert table.rows[0].from_text.startswith("Fri 6 Mar")
    assert table.sum_label == "Nothing ran"


def test_template_writes_every_row_and_the_sum(
    pictured: RecordStory, drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn(
        "segments_table.html", {"segments": segments_table(pictured, "Danube <Care>"), "table_id": "seg"}
    )
    assert html.count('class="hf-segment ') == 11
    assert "Danube &lt;Care&gt; closed" in html
    assert "Sum of six running segments" in html
    assert "style=" not in html
