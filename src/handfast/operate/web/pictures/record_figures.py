"""The four figures over a record's time line, and the chip that says whether it was in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.operate.web.pictures.wording import clock_text, day_month, local_of

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.explain import RecordStory


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """Counted, target, paused and excluded as h:mm:ss, empty where there is none; when it started and stopped."""

    counted: str
    target: str
    paused: str
    excluded: str
    started_stopped: str
    status: str
    verdict: str


def record_figures(story: RecordStory, *, zone: str | None = None) -> RecordFigures:
    """The figures in the contract's zone, by default that of the clock's calendar."""
    status, verdict = _verdict(story)
    lengths = {
        state: sum(one.to_us - one.from_us for one in story.segments if one.state == state)
        for state in ("paused", "excluded")
    }
    started = _minute(story.start_us, zone or story.zone)
    end = _minute(story.end_us, zone or story.zone)
    return RecordFigures(
        clock_text(story.elapsed_us),
        "" if story.target_us is None else clock_text(story.target_us),
        clock_text(lengths["paused"]) if lengths["paused"] else "",
        clock_text(lengths["excluded"]) if lengths["excluded"] else "",
        f"{started} to {end}" if story.stop_us is not None else f"{started}, not stopped as of {end}",
        status,
        verdict,
    )


def _minute(instant_us: int, zone: str) -> str:
    moment = local_of(instant_us, zone)
    return f"{day_month(moment)} {moment:%H:%M}"


def _verdict(story: RecordStory) -> tuple[str, str]:
    """The glyph's name and the chip's words; a record that runs within its target is not in time yet."""
    if story.target_us is None:
        return "open", "No target"
    gap = story.elapsed_us - story.target_us
    if gap > 0:
        return "missed", f"Missed by {clock_text(gap)}"
    if story.stop_us is None:
        return "running", f"{clock_text(-gap)} left"
    return "met", f"Within by {clock_text(-gap)}"
