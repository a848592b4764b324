"""What was prepared for a month goes when nobody has read it for a week, and not while somebody does."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.operate.month import Month, a_month

from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import Task
from handfast.foundation.scope import entered
from handfast.operate.queries.records import roster_of
from handfast.records.files import prepared
from handfast.records.files.kept import LOCK, folder_of
from handfast.records.tasks import clean_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
LEVEL = "first_response"
NOW = datetime.now(UTC)  # files bear the machine's time


@pytest.fixture
def month() -> Month:
    return a_month()


def kept(month: Month) -> list[Path]:
    """What lies prepared beside the lock."""
    folder = folder_of(month.source.space_id) / prepared.NAME
    return sorted(path for path in folder.iterdir() if path.name != LOCK)


def age(paths: list[Path], days: int) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    for path in paths:
        os.utime(path, (then, then))


def cleaned() -> None:
    row = Outgoing.objects.filter(kind="records.clean_files").latest("due_at")
    task = Task(row, lambda: NOW)
    with entered(task.actor.reach):
        clean_files(task)


def test_prepared_records_that_nobody_read_for_a_week_are_gone_and_made_again(month: Month) -> None:
    statement = month.issued()
    age(kept(month), days=8)
    cleaned()
    assert kept(month) == []
    with entered(month.client.reach):
        assert roster_of(statement, LEVEL, outcome="", page=1).total == 3
    assert len(kept(month)) == 1


def test_prepared_records_that_are_read_stay(month: Month) -> None:
    statement = month.issued()
    before = kept(month)
    age(before, days=8)
    with entered(month.client.reach):
        roster_of(statement, LEVEL, outcome="", page=1)
    cleaned()
    assert kept(month) == before
    age(before, days=6)
    cleaned()
    assert kept(month) == before


def test_nothing_is_removed_while_somebody_reads(month: Month) -> None:
    month.issued()
    space = month.source.space_id
    age(kept(month), days=8)
    with prepared.reading(space), prepared.reading(space):
        assert prepared.remove_unread(space, at=NOW) == 0
    assert prepared.remove_unread(space, at=NOW) == 1
    assert kept(month) == []


def test_files_that_a_killed_engine_left_go_too(month: Month) -> None:
    month.issued()
    folder = folder_of(month.source.space_id) / prepared.NAME
    (folder / "half.part").mkdir()
    (folder / "intervals_0.parquet").write_bytes(b"rows")
    age([folder / "half.part", folder / "intervals_0.parquet"], days=8)
    cleaned()
    assert [path.name for path in kept(month) if path.suffix] == []
    assert len(kept(month)) == 1
