"""The time line stands where the picture of the drawer has it, and holds for records of every shape."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from handfast.operate.web.pictures.calendarstrip import PartyHours
from handfast.operate.web.pictures.captions import width_of
from handfast.operate.web.pictures.record_timeline import RecordTimeline, record_timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.foundation.web.shapes import Label
    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.worktime.compiled import CompiledCalendar

HOUR_US = 3_600_000_000
LEFT, RIGHT = Decimal(89), Decimal(628)


@pytest.fixture
def care(belgrade: CompiledCalendar) -> PartyHours:
    return PartyHours("Danube Care", "provider", belgrade, "this clock")


@pytest.fixture
def lumen(toronto: CompiledCalendar) -> PartyHours:
    return PartyHours("Lumen", "client", toronto, "for reference")


@pytest.fixture
def picture(pictured: RecordStory, care: PartyHours, lumen: PartyHours) -> RecordTimeline:
    return record_timeline(pictured, "Resolution, P2", care, lumen, key="rec", table_id="segments")


def texts(labels: tuple[Label, ...]) -> list[str]:
    return [label.text for label in labels]


def near(text: str, wanted: int) -> bool:
    return abs(Decimal(text) - wanted) <= 1


def test_heads_are_days_with_the_weekend_folded(picture: RecordTimeline) -> None:
    assert texts(picture.heads) == ["Sat Sun", "Fri 6 Mar", "Mon 9", "Tue 10", "Wed 11"]
    assert "Days without open hours are folded" in picture.said
    assert picture.notes == ()


def test_places_are_those_of_the_picture(picture: RecordTimeline) -> None:
    """Measured in the picture, less the drawer's inset of 16."""
    care, lumen = picture.strips
    assert [near(box.x, wanted) for box, wanted in zip(care.boxes, (89, 273, 437, 600), strict=True)] == [
        True
    ] * 4
    assert [near(box.x, wanted) for box, wanted in zip(lumen.boxes, (109, 314, 477), strict=True)] == [
        True
    ] * 3
    assert [
        near(line.x1, wanted) for line, wanted in zip(picture.ticks, (112, 288, 333, 608), strict=True)
    ] == [True] * 4
    assert picture.counted.due is not None
    assert near(picture.counted.due.x1, 502)


def test_boxes_say_hours_and_what_the_window_cuts(picture: RecordTimeline) -> None:
    care, lumen = picture.strips
    assert texts(care.labels) == ["to 20", "8–20", "8–20", "8 –"]
    assert texts(lumen.labels) == ["9–17", "9–17", "9–17"]


def test_clock_change_is_written_where_it_happens(picture: RecordTimeline) -> None:
    change = picture.strips[1].changes
    assert texts(change) == ["Toronto", "+1 h"]
    fold = next(label for label in picture.heads if label.text == "Sat Sun")
    assert change[0].x == fold.x
    assert "Toronto +1 h on 8 Mar" in picture.said
    assert picture.strips[0].changes == ()


def test_clock_strip_shows_each_state(picture: RecordTimeline) -> None:
    assert [box.css for box in picture.clock.boxes] == [
        "hf-tl-running",
        "hf-tl-running",
        "hf-tl-paused",
        "hf-tl-running",
        "hf-tl-running",
        "hf-tl-excluded",
        "hf-tl-running",
        "hf-tl-over",
        "hf-tl-over",
    ]
    assert len(picture.clock.bars) == 2


def test_counted_time_climbs_to_target_and_over(picture: RecordTimeline) -> None:
    counted = picture.counted
    assert texts(counted.labels) == ["0 h", "8 h", "target 16 h"]
    assert counted.due_label is not None
    assert counted.due_label.text == "due Tue 17:32:30"
    assert counted.path_over
    heights = [Decimal(place.split()[1]) for place in counted.path[1:].split("L")]
    assert heights == sorted(heights, reverse=True)
    assert counted.dots[-1].css == "hf-tl-end is-over"


def test_captions_never_lie_on_each_other(picture: RecordTimeline) -> None:
    assert texts(picture.captions) == ["created", "asked customer", "answer", "resolved"]
    assert_apart(picture.captions)


def assert_apart(captions: tuple[Label, ...]) -> None:
    spans: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for one in captions:
        width = Decimal(width_of(one.text)) / 100
        start = {"start": 0, "middle": width / 2, "end": width}[one.anchor]
        spans.setdefault(one.y, []).append((Decimal(one.x) - start, Decimal(one.x) - start + width))
    for row in spans.values():
        ordered = sorted(row)
        assert all(end < start for (_, end), (start, _) in itertools.pairwise(ordered))


def test_many_events_take_rows_and_say_what_has_no_room(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours
) -> None:
    events = tuple((f"2026-03-06T10:{minute:02d}:00", f"Handed to team {minute}") for minute in range(1, 40))
    story = tell(belgrade, "2026-03-06T10:00:00", "2026-03-09T12:00:00", events=events)
    picture = record_timeline(story, "Resolution", care)
    assert_apart(picture.captions)
    assert {"resolved"} < set(texts(picture.captions))
    assert picture.captions[0].text.startswith("created")


