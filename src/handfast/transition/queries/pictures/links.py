"""The links of the chain that drives the end, drawn as elbows; all links would be a thicket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, px
from handfast.transition.queries.pictures.bars import BAR_TOP, DIAMOND, ROW, extent_of, middle_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from handfast.transition.queries.lines import Line as PlanLine
    from handfast.transition.queries.pictures.timescale import TimeScale

OUT, IN = 8 * UNIT, 7 * UNIT
EDGE = 350


def links_of(
    scale: TimeScale, places: Mapping[UUID, tuple[PlanLine, int]], waits: Mapping[UUID, Sequence[UUID]]
) -> Iterator[str]:
    """A path for each link between two lines that drive the end."""
    for after, others in waits.items():
        for before in others:
            if after in places and before in places:
                (first, from_y), (second, to_y) = places[before], places[after]
                if first.is_critical and second.is_critical:
                    yield _elbow(scale, first, from_y, second, to_y)


def _elbow(scale: TimeScale, first: PlanLine, from_y: int, second: PlanLine, to_y: int) -> str:
    """Out at the end of the one, along the gap between rows where it must go back, in at the start of the other."""
    x1 = sum(extent_of(scale, first)) + EDGE if first.kind == "work" else middle_of(scale, first) + DIAMOND
    x2 = extent_of(scale, second)[0] - EDGE if second.kind == "work" else middle_of(scale, second) - DIAMOND
    y1, y2 = from_y + ROW // 2, to_y + ROW // 2
    out, into = x1 + OUT, x2 - IN
    if into >= out or from_y == to_y:
        return f"M{px(x1)} {px(y1)}H{px(max(into, out))}V{px(y2)}H{px(x2)}"
    between = to_y if to_y > from_y else to_y + ROW + BAR_TOP
    return f"M{px(x1)} {px(y1)}H{px(out)}V{px(between)}H{px(into)}V{px(y2)}H{px(x2)}"
