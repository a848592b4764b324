"""A record's time line: both calendars, what its clock did, and the counted time that climbs to the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import box, label, line, px
from handfast.kernel.quantity import Span
from handfast.operate.web.pictures.calendarstrip import calendar_strip, openings_in
from handfast.operate.web.pictures.captions import Caption, ends, placed, width_of
from handfast.operate.web.pictures.clockstrip import clock_strip, counted_time
from handfast.operate.web.pictures.dayheads import heads
from handfast.operate.web.pictures.timeaxis import time_axis
from handfast.operate.web.pictures.wording import (
    DAY_US,
    clock_text,
    counted,
    day_month,
    local_of,
    span_text,
)

if TYPE_CHECKING:
    from handfast.foundation.web.shapes import Box, Label, Line
    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.operate.web.pictures.calendarstrip import CalendarStrip, PartyHours
    from handfast.operate.web.pictures.captions import Placed
    from handfast.operate.web.pictures.clockstrip import ClockStrip, CountedTime
    from handfast.operate.web.pictures.timeaxis import TimeAxis

# Places in hundredths of a unit, as the picture of the drawer has them.
WIDTH, LEFT, RIGHT = 63_600, 8_900, 62_800
HEAD_Y, LINES_TOP = 1_600, 2_150
FIRST_STRIP, STRIP_STEP, STRIP_HEIGHT = 2_950, 3_350, 2_550
CLOCK_HEIGHT, PLOT_HEIGHT = 2_850, 12_400
TICK, ROW, EVENT_ROWS = 750, 1_400, 3
SAME_PLACE = 300
NEAR_US = 14 * DAY_US
LEGEND = (
    ("hf-tl-running", "running"),
    ("hf-tl-over", "running, over target"),
    ("hf-tl-paused", "paused"),
    ("hf-tl-excluded", "excluded"),
)
SWATCH_WIDTH, SWATCH_HEIGHT = 1_550, 950


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A swatch, a box or the dotted line, and its word."""

    box: Box | None
    line: Line | None
    label: Label


@dataclass(frozen=True, slots=True)
class RecordTimeline:
    """All geometry of the picture in SVG user units; `key` keeps its ids apart from other pictures of the page.

    `said` describes what is folded and what the clocks did; `notes` are those parts that the drawing cannot show.
    """

    key: str
    table_id: str
    title: str
    width: str
    height: str
    heads: tuple[Label, ...]
    lines: tuple[Line, ...]
    strips: tuple[CalendarStrip, ...]
    clock_labels: tuple[Label, ...]
    clock: ClockStrip
    counted: CountedTime
    ticks: tuple[Line, ...]
    captions: tuple[Label, ...]
    legend: tuple[LegendItem, ...]
    said: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """The heights at which the parts stand; without a second calendar all below moves up."""

    clock: int
    plot: int
    base: int

    @classmethod
    def under(cls, strips: int) -> Levels:
        clock = FIRST_STRIP + strips * STRIP_STEP + 650
        plot = clock + CLOCK_HEIGHT + 2_150
        return cls(clock, plot, plot + PLOT_HEIGHT)


def record_timeline(  # noqa: PLR0913 - what the page names, each by its word
    story: RecordStory,
    clock_name: str,
    hours: PartyHours,
    reference: PartyHours | None = None,
    *,
    zone: str | None = None,
    key: str = "record",
    table_id: str = "",
) -> RecordTimeline:
    """The picture of one record; `zone` is the contract's, by default that of the clock's calendar."""
    parties = [hours] if reference is None else [hours, reference]
    span = Span(story.start_us, story.end_us)
    near = Span(span.starts_us - NEAR_US, span.ends_us + NEAR_US)
    openings = [one for party in parties for one in openings_in(party.calendar, near)]
    axis = time_axis(span, openings, zone or story.zone, left=LEFT, right=RIGHT)
    levels = Levels.under(len(parties))
    head_labels, uprights = heads(axis, HEAD_Y, WIDTH)
    strips = tuple(
        calendar_strip(party, axis, FIRST_STRIP + place * STRIP_STEP, STRIP_HEIGHT)
        for place, party in enumerate(parties)
    )
    ticks, captions, rows, events_said = _events(story, axis, levels.base)
    nights = _folds_said(axis) if axis.are_nights_folded else ()
    legend_y = levels.base + 4_500 + (rows - 1) * ROW
    return RecordTimeline(
        key,
        table_id,
        _title(story),
        px(WIDTH),
        px(legend_y + 1_200),
        head_labels,
        tuple(line(x, LINES_TOP, x, levels.base + TICK, "hf-tl-day") for x in uprights),
        strips,
        _clock_labels(clock_name, levels),
        clock_strip(story, axis, levels.clock, CLOCK_HEIGHT),
        counted_time(story, axis, top=levels.plot, bottom=levels.base, strip_top=levels.clock - 700),
        ticks,
        captions,
        _legend(legend_y),
        ". ".join((*_folds_said(axis), *(said for strip in strips for said in strip.said), *events_said)),
        (*nights, *(said for strip in strips for said in strip.unwritten), *events_said),
    )


