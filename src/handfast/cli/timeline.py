"""A record's time line drawn in characters: one row of shapes, with its dates and its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from handfast.kernel.quantity import moment_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.explain import RecordStory

WIDEST = 96
# The state that a cell shows is the first of these that it holds, so that a short run is never drawn away.
SHAPES = {
    "over": ("▓", "red"),
    "running": ("█", ""),
    "excluded": ("░", "cyan"),
    "paused": ("‖", "yellow"),
    "closed": ("·", "dim"),
}
LEGEND = "█ running   ▓ running, over target   ‖ paused   ░ excluded   · closed"
SECONDS = 1_000_000


def clock_text(microseconds: int) -> str:
    """Counted time as h:mm:ss, with its fraction only where there is one."""
    seconds, rest = divmod(microseconds, SECONDS)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def local_text(instant_us: int, zone: str) -> str:
    """An instant on the wall clock of a zone, to the second or finer where it is finer."""
    moment = moment_of(instant_us).astimezone(zone_named(zone))
    return f"{moment:%a %Y-%m-%d %H:%M:%S}" + (f".{moment.microsecond:06d}" if moment.microsecond else "")


def drawn(story: RecordStory, width: int) -> list[Text]:
    """The two ends, the strip, the marks under it, and the legend, in at most `width` characters where they fit."""
    cells = max(min(width, WIDEST), 1)
    length = max(story.end_us - story.start_us, 1)
    strip = Text()
    for cell in range(cells):
        from_us, to_us = (story.start_us + length * place // cells for place in (cell, cell + 1))
        shape, style = SHAPES[_shown(story, from_us, to_us)]
        strip.append(shape, style=style)
    marks = [" "] * cells
    for instant, _ in story.events:
        if story.start_us <= instant <= story.end_us:
            marks[_cell(story, instant, cells)] = "|"
    if story.due_us is not None:
        marks[_cell(story, story.due_us, cells)] = "▲"
    legend = LEGEND + ("   | event   ▲ target reached" if story.due_us is not None else "   | event")
    return [*_ends(story, cells), strip, Text("".join(marks)), Text(legend, style="dim")]


def _ends(story: RecordStory, cells: int) -> list[Text]:
    started = local_text(story.start_us, story.zone)
    ended = local_text(story.end_us, story.zone) + ("" if story.stop_us is not None else " (unfinished)")
    gap = cells - len(started) - len(ended)
    if gap > 0:
        return [Text(f"{started}{' ' * gap}{ended}", style="dim")]
    return [Text(started, style="dim"), Text(ended.rjust(cells), style="dim")]


def _cell(story: RecordStory, instant: int, cells: int) -> int:
    length = max(story.end_us - story.start_us, 1)
    return min((instant - story.start_us) * cells // length, cells - 1)


def _shown(story: RecordStory, from_us: int, to_us: int) -> str:
    held = {
        "over" if segment.is_over and segment.state == "running" else segment.state
        for segment in story.segments
        if segment.from_us < max(to_us, from_us + 1) and segment.to_us > from_us
    }
    return next((name for name in SHAPES if name in held), "closed")
