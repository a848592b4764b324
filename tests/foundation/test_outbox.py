"""What is to be done is done once, by one worker, also when workers die or fail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handfast.foundation.models import Head, Outgoing
from handfast.foundation.outbox import (
    HANDLERS,
    LEASE,
    MOST_ATTEMPTS,
    LeaseLost,
    Task,
    claimed,
    later,
    work_once,
)
from handfast.foundation.scope import current_reach, entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.foundation.conftest import Cast


@pytest.fixture
def done() -> Iterator[list[str]]:
    """Handlers of this test's own kinds, and the keys of what they did."""
    keys: list[str] = []

    def ring(task: Task) -> datetime | None:
        keys.append(task.key)
        assert current_reach().reads == {task.row.space_id}
        return None

    def ring_daily(task: Task) -> datetime | None:
        keys.append(task.key)
        return task.now() + timedelta(days=1)

    def break_down(task: Task) -> datetime | None:
        raise ZeroDivisionError(task.key)

    HANDLERS.update({"test.ring": ring, "test.daily": ring_daily, "test.broken": break_down})
    yield keys
    for kind in ("test.ring", "test.daily", "test.broken"):
        del HANDLERS[kind]


@pytest.fixture
def plant(cast: Cast, at: datetime) -> Callable[..., None]:
    def planted(kind: str = "test.ring", key: str = "", after: timedelta = timedelta(0)) -> None:
        with entered(cast.actor(cast.lumen).reach):
            later(kind, Head.objects.get(space=cast.shared), key=key, due_at=at + after)

    return planted


def test_row_is_done_once_within_its_own_space(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant(key="one")
    assert work_once(lambda: at)
    assert not work_once(lambda: at)
    assert done == ["one"]


def test_same_key_planted_twice_is_done_once(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant(key="one")
    plant(key="one")
    while work_once(lambda: at):
        pass
    assert done == ["one"]


def test_row_waits_until_it_is_due(plant: Callable[..., None], done: list[str], at: datetime) -> None:
    plant(after=timedelta(hours=1))
    assert not work_once(lambda: at)
    assert work_once(lambda: at + timedelta(hours=1))
    assert len(done) == 1


def test_row_held_by_another_worker_is_left_until_its_lease_ends(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant()
    dead = claimed(at)
    assert dead is not None
    assert not work_once(lambda: at + LEASE)
    assert work_once(lambda: at + LEASE + timedelta(seconds=1))
    assert len(done) == 1


def test_worker_whose_lease_was_taken_over_may_not_go_on(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant()
    row = claimed(at)
    assert row is not None
    Task(row, lambda: at).progress(1, 2)
    assert Outgoing.objects.get().done_share == 500
    again = at + 2 * LEASE + timedelta(seconds=1)
    assert claimed(again) is not None
    with pytest.raises(LeaseLost):
        Task(row, lambda: again).progress(2, 2)
    assert done == []


def test_recurring_row_plants_its_next(plant: Callable[..., None], done: list[str], at: datetime) -> None:
    plant("test.daily")
    assert work_once(lambda: at)
    assert not work_once(lambda: at + timedelta(hours=23))
    assert work_once(lambda: at + timedelta(days=1))
    assert len(done) == 2


def test_row_that_fails_is_tried_again_later_and_given_up_at_last(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant("test.broken")
    plant("test.ring", key="after it")
    now = at
    for _ in range(MOST_ATTEMPTS + 1):
        while work_once(lambda: now):  # noqa: B023 - called at once
            pass
        now += timedelta(hours=1)
    row = Outgoing.objects.get(kind="test.broken")
    assert (row.attempts, row.said, row.done_at) == (MOST_ATTEMPTS, "ZeroDivisionError", None)
    assert row.failed_at is not None
    assert done == ["after it"]
