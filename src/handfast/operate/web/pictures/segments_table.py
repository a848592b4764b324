"""The table beside a record's time line: each segment of its clock, why it is one, and the sum of what counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handfast.operate.web.pictures.wording import (
    city_of,
    clock_text,
    day_month,
    local_of,
    number_text,
    time_text,
    weekday,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.servicelevels.explain import RecordStory, Segment

State = Literal["running", "paused", "excluded", "closed"]
AT_TARGET = "target reached"
DAYS_OF_WEEK = 7
ICONS: dict[State, str] = {
    "running": "player-play",
    "paused": "player-pause",
    "excluded": "scale",
    "closed": "moon",
}


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A stretch of the clock; the day stands only where it changes, its date only at the first row of a day."""

    from_text: str
    to_text: str
    state: State
    icon: str
    why: str
    counts: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class SegmentsTable:
    zone: str
    city: str
    rows: tuple[SegmentRow, ...]
    sum_label: str
    sum_text: str


def segments_table(
    story: RecordStory, party: str, *, zone: str | None = None, adjustments: Iterable[Adjustment] = ()
) -> SegmentsTable:
    """The rows in the contract's zone; `party` is whose hours the clock keeps, `adjustments` give the clauses."""
    shown_in = zone or story.zone
    said = _Reasons(story, party, shown_in, {one.id: one for one in adjustments})
    rows: list[SegmentRow] = []
    dated_on: date | None = None
    for segment in _joined_at_target(story):
        first, last = local_of(segment.from_us, shown_in), local_of(segment.to_us, shown_in)
        state = _state(segment)
        # A closed row bridges two days: the date waits for the first row that lies in one.
        has_date = not rows or (dated_on != first.date() and state != "closed")
        dated_on = first.date() if has_date else dated_on
        rows.append(
            SegmentRow(
                f"{_day(first, has_date=has_date)}{time_text(first)}",
                f"{_until(first, last)}{time_text(last)}",
                state,
                ICONS[state],
                said.of(segment),
                clock_text(segment.counts_us) if segment.state == "running" else "0",
                segment.is_over,
            )
        )
    running = sum(row.state == "running" for row in rows)
    label = f"Sum of {number_text(running)} running segment{'' if running == 1 else 's'}"
    label = label if running else "Nothing ran"
    return SegmentsTable(shown_in, city_of(shown_in), tuple(rows), label, clock_text(story.elapsed_us))


def _joined_at_target(story: RecordStory) -> list[Segment]:
    """The segments with the cut at the target mended: reaching it changes what a run is worth, not the run."""
    found: list[Segment] = []
    for segment in story.segments:
        if (
            found
            and story.due_us == segment.from_us == found[-1].to_us
            and segment.why == AT_TARGET
            and found[-1].state == segment.state == "running"
        ):
            found[-1] = replace(found[-1], to_us=segment.to_us)
        elif segment.to_us > segment.from_us:
            found.append(segment)
    return found


def _state(segment: Segment) -> State:
    return segment.state


def _day(moment: datetime, *, has_date: bool) -> str:
    return f"{weekday(moment)} {day_month(moment)} " if has_date else f"{weekday(moment)} "


def _until(first: datetime, last: datetime) -> str:
    """The day on which a row ends, where it is another; with its date where the weekday alone could be any."""
    days = (last.date() - first.date()).days
    return "" if not days else _day(last, has_date=days >= DAYS_OF_WEEK)


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Why each segment is what it is, in the words of the log and of the parties."""

    story: RecordStory
    party: str
    zone: str
    clauses: Mapping[str, Adjustment]

    def of(self, segment: Segment) -> str:
        said = [self._why(segment)]
        if segment.from_us == self.story.start_us and segment.state != "running":
            said.insert(0, self._event(segment.from_us))
        due, stop = self.story.due_us, self.story.stop_us
        if due is not None and segment.state == "running" and segment.from_us < due <= segment.to_us:
            said.append(f"Target reached {time_text(local_of(due, self.zone))}")
        if segment.to_us == stop:
            said.append(self._event(stop))
        elif stop is None and segment.to_us == self.story.end_us:
            moment = local_of(segment.to_us, self.zone)
            said.append(f"not stopped as of {day_month(moment)} {time_text(moment)}")
        text = "; ".join(one for one in said if one)
        return text[:1].upper() + text[1:]

    def _why(self, segment: Segment) -> str:
        match segment.state:
            case "closed":
                return f"{self.party} closed" + ("" if segment.why == "closed" else f", {segment.why}")
            case "excluded":
                return self._adjustment(segment.why)
            case "paused":
                return segment.why
        id_ = segment.why.partition(" revoked the pause")[0]
        if id_ != segment.why:
            return f"Adjustment {segment.why}"
        return "" if segment.why == AT_TARGET else self._event(segment.from_us)

    def _event(self, at: int) -> str:
        return next(
            (
                f"{name}, event {number}"
                for number, (when, name) in enumerate(self.story.events, 1)
                if when == at
            ),
            "",
        )

    def _adjustment(self, why: str) -> str:
        found = self.clauses.get(why.partition(", ")[0])
        if found is None:
            return f"Adjustment {why}"
        return f"Adjustment {found.id}, " + (f"clause {found.clause}" if found.clause else str(found.type))
