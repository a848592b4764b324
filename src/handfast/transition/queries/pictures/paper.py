"""The plan on paper: a table whose every row carries its own strip of the picture, so that it breaks between rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import px
from handfast.transition.queries.pictures.bars import ROW
from handfast.transition.queries.pictures.timescale import HEAD_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.pictures.bars import Bar, Mark
    from handfast.transition.queries.pictures.gantt import Gantt


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A step or an activity; `y` is where its strip of the picture begins."""

    name: str
    lead: str
    starts_on: date | None
    ends_on: date | None
    float_said: str
    is_step: bool
    is_critical: bool
    y: str
    bracket: str
    bar: Bar | None
    mark: Mark | None


def paper_rows(steps: Sequence[StepLines], gantt: Gantt) -> Iterator[PaperRow]:
    """The rows of the picture, from the top, as it was drawn."""
    bars = {one.url_id: one for one in gantt.bars}
    marks = {one.url_id: one for one in gantt.marks}
    brackets, y = iter(gantt.brackets), HEAD_HEIGHT
    for step in steps:
        if not step.lines:
            continue
        yield PaperRow(
            step.name,
            step.lead,
            step.starts_on,
            step.ends_on,
            "",
            True,
            False,
            px(y),
            next(brackets),
            None,
            None,
        )
        y += ROW
        for one in step.lines:
            float_said = "done" if one.is_done else one.float_said
            yield PaperRow(
                one.name, one.lead, one.starts_on, one.ends_on, float_said, False, one.is_critical, px(y), "",
                bars.get(one.id), marks.get(one.id),
            )  # fmt: skip
            y += ROW
