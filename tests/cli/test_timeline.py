"""A time line fits its terminal, and the sum of a record is never cut off."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.factories.desks import stated_in

from handfast.cli import record_story
from handfast.cli.bundle import inputs_of
from handfast.cli.placing import Place
from handfast.cli.timeline import clock_text, drawn, local_text
from handfast.kernel.servicelevels.explain import RecordStory, Segment, story_of

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Resolution, P2 [bold]not bold[/bold]"
PLACE = Place("resolution_p2", NAME, 0, "resolution", None, "missed", "counts, missed")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> RecordStory:
    desk: Path = stated_in(tmp_path_factory.mktemp("drawn"))
    _, _, inputs = inputs_of(desk / "s.json")
    return story_of(inputs.evidence(), 0, "resolution", "LUM-1475", 16 * 3600 * 1_000_000)


def shown(story: RecordStory, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, force_terminal=False)
    record_story._show(console, [PLACE], story)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 79, 80, 96, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_every_count_is_whole(
    story: RecordStory, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(story, width, monkeypatch)
    assert max(map(len, text.splitlines())) <= width
    for segment in story.segments:
        assert segment.counts_us == 0 or clock_text(segment.counts_us) in text
    assert clock_text(story.elapsed_us) in text
    assert "…" not in text


def test_a_narrow_terminal_does_without_the_ends_of_segments(
    story: RecordStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = local_text(story.segments[0].to_us, story.zone)
    assert shown(story, 100, monkeypatch).count(ends) == 2
    assert " To " not in shown(story, 79, monkeypatch)


def test_a_levels_name_is_never_read_as_markup(story: RecordStory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert NAME in shown(story, 200, monkeypatch)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30), st.integers(1, 300))
def test_every_strip_is_as_wide_as_asked_and_at_most_96(lengths: list[int], width: int) -> None:
    states = ("running", "paused", "closed", "excluded")
    at, segments = 0, []
    for place, length in enumerate(lengths):
        segments.append(Segment(at, at + length, states[place % 4], ""))
        at += length
    counted = sum(segment.counts_us for segment in segments)
    story = RecordStory(
        "R-1", "UTC", 0, at, at, counted, None, None, tuple(segments), ((0, "new"), (at, "done"))
    )
    *_, strip, marks, _ = drawn(story, width)
    assert len(strip) == len(marks) == min(width, 96)
