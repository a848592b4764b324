"""What is to be done is done once, by one worker, also when workers die or fail."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handfast.foundation.models import Head, Outgoing
from handfast.foundation.outbox import (
    GIVEN_UP,
    HANDLERS,
    LEASE,
    LONGEST_WAIT,
    ONCE,
    RULES,
    SENDING,
    LeaseLost,
    Rule,
    Task,
    claimed,
    given_up_rows,
    later,
    try_again,
    work_once,
)
from handfast.foundation.scope import current_reach, entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.foundation.conftest import Cast


DAY = timedelta(days=1)


@pytest.fixture
def done() -> Iterator[list[str]]:
    """Handlers of this test's own kinds, and the keys of what they did."""
    keys: list[str] = []

    def ring(task: Task) -> None:
        keys.append(task.key)
        assert current_reach().reads == {task.row.space_id}

    def break_down(task: Task) -> None:
        raise ZeroDivisionError(task.key)

    def end(task: Task) -> None:
        assert current_reach().reads == {task.row.space_id}
        keys.append(f"the end of {task.key}")

    own = {
        "test.ring": (ring, ONCE),
        "test.daily": (ring, Rule(every=DAY)),
        "test.broken": (break_down, Rule(given_up=end)),
        "test.mail": (break_down, replace(SENDING, every=DAY)),
    }
    for kind, (handler, rule) in own.items():
        HANDLERS[kind], RULES[kind] = handler, rule
    yield keys
    for kind in own:
        del HANDLERS[kind], RULES[kind]


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
    plant("test.broken", key="broken")
    plant("test.ring", key="after it")
    worked(at, timedelta(hours=9))
    row = Outgoing.objects.get(kind="test.broken")
    assert (row.attempts, row.said, row.done_at) == (ONCE.attempts, "ZeroDivisionError", None)
    assert row.failed_at is not None
    assert done == ["after it", "the end of broken"]


def worked(at: datetime, through: timedelta) -> None:
    """A worker that looks every ten minutes."""
    now = at
    while now <= at + through:
        while work_once(lambda: now):  # noqa: B023 - called at once
            pass
        now += timedelta(minutes=10)


def test_mail_waits_for_its_server_for_days_and_the_next_goes_on_after_it_was_given_up(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant("test.mail", key="mail")
    worked(at, 3 * DAY)
    row = Outgoing.objects.get(key="mail")
    assert (row.failed_at, row.done_at) == (None, None)
    assert row.due_at <= at + 3 * DAY + LONGEST_WAIT
    worked(at + 3 * DAY, DAY)
    row.refresh_from_db()
    assert row.failed_at is not None
    next_row = Outgoing.objects.get(kind="test.mail", failed_at__isnull=True)
    assert next_row.due_at == row.failed_at + DAY
    assert done == []


def test_what_was_given_up_is_told_in_its_space_once_a_day(
    plant: Callable[..., None], done: list[str], at: datetime, cast: Cast
) -> None:
    plant("test.broken", key="one")
    plant("test.broken", key="other")
    worked(at, timedelta(hours=2))
    told = Outgoing.objects.get(kind=GIVEN_UP)
    assert told.space_id == cast.shared.id
    assert told.subject_id in set(Outgoing.objects.filter(kind="test.broken").values_list("pk", flat=True))


def test_that_nobody_could_be_told_is_told_to_nobody(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    def away(task: Task) -> None:
        raise ConnectionRefusedError(task.key)

    kind = f"test.notify.{GIVEN_UP}"
    HANDLERS[kind] = away
    plant(kind, key="told")
    worked(at, timedelta(hours=2))
    del HANDLERS[kind]
    assert Outgoing.objects.get(key="told").failed_at is not None
    assert not Outgoing.objects.filter(kind=GIVEN_UP).exists()


def test_row_that_kills_every_worker_is_given_up(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant("test.broken", key="killer")
    now = at
    for _ in range(ONCE.attempts):
        assert claimed(now) is not None  # and the worker dies with it
        now += 2 * LEASE
    assert work_once(lambda: now)
    row = Outgoing.objects.get(key="killer")
    assert (row.failed_at, row.done_at) == (now, None)
    assert "ended before it did" in row.said
    assert done == ["the end of killer"]


def test_row_that_was_given_up_is_listed_and_tried_again_from_the_first_attempt(
    plant: Callable[..., None], done: list[str], at: datetime
) -> None:
    plant("test.broken", key="one")
    worked(at, timedelta(hours=2))
    assert [one.key for one in given_up_rows()] == ["one"]
    later_on = at + timedelta(hours=3)
    assert claimed(later_on, only=Outgoing.objects.get(key="one")) is None
    assert try_again(given_up_rows(), later_on) == 1
    row = Outgoing.objects.get(key="one")
    assert (row.attempts, row.due_at, row.failed_at) == (0, later_on, None)
    assert try_again(given_up_rows(), later_on) == 0


def test_failed_row_is_not_claimed_by_who_chose_it_a_moment_before(
    plant: Callable[..., None], done: list[str], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(key="one")
    made = uuid.uuid4

    def given_up_meanwhile() -> uuid.UUID:
        Outgoing.objects.update(failed_at=at)
        return made()

    monkeypatch.setattr("handfast.foundation.outbox.uuid.uuid4", given_up_meanwhile)
    assert claimed(at) is None
