"""The four figures over the time line say what the picture says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.record_figures import record_figures

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.worktime.compiled import CompiledCalendar

HOUR_US = 3_600_000_000


def test_figures_are_those_of_the_picture(pictured: RecordStory) -> None:
    found = record_figures(pictured)
    assert (found.counted, found.target) == ("19:31:42", "16:00:00")
    assert (found.paused, found.excluded) == ("6:32:30", "3:40:00")
    assert found.started_stopped == "6 Mar 15:20 to 11 Mar 09:04"
    assert (found.status, found.verdict) == ("missed", "Missed by 3:31:42")


def test_running_record_has_time_left(tell: Any, always: CompiledCalendar) -> None:
    story = tell(
        always, "2026-03-06T10:00:00", "2026-03-06T12:00:00", target_us=4 * HOUR_US, is_stopped=False
    )
    found = record_figures(story)
    assert (found.status, found.verdict) == ("running", "2:00:00 left")
    assert found.started_stopped == "6 Mar 10:00, not stopped as of 6 Mar 12:00"


def test_stopped_within_target_is_met(tell: Any, always: CompiledCalendar) -> None:
    story = tell(always, "2026-03-06T10:00:00", "2026-03-06T12:00:00", target_us=4 * HOUR_US)
    assert record_figures(story).verdict == "Within by 2:00:00"
    assert record_figures(story).paused == ""


def test_without_target_nothing_is_judged(tell: Any, always: CompiledCalendar) -> None:
    found = record_figures(tell(always, "2026-03-06T10:00:00", "2026-03-06T12:00:00"))
    assert (found.status, found.verdict, found.target) == ("open", "No target", "")
