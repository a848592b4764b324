"""The map of a process as shapes: activities in layers from where cases begin, what follows what between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.records.discovery import Activity, Edge

BOX_WIDTH, BOX_HEIGHT, GAP, LAYER, EDGE = 168, 44, 28, 112, 16
LONGEST_NAME, MOST_DRAWN, WIDEST = 24, 40, 6
LANE, LABEL = 14, 72  # of edges that lead back


@dataclass(frozen=True, slots=True)
class Place:
    """One activity as a box; `x` and `y` are its upper left corner."""

    activity: Activity
    x: int
    y: int

    @property
    def name(self) -> str:
        said = self.activity.name
        return said if len(said) <= LONGEST_NAME else f"{said[: LONGEST_NAME - 1]}…"

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def name_y(self) -> int:
        return self.y + 18

    @property
    def count_y(self) -> int:
        return self.y + 34


@dataclass(frozen=True, slots=True)
class Arrow:
    """One edge as a curve with the number of times it was gone."""

    edge: Edge
    path: str
    width: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The whole picture."""

    width: int
    height: int
    box_width: int
    box_height: int
    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]


def drawn(activities: Sequence[Activity], edges: Sequence[Edge]) -> Drawn:
    """The most frequent activities and the given edges between them."""
    gone = {name for edge in edges for name in (edge.before, edge.after)}
    shown = [one for one in activities if one.name in gone][:MOST_DRAWN] or list(activities[:1])
    known = {one.name for one in shown}
    between = [edge for edge in edges if edge.before in known and edge.after in known]
    layers = _layers(shown, between)
    widest = max((len(layer) for layer in layers), default=1)
    room = widest * (BOX_WIDTH + GAP)
    places = {
        one.name: Place(one, _left(room, len(layer), column), EDGE + row * LAYER)
        for row, layer in enumerate(layers)
        for column, one in enumerate(layer)
    }
    most = max((edge.count for edge in between), default=1)
    back = [edge for edge in between if places[edge.after].y < places[edge.before].y]
    lanes = {id(edge): EDGE + room + number * LANE for number, edge in enumerate(back)}
    arrows = tuple(
        _arrow(edge, places[edge.before], places[edge.after], most, lanes.get(id(edge))) for edge in between
    )
    height = 2 * EDGE + max(len(layers) - 1, 0) * LAYER + BOX_HEIGHT
    wide = room + 2 * EDGE + LABEL + len(back) * LANE
    return Drawn(wide, height, BOX_WIDTH, BOX_HEIGHT, tuple(places.values()), arrows)


def _left(room: int, columns: int, column: int) -> int:
    return EDGE + (room - columns * (BOX_WIDTH + GAP)) // 2 + column * (BOX_WIDTH + GAP)


def _layers(activities: Sequence[Activity], edges: Sequence[Edge]) -> list[list[Activity]]:
    """Each activity below the one that it follows most often, from the most frequent beginning on; the rest last."""
    left = {one.name: one for one in activities}
    begin = max(activities, key=lambda one: one.begins, default=None)
    layer = [begin] if begin else []
    mostly: dict[str, str] = {}
    for edge in edges:  # the most frequent first
        if edge.before != edge.after:
            mostly.setdefault(edge.after, edge.before)
    layers = []
    while layer:
        layers.append(layer)
        names = {one.name for one in layer}
        for name in names:
            left.pop(name, None)
        layer = [one for name, one in left.items() if mostly.get(name) in names]
    if left:
        layers.append(list(left.values()))
    return layers


def _arrow(edge: Edge, before: Place, after: Place, most: int, lane: int | None) -> Arrow:
    width = 1 + (WIDEST - 1) * edge.count // most
    if lane is not None:
        return _back(edge, before, after, width, lane)
    if after is not before and after.y == before.y:
        return _beside(edge, before, after, width)
    if after.y > before.y:
        begin, end = before.y + BOX_HEIGHT, after.y - 5
        bend = (end - begin) // 2
        path = f"M{before.middle} {begin} C{before.middle} {begin + bend} {after.middle} {end - bend} {after.middle} {end}"
        if after.y - before.y > LAYER:  # half-way lies in another box
            return Arrow(edge, path, width, after.middle + 6, end - 14)
        return Arrow(edge, path, width, (before.middle + after.middle) // 2 + 6, (begin + end) // 2 + 4)
    # To itself: around the right-hand side, where no other edge begins or ends.
    right, out = before.x + BOX_WIDTH, before.x + BOX_WIDTH + 24
    high, low = before.y + 12, before.y + BOX_HEIGHT - 12
    path = f"M{right} {low} C{out} {low} {out} {high} {right + 5} {high}"
    return Arrow(edge, path, min(width, 2), right + 4, before.y - 2)


def _back(edge: Edge, before: Place, after: Place, width: int, lane: int) -> Arrow:
    """Down into the gap below, out to a lane of its own beside all boxes, up, and in through the gap above."""
    begin, end = before.x + BOX_WIDTH - 24, after.x + BOX_WIDTH - 24
    low, high = before.y + BOX_HEIGHT + 12, after.y - 12
    path = f"M{begin} {before.y + BOX_HEIGHT} V{low} H{lane} V{high} H{end} V{after.y - 5}"
    return Arrow(edge, path, min(width, 2), lane + 4, (low + high) // 2)


def _beside(edge: Edge, before: Place, after: Place, width: int) -> Arrow:
    """Straight between the sides that face each other; over the boxes that stand between."""
    is_right = after.x > before.x
    if abs(after.x - before.x) == BOX_WIDTH + GAP:
        begin = before.x + BOX_WIDTH if is_right else before.x
        end = after.x - 5 if is_right else after.x + BOX_WIDTH + 5
        middle = before.y + BOX_HEIGHT // 2
        path = f"M{begin} {middle} L{end} {middle}"
        return Arrow(edge, path, min(width, 2), min(begin, end) - 8, before.y + BOX_HEIGHT + 14)
    begin, end, over = before.middle, after.middle, before.y - 40
    path = f"M{begin} {before.y} C{begin} {over} {end} {over} {end} {after.y - 5}"
    return Arrow(edge, path, min(width, 2), (begin + end) // 2, before.y - 32)