def _title(story: RecordStory) -> str:
    said = f"{story.record}: {clock_text(story.elapsed_us)} counted"
    if story.target_us is not None:
        gap = story.elapsed_us - story.target_us
        said += f", target {span_text(story.target_us)}, "
        said += f"over by {clock_text(gap)}" if gap > 0 else f"within by {clock_text(-gap)}"
    return said if story.stop_us is not None else f"{said}, not stopped yet"


def _clock_labels(clock_name: str, levels: Levels) -> tuple[Label, ...]:
    return (
        label(0, levels.clock + 1_150, "Clock", "hf-tl-strong"),
        label(0, levels.clock + 2_550, clock_name, "hf-tl-note"),
        label(0, levels.plot + 550, "Counted", "hf-tl-head"),
    )


def _events(
    story: RecordStory, axis: TimeAxis, base: int
) -> tuple[tuple[Line, ...], tuple[Label, ...], int, tuple[str, ...]]:
    """Ticks and captions under the axis, the rows they take, and what did not find room, in words."""
    inside = [(at, name) for at, name in story.events if story.start_us <= at <= story.end_us]
    captions = _captions(story, axis, inside)
    if story.stop_us is None:
        as_of = f"as of {day_month(local_of(story.end_us, axis.zone))}"
        captions.append(Caption(axis.x(story.end_us), as_of, is_important=True))
    found, left_out = placed(captions, left=0, right=WIDTH, rows=EVENT_ROWS)
    depth = {one.caption.x: one.row for one in found if not _is_crossed(one, found)}
    ticks = tuple(
        line(x, base, x, base + TICK + depth.get(x, 0) * ROW, "hf-tl-tick")
        for x in sorted({axis.x(at) for at, _ in inside} | {one.x for one in captions})
    )
    labels = tuple(
        label(one.caption.x, base + 2_000 + one.row * ROW, one.caption.text, "hf-tl-event", one.anchor)
        for one in found
    )
    rows = max((one.row for one in found), default=0) + 1
    said = [f"{counted(left_out, 'event')} without room for a name"] if left_out else []
    outside = len(story.events) - len(inside)
    said += [f"{counted(outside, 'event')} before the clock started or after it stopped"] if outside else []
    return ticks, labels, rows, tuple(said)


def _captions(story: RecordStory, axis: TimeAxis, inside: list[tuple[int, str]]) -> list[Caption]:
    """One caption a place; events that stand on one spot share it."""
    spots: list[tuple[int, list[str], bool]] = []
    for at, name in inside:
        x, is_end = axis.x(at), at in (story.start_us, story.stop_us)
        if spots and x - spots[-1][0] < SAME_PLACE:
            spots[-1] = (spots[-1][0], [*spots[-1][1], name], spots[-1][2] or is_end)
        else:
            spots.append((x, [name], is_end))
    return [Caption(x, _joined(names), is_important=is_end) for x, names, is_end in spots]


def _is_crossed(one: Placed, found: tuple[Placed, ...]) -> bool:
    """Whether a tick drawn down to its caption would run through one above it."""
    spans = [ends(other.caption, other.anchor) for other in found if other.row < one.row]
    return any(left <= one.caption.x <= right for left, right in spans)


def _joined(names: list[str]) -> str:
    first = names[0][:1].lower() + names[0][1:]
    if len(names) == 1:
        return first
    last = names[-1][:1].lower() + names[-1][1:]
    return f"{first}, {last}" if len(names) == 2 else f"{first} … {last}"  # noqa: PLR2004 - both are named


def _folds_said(axis: TimeAxis) -> tuple[str, ...]:
    if axis.are_nights_folded:
        return ("Nights and days without open hours are folded",)
    return ("Days without open hours are folded",) if axis.folds else ()


def _legend(y: int) -> tuple[LegendItem, ...]:
    x = 0
    items: list[LegendItem] = []
    for css, word in (*LEGEND, ("hf-tl-closed", "closed")):
        top = y - SWATCH_HEIGHT + 50
        if css == "hf-tl-closed":
            swatch, middle = None, y - SWATCH_HEIGHT // 2 + 50
            rule = line(x, middle, x + SWATCH_WIDTH - 200, middle, css)
        else:
            swatch, rule = _swatch(x, top, css), None
        items.append(LegendItem(swatch, rule, label(x + SWATCH_WIDTH + 600, y, word, "hf-tl-legend")))
        x += SWATCH_WIDTH + 600 + width_of(word, 12) + 1_300
    return tuple(items)


def _swatch(x: int, top: int, css: str) -> Box:
    if css in ("hf-tl-paused", "hf-tl-excluded"):
        return box((x + 50, top + 50, SWATCH_WIDTH - 100, SWATCH_HEIGHT - 100), css)
    return box((x, top, SWATCH_WIDTH, SWATCH_HEIGHT), css)
