"""The plan cut into sheets of paper: on each the time head, its steps, and the picture of just those rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handfast.transition.queries.closed import closed_at_sites, closed_days
from handfast.transition.queries.pictures.bars import ROW
from handfast.transition.queries.pictures.gantt import gantt_of
from handfast.transition.queries.pictures.gantt_view import flags_of, waits_of
from handfast.transition.queries.pictures.timescale import HEAD_HEIGHT, TimeScale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.outlook_view import Sure
    from handfast.transition.queries.pictures.gantt import Gantt
    from handfast.transition.queries.plans import PlanRows

PaperName = Literal["a4", "a3"]
# Lengths on paper are whole hundredths of a millimetre.
MM = 100
SIZES: dict[PaperName, tuple[int, int]] = {"a4": (297 * MM, 210 * MM), "a3": (420 * MM, 297 * MM)}
LISTS: dict[PaperName, int] = {"a4": 110 * MM, "a3": 130 * MM}
WIDEST_LIST = 240 * MM
ROWS: dict[PaperName, int] = {"a4": 5 * MM, "a3": 560}
MARGIN, FOOT, OPENING = 12 * MM, 16 * MM, 51 * MM
ROOM_FOR_FLAGS = 12  # so much of the plan's length after its end, for their names
LONGEST_SIDE = 4_900 * MM  # what readers of PDF open as one page


@dataclass(frozen=True, slots=True)
class Paper:
    """Which paper, and whether the whole plan stands on one sheet of its proportions."""

    name: PaperName = "a4"
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands on a sheet; `grown` is by how many percent the opening and the margins grow with it."""

    width: int
    height: int
    list_width: int
    row: int
    grown: int = 100

    @property
    def head(self) -> int:
        return HEAD_HEIGHT * self.row // ROW

    @property
    def picture_width(self) -> int:
        return self.width - 2 * MARGIN * self.grown // 100 - self.list_width

    def rows_under(self, taken: int) -> int:
        """How many rows stand on a sheet below what takes so much of its height."""
        free = self.height - (MARGIN + FOOT + taken) * self.grown // 100 - self.head
        return max(free // self.row, 2)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The rows of one sheet with their picture, drawn at `picture_width`."""

    steps: tuple[StepLines, ...]
    picture: Gantt
    picture_width: int


def layout_of(paper: Paper, rows: int) -> Layout:
    """The sheet; for one page as large as `rows` rows need, in the proportions of the paper."""
    width, height = SIZES[paper.name]
    plain = Layout(width, height, LISTS[paper.name], ROWS[paper.name])
    if not paper.is_one or rows <= plain.rows_under(OPENING):
        return plain
    free = height - MARGIN - FOOT - OPENING
    row = plain.row
    while (
        grown := -(-100 * ((rows + 1) * row + HEAD_HEIGHT * row // ROW) // free)
    ) * width > LONGEST_SIDE * 100:
        row -= 10
    list_width = min(plain.list_width * grown // 100, WIDEST_LIST)
    return Layout(width * grown // 100, height * grown // 100, list_width, row, grown)


def leaves_of(
    rows: PlanRows, steps: Sequence[StepLines], layout: Layout, *, today: date, sure: Sure | None
) -> tuple[Leaf, ...]:
    """The sheets from the first row to the last, all on one scale; none while the plan has no dates."""
    told = [step for step in steps if step.lines]
    begins = [step.starts_on for step in told if step.starts_on]
    ends = [step.ends_on for step in told if step.ends_on]
    if not begins or not ends:
        return ()
    first, last = min(begins), max(ends)
    flags = flags_of(first, last, today=today, sure=sure)
    furthest = max([last, *(flag.on for flag in flags)])
    furthest += (furthest - first) // ROOM_FOR_FLAGS
    units = layout.picture_width * ROW // layout.row
    scale = TimeScale.fitting(first, furthest, units, rows.plan.engagement.zone)
    used = {line.site for step in told for line in step.lines if line.site}
    at_sites = closed_at_sites(rows.plan, used, scale.first, scale.last)
    closed, waits = closed_days(rows.plan, scale.first, scale.last), waits_of(rows)
    return tuple(
        Leaf(
            cut, gantt_of(cut, waits, closed=closed, at_sites=at_sites, flags=flags, scale=scale, said=""), scale.width * layout.row // ROW
        )
        for cut in cuts_of(told, layout.rows_under(OPENING), layout.rows_under(0))
    )  # fmt: skip


def cuts_of(steps: Sequence[StepLines], opening: int, most: int) -> Iterator[tuple[StepLines, ...]]:
    """The steps in cuts of so many rows, the first one of `opening`; a step that is cut says its name again."""
    cut: list[StepLines] = []
    left = opening
    for step in steps:
        lines, name = step.lines, step.name
        while lines:
            if left <= 1:
                yield tuple(cut)
                cut, left = [], most
            cut.append(replace(step, name=name, lines=lines[: left - 1]))
            left -= len(cut[-1].lines) + 1
            lines, name = lines[len(cut[-1].lines) :], f"{step.name}, continued"
    if cut:
        yield tuple(cut)
