"""The passes held against slow ways of finding the same dates, and against what dates must obey."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.kernel.scheduling.plans import (
    ALWAYS,
    MONDAY_US,
    QUARTER_US,
    WEEKS,
    Shape,
    plans,
    with_activity,
)

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.scheduling.plan import Activity, Link, Plan, Side
    from handfast.kernel.scheduling.schedule import Dated, Schedule

ROUND_THE_CLOCK = Shape(weeks=(ALWAYS,), is_bounded=False)


def networked(plan: Plan) -> nx.DiGraph:
    """Starts as nodes; a link is the least distance between two starts, the end lies after every finish."""
    graph = nx.DiGraph()
    length = {one.id: one.estimate.likely.amount for one in plan.activities}

    def edge(one: str, other: str, distance: int) -> None:
        if not graph.has_edge(one, other) or graph[one][other]["distance"] > -distance:
            graph.add_edge(one, other, distance=-distance)

    for one in plan.activities:
        edge("begin", one.id, 0)
        edge(one.id, "end", length[one.id])
        for link in one.after:
            since = length[link.other] if link.kind[0] == "F" else 0
            until = length[one.id] if link.kind[1] == "F" else 0
            edge(link.other, one.id, since + link.lag.amount - until)
    return graph


@given(plans(ROUND_THE_CLOCK))
def test_without_closed_time_dates_and_floats_are_the_longest_paths_of_a_network(plan: Plan) -> None:
    graph = networked(plan)
    from_begin = nx.single_source_bellman_ford_path_length(graph, "begin", weight="distance")
    to_end = nx.single_source_bellman_ford_path_length(graph.reverse(), "end", weight="distance")
    whole = -from_begin["end"]
    for one in schedule(plan).dated:
        early, late = -from_begin[one.id], whole + to_end[one.id]
        assert (one.starts_us, one.ends_us) == (MONDAY_US + early, MONDAY_US + early + one.length_us)
        assert one.latest_starts_us == MONDAY_US + late
        assert one.total_float_us == late - early
        slack = [
            (whole if other == "end" else -from_begin[other]) + edge["distance"] - early
            for _, other, edge in graph.out_edges(one.id, data=True)
        ]
        assert one.free_float_us == min(slack)
        assert one.is_critical == (late == early)


class SlowClock:
    """Open or closed, quarter by quarter, read from the written hours by the wall clock."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def is_open(self, lead: str, slot: int) -> bool:
        client, provider = self._is_own("client", slot), self._is_own("provider", slot)
        return {
            "client": client,
            "provider": provider,
            "joint": client and provider,
            "either": client or provider,
            "elapsed": True,
        }[lead]

    def _is_own(self, side: Side, slot: int) -> bool:
        written = self.plan.party(side).calendar
        local = moment_of(MONDAY_US + slot * QUARTER_US).astimezone(zone_named(written.zone))
        if local.date() in written.holidays.add:
            return False
        minute = local.hour * 60 + local.minute
        return any(
            window.opens_min <= minute < window.closes_min for window in written.week()[local.weekday()]
        )


def stepped(is_open: Callable[[int], bool], slot: int, quarters: int) -> int:
    """The first slot boundary at which so much is worked since `slot`; backwards where it is negative."""
    while quarters > 0:
        quarters -= is_open(slot)
        slot += 1
    is_back = quarters < 0
    while quarters < 0:
        slot -= 1
        quarters += is_open(slot)
    while is_back and not is_open(slot - 1):
        slot -= 1
    return slot