def test_one_minute_is_drawn_in_seconds(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours, lumen: PartyHours
) -> None:
    story = tell(belgrade, "2026-03-06T15:20:10", "2026-03-06T15:21:12", target_us=HOUR_US // 4)
    picture = record_timeline(story, "First response", care, lumen)
    assert texts(picture.heads)[:2] == ["Fri 6 Mar", "15:20:15"]
    assert texts(picture.strips[0].labels) == ["8–20"]
    assert picture.counted.due is None
    assert Decimal(picture.clock.boxes[0].width) > 300


def test_no_length_at_all_still_has_a_place(tell: Any, belgrade: CompiledCalendar, care: PartyHours) -> None:
    story = tell(belgrade, "2026-03-06T15:20:10", "2026-03-06T15:20:10", target_us=HOUR_US)
    picture = record_timeline(story, "First response", care)
    assert picture.clock.boxes == ()
    assert picture.counted.path == ""
    assert texts(picture.captions) == ["created, resolved"]


def test_ten_weeks_fold_every_night_and_head_the_weeks(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours, lumen: PartyHours
) -> None:
    story = tell(belgrade, "2026-03-06T15:20:00", "2026-05-14T15:21:12", target_us=160 * HOUR_US)
    picture = record_timeline(story, "Resolution", care, lumen)
    assert picture.notes[0] == "Nights and days without open hours are folded"
    assert all(head.text.startswith("Mon") for head in picture.heads)
    assert "Belgrade +1 h on 29 Mar" in picture.notes
    assert all(LEFT <= Decimal(box.x) <= RIGHT for strip in picture.strips for box in strip.boxes)
    assert picture.counted.due_label is not None
    assert picture.counted.due_label.text == "due 25 Mar 19:20:00"


def test_closed_hours_only_count_nothing(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours, lumen: PartyHours
) -> None:
    story = tell(belgrade, "2026-03-07T10:20:00", "2026-03-08T15:21:12", target_us=4 * HOUR_US)
    picture = record_timeline(story, "Resolution", care, lumen)
    assert picture.clock.boxes == ()
    assert picture.strips[0].boxes == ()
    assert picture.title == "LUM-48213: 0:00:00 counted, target 4 h, within by 4:00:00"
    assert "folded" not in picture.said


def test_never_stopped_ends_in_a_hollow_dot(tell: Any, always: CompiledCalendar) -> None:
    story = tell(
        always, "2026-03-06T23:20:00", "2026-03-08T12:00:00", target_us=4 * HOUR_US, is_stopped=False
    )
    picture = record_timeline(
        story, "Resolution", PartyHours("Danube Care", "provider", always, "this clock")
    )
    assert picture.counted.dots[-1].css == "hf-tl-end is-over is-open"
    assert texts(picture.captions)[-1] == "as of 8 Mar"
    assert texts(picture.strips[0].labels) == ["24 \N{MULTIPLICATION SIGN} 7"]
    assert picture.title.endswith("not stopped yet")


def test_nothing_allowed_is_over_from_the_start(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours
) -> None:
    story = tell(belgrade, "2026-03-06T10:20:00", "2026-03-06T12:00:00", target_us=0)
    counted = record_timeline(story, "Resolution", care).counted
    assert counted.path == ""
    assert counted.path_over
    assert "target 0 h" in texts(counted.labels)
    assert "0 h" not in texts(counted.labels)


def test_without_target_nothing_is_due(tell: Any, nights: CompiledCalendar) -> None:
    story = tell(nights, "2026-03-06T23:20:00", "2026-03-09T12:00:00")
    picture = record_timeline(story, "Watch", PartyHours("Danube Care", "provider", nights, "this clock"))
    assert picture.counted.target is None
    assert picture.counted.due is None
    assert texts(picture.strips[0].labels) == ["22–6", "22–6", "22–6"]


def test_outside_the_calendar_nothing_is_called_closed(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours
) -> None:
    story = tell(belgrade, "2026-12-31T10:00:00", "2027-01-03T10:00:00")
    band = record_timeline(story, "Resolution", care).strips[0].band
    assert band is not None
    assert Decimal(band.x) + Decimal(band.width) < RIGHT - 100


def test_template_is_one_sound_drawing_without_styles(
    picture: RecordTimeline, drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    html = drawn("record_timeline.html", {"timeline": picture})
    root = ET.fromstring(html)  # noqa: S314 - our own template
    svg = root.find("div/svg")
    assert svg is not None
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-describedby"] == "rec-said segments"
    title = svg.find("title")
    assert title is not None
    assert title.text == picture.title
    assert svg.attrib["aria-labelledby"] == title.attrib["id"]
    assert all("style" not in one.attrib for one in root.iter())


def test_names_of_events_are_escaped_in_the_drawing(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours, drawn: Callable[[str, dict[str, Any]], str]
) -> None:
    events = (("2026-03-06T11:00:00", "<b>&"),)
    story = tell(belgrade, "2026-03-06T10:00:00", "2026-03-06T12:00:00", events=events)
    html = drawn("record_timeline.html", {"timeline": record_timeline(story, "Resolution", care)})
    assert "&lt;b&gt;&amp;" in html


def test_clock_change_without_room_is_said_beside(tell: Any, always: CompiledCalendar) -> None:
    story = tell(always, "2026-03-27T10:00:00", "2026-03-30T10:00:00")
    picture = record_timeline(
        story, "Resolution", PartyHours("Danube Care", "provider", always, "this clock")
    )
    assert picture.strips[0].changes == ()
    assert picture.notes == ("Belgrade +1 h on 29 Mar",)


def test_elapsed_time_matches_the_end_of_the_path(
    tell: Any, belgrade: CompiledCalendar, care: PartyHours
) -> None:
    story = tell(belgrade, "2026-03-06T10:00:00", "2026-03-06T12:00:00", target_us=4 * HOUR_US)
    counted = record_timeline(story, "Resolution", care).counted
    end = counted.dots[-1]
    assert counted.path.endswith(f"L{end.x} {end.y}")
