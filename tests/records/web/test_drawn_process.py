"""How the map of a process is drawn: no edge that leads back runs behind a box, and neighbours are joined straight."""

from __future__ import annotations

from handfast.kernel.records.discovery import Activity, Edge
from handfast.records.web.drawn_process import BOX_HEIGHT, BOX_WIDTH, drawn


def edge(before: str, after: str, count: int) -> Edge:
    return Edge(before, after, count, count, 60, 60, 60, ())


ACTIVITIES = [
    Activity(name, 9, 9, 9 if name == "made" else 0, 0)
    for name in ("made", "read", "solved", "waiting", "answered")
]
FORWARD = [
    edge("made", "read", 9),
    edge("read", "solved", 8),
    edge("read", "waiting", 7),
    edge("waiting", "answered", 6),
]


def test_edge_that_leads_back_has_a_lane_beside_all_boxes() -> None:
    picture = drawn(ACTIVITIES, [*FORWARD, edge("answered", "solved", 5), edge("answered", "read", 4)])
    right = max(one.x + BOX_WIDTH for one in picture.places)
    lanes = [int(one.path.split(" H")[1].split()[0]) for one in picture.arrows if " H" in one.path]
    assert len(lanes) == len(set(lanes)) == 2
    assert all(right < lane < picture.width for lane in lanes)
    for one in picture.arrows:
        if " H" in one.path:
            gaps = [int(part.split()[0]) for part in one.path.split(" V")[1:3]]
            assert not [
                place for place in picture.places for y in gaps if place.y <= y <= place.y + BOX_HEIGHT
            ]


def test_neighbours_of_a_layer_are_joined_straight_and_a_loop_stays_at_its_box() -> None:
    picture = drawn(ACTIVITIES, [*FORWARD, edge("waiting", "solved", 5), edge("solved", "solved", 3)])
    told = {(one.edge.before, one.edge.after): one.path for one in picture.arrows}
    assert " L" in told["waiting", "solved"]
    solved = next(one for one in picture.places if one.activity.name == "solved")
    assert told["solved", "solved"].startswith(f"M{solved.x + BOX_WIDTH} ")


def test_nothing_to_draw_is_one_box_or_none() -> None:
    assert len(drawn(ACTIVITIES, []).places) == 1
    assert drawn([], []).arrows == ()