def slow_dates(plan: Plan) -> dict[str, tuple[int, int]]:
    """Starts and ends by trying one quarter of an hour after the other."""
    clock = SlowClock(plan)
    by_id = {one.id: one for one in plan.activities}
    found: dict[str, tuple[int, int]] = {}

    def reached(one: Activity, link: Link) -> int:
        start, end = dates_of(by_id[link.other])
        lag = link.lag.amount // QUARTER_US
        on = link.lag_on or one.lead
        return stepped(lambda slot: clock.is_open(on, slot), end if link.kind[0] == "F" else start, lag)

    def dates_of(one: Activity) -> tuple[int, int]:
        if one.id not in found:
            bounds = [0, (one.not_before_us or MONDAY_US) - MONDAY_US]
            from_slot = max(bounds[0], bounds[1] // QUARTER_US)
            starts = [reached(one, link) for link in one.after if link.kind[1] == "S"]
            ends = [reached(one, link) for link in one.after if link.kind[1] == "F"]
            found[one.id] = first_fit(clock, one, max([from_slot, *starts]), ends)
        return found[one.id]

    for one in plan.activities:
        dates_of(one)
    return found


def first_fit(clock: SlowClock, one: Activity, start: int, ends: list[int]) -> tuple[int, int]:
    length = one.estimate.likely.amount // QUARTER_US
    if not length:
        return (max([start, *ends]),) * 2
    while True:
        if clock.is_open(one.lead, start):
            done = stepped(lambda slot: clock.is_open(one.lead, slot), start, length)
            opens = done
            while not clock.is_open(one.lead, opens):
                opens += 1
            if all(done >= end for end in ends):
                return start, done
            if all(opens >= end for end in ends):
                return start, opens
        start += 1


@given(plans(Shape(weeks=WEEKS, most=4, longest=30)))
def test_dates_are_the_first_quarters_that_fit_when_each_is_tried(plan: Plan) -> None:
    slow = slow_dates(plan)
    for one in schedule(plan).dated:
        quick = ((one.starts_us - MONDAY_US) // QUARTER_US, (one.ends_us - MONDAY_US) // QUARTER_US)
        assert (one.id, *quick) == (one.id, *slow[one.id])


def holds(found: Schedule, link: Link, one: Dated, other: Dated, *, late: bool) -> bool:
    """Whether a link holds between early or between late dates."""
    starts, ends = ("latest_starts_us", "latest_ends_us") if late else ("starts_us", "ends_us")
    since = getattr(other, ends if link.kind[0] == "F" else starts)
    until = getattr(one, ends if link.kind[1] == "F" else starts)
    if not link.lag.amount:
        return bool(until >= since)
    on = link.lag_on or found.plan.activities[found.plan.places[one.id]].lead
    clock = found.worktimes.named(on)
    return clock.worked(until) - clock.worked(since) >= link.lag.amount


@given(plans(Shape(is_frozen=True)))
def test_every_link_holds_between_early_dates_and_between_late_dates(plan: Plan) -> None:
    found = schedule(plan)
    for activity in plan.activities:
        for link in activity.after:
            pair = found.by_id[activity.id], found.by_id[link.other]
            assert holds(found, link, *pair, late=False)
            assert holds(found, link, *pair, late=True)


@given(plans(Shape(is_frozen=True)))
def test_between_start_and_end_lies_exactly_the_duration_early_and_late(plan: Plan) -> None:
    found = schedule(plan)
    for activity, one in zip(plan.activities, found.dated, strict=True):
        clock = found.worktimes.of(activity)
        assert clock.worked(one.ends_us) - clock.worked(one.starts_us) == activity.estimate.likely.amount
        late = clock.worked(one.latest_ends_us) - clock.worked(one.latest_starts_us)
        assert late == activity.estimate.likely.amount
        assert one.total_float_us == clock.worked(one.latest_starts_us) - clock.worked(one.starts_us)


@given(plans())
def test_late_dates_never_lie_before_early_ones_and_somebody_drives_the_end(plan: Plan) -> None:
    found = schedule(plan)
    assert all(one.latest_starts_us >= one.starts_us for one in found.dated)
    assert all(one.latest_ends_us >= one.ends_us for one in found.dated)
    assert all(0 <= one.free_float_us <= one.total_float_us for one in found.dated)
    assert any(one.is_critical for one in found.dated)
    assert found.by_id[found.chain[-1]].ends_us == found.ends_us == max(one.ends_us for one in found.dated)


def delayed(found: Schedule, id_: str, by_us: int) -> Schedule:
    """The plan dated again with one activity held back by so much of its own open time."""
    activity = found.plan.activities[found.plan.places[id_]]
    clock = found.worktimes.of(activity)
    instant_us = clock.start_at(clock.worked(found.by_id[id_].starts_us) + by_us)
    return schedule(with_activity(found.plan, id_, not_before_us=instant_us))


@settings(derandomize=True)
@given(plans(Shape(longest=30)), st.data())
def test_delay_by_the_total_float_keeps_the_end_and_by_more_moves_it(plan: Plan, data: st.DataObject) -> None:
    found = schedule(plan)
    one = data.draw(st.sampled_from(found.dated))
    assume(one.length_us)
    assert delayed(found, one.id, one.total_float_us).ends_us == found.ends_us
    assert delayed(found, one.id, one.total_float_us + QUARTER_US).ends_us > found.ends_us


@settings(derandomize=True)
@given(plans(Shape(longest=30)), st.data())
def test_delay_by_the_free_float_moves_no_other_and_by_more_moves_one(
    plan: Plan, data: st.DataObject
) -> None:
    found = schedule(plan)
    one = data.draw(st.sampled_from(found.dated))
    assume(one.length_us)

    def others(dated: Schedule) -> list[object]:
        kept = [(each.id, each.starts_us, each.ends_us) for each in dated.dated if each.id != one.id]
        return [*kept, dated.ends_us]

    assert others(delayed(found, one.id, one.free_float_us)) == others(found)
    assert others(delayed(found, one.id, one.free_float_us + QUARTER_US)) != others(found)


@given(plans(), st.randoms())
def test_order_in_which_activities_are_written_changes_no_date(plan: Plan, random: object) -> None:
    shuffled = list(plan.activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis names the type of its randoms nowhere
    again = schedule(plan.__class__(**{**vars_of(plan), "activities": tuple(shuffled)}))
    for one in schedule(plan).dated:
        other = again.by_id[one.id]
        assert (one.starts_us, one.ends_us) == (other.starts_us, other.ends_us)
        assert (one.latest_starts_us, one.latest_ends_us) == (other.latest_starts_us, other.latest_ends_us)
        assert (one.total_float_us, one.free_float_us) == (other.total_float_us, other.free_float_us)


def vars_of(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__}


@given(plans())
def test_what_is_named_as_binding_binds_or_another_binds_as_much(plan: Plan) -> None:
    found = schedule(plan)
    for one in found.dated:
        activity = plan.activities[plan.places[one.id]]
        if one.bound.by == "link":
            rest = tuple(link for link in activity.after if link is not one.bound.link)
            freed = schedule(with_activity(plan, one.id, after=rest)).by_id[one.id]
        elif one.bound.by == "not before":
            freed = schedule(with_activity(plan, one.id, not_before_us=None)).by_id[one.id]
        else:
            assert one.bound.until_us == plan.starts_us
            continue
        assert freed.bound.until_us <= one.bound.until_us
        assert freed.starts_us <= one.starts_us


@given(plans())
def test_chain_is_of_links_that_bind_from_one_that_nothing_else_drives(plan: Plan) -> None:
    found = schedule(plan)
    assert found.by_id[found.chain[0]].bound.by != "link"
    for before, after in pairwise(found.chain):
        bound = found.by_id[after].bound
        assert bound.link is not None
        assert bound.link.other == before
