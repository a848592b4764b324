"""A reach is given, never assumed, and an inner one only narrows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from handfast.foundation.scope import (
    JOBS,
    READING,
    OutsideTheFence,
    Reach,
    current_reach,
    entered,
    reached_by_job,
)

A, B, C = uuid4(), uuid4(), uuid4()


def test_nothing_is_reached_before_a_reach_is_entered() -> None:
    with pytest.raises(OutsideTheFence):
        current_reach()


def test_reach_that_writes_where_it_does_not_read_is_refused() -> None:
    with pytest.raises(OutsideTheFence):
        Reach(frozenset({A}), frozenset({B}))


def test_inner_reach_only_narrows_and_the_outer_comes_back() -> None:
    outer, inner = Reach(frozenset({A, B}), frozenset({A})), Reach(frozenset({A, C}), frozenset({A, C}))
    with entered(outer):
        with entered(inner) as kept:
            assert kept == Reach(frozenset({A}), frozenset({A})) == current_reach()
        assert current_reach() == outer


def test_inner_reach_takes_away_what_it_does_not_write_itself() -> None:
    with (
        entered(Reach(frozenset({A, B}), frozenset({A, B}))),
        entered(Reach(frozenset({A}), frozenset())) as kept,
    ):
        assert kept == Reach(frozenset({A}), frozenset())


def test_reach_is_left_also_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), entered(Reach(frozenset({A}))):
        raise ZeroDivisionError
    with pytest.raises(OutsideTheFence):
        current_reach()


def test_reach_of_some_tables_holds_no_other() -> None:
    reach = Reach(frozenset({A}), frozenset({A}), frozenset({"transition.plan"}))
    assert (reach.holds("transition.plan"), reach.holds("people.notice")) == (True, False)
    assert Reach(frozenset({A})).holds("people.notice")


def test_inner_reach_holds_only_the_tables_that_both_hold() -> None:
    outer = Reach(frozenset({A}), frozenset(), frozenset({"a.one", "a.two"}))
    with entered(outer):
        with entered(Reach(frozenset({A}), frozenset(), frozenset({"a.two", "a.three"}))) as kept:
            assert kept.tables == frozenset({"a.two"})
        with entered(Reach(frozenset({A}))) as kept:
            assert kept.tables == outer.tables


def test_job_replaces_the_reach_of_whoever_asks_by_its_own_tables_and_gives_it_back() -> None:
    asked = Reach(frozenset({A}), frozenset({A}))
    with entered(asked):
        with reached_by_job("date the plan", frozenset({A, B})) as reach:
            assert (
                current_reach() == reach == Reach(frozenset({A, B}), frozenset({A, B}), JOBS["date the plan"])
            )
            with entered(asked) as kept:
                assert kept == Reach(frozenset({A}), frozenset({A}), JOBS["date the plan"])
        assert current_reach() == asked


def test_job_that_is_not_named_has_no_reach() -> None:
    with pytest.raises(OutsideTheFence, match="not a job"), reached_by_job("read it all", frozenset({A})):
        pass


def test_no_job_holds_what_rooms_keep_beside_the_plan() -> None:
    for tables in (found for job, found in JOBS.items() if job not in READING):
        assert {one.partition(".")[0] for one in tables} <= {"transition", "foundation", "engagement"}


def test_job_that_only_reads_writes_nothing() -> None:
    with (
        entered(Reach(frozenset({A}), frozenset({A}))),
        reached_by_job("tell a reader", frozenset({A, B})) as reach,
    ):
        assert (reach.reads, reach.writes) == (frozenset({A, B}), frozenset())
