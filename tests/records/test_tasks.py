"""The worker reads each file once, keeps its rows before the batch, and leaves nothing behind."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.records.deal import AT, HEADER, LATE, MARCH, Deal, later_on, work

from handfast.foundation.files import staged
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import ONCE, LeaseLost, Task, work_once
from handfast.foundation.refusals import Conflict
from handfast.foundation.scope import entered
from handfast.records import tasks
from handfast.records.actions import begin_reading, record_batch
from handfast.records.actions.record_batch import RowsNotKept
from handfast.records.files import kept
from handfast.records.models import Batch, Upload
from handfast.records.queries import progress_of, upload_seen_by
from handfast.records.reading.files import ReadFile

if TYPE_CHECKING:
    from pathlib import Path


def batches(bargain: Deal) -> list[Batch]:
    with entered(bargain.importer.reach):
        return list(Batch.objects.select_related("source"))


def files_of(bargain: Deal) -> list[Path]:
    return sorted(kept.folder_of(bargain.engagement.space_id).glob("*.parquet"))


def test_file_becomes_a_batch_with_its_rows_kept_under_their_digest(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source())
    (batch,) = batches(bargain)
    assert (upload.state, batch.number, batch.rows, batch.records) == ("read", 1, 3, 2)
    assert (batch.file_sha256, batch.received_at) == (upload.file_sha256, AT)
    assert [path.name for path in files_of(bargain)] == [f"{batch.digest}.parquet"]
    assert kept.rows_back(batch, "desk").digest == batch.digest


def test_file_that_was_read_no_longer_lies_staged(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source())
    assert not staged.path_of(upload.space_id, upload.staged_name).exists()


def test_file_that_cannot_be_read_is_refused_by_code_row_and_its_own_name(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source(), HEADER + b"L-1,yesterday,created\n")
    assert (upload.state, upload.refusal_code) == ("refused", "cell-refused")
    assert upload.said.startswith("march.csv, row 2, column 'At'")
    assert batches(bargain) == []
    assert not staged.path_of(upload.space_id, upload.staged_name).exists()


def test_dry_run_gives_its_report_and_keeps_nothing(bargain: Deal) -> None:
    source = bargain.source()
    upload = bargain.send(source, is_dry_run=True)
    work()
    with entered(bargain.importer.reach):
        upload.refresh_from_db()
    assert (upload.state, upload.report["kept"], upload.report["file"]) == ("read", 3, "march.csv")
    assert (batches(bargain), files_of(bargain)) == ([], [])
    assert bargain.imported(source).state == "read"


def test_batches_of_one_source_are_numbered_in_their_order(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    assert [batch.number for batch in batches(bargain)] == [1, 2]


def test_worker_killed_between_file_and_batch_leaves_an_orphan_and_no_batch(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    task = Task(Outgoing.objects.get(key=f"records.read_upload:{upload.pk}"), lambda: AT)
    with entered(task.actor.reach):
        log, _ = tasks._read(task, Upload.objects.select_related("source").get(pk=upload.pk))
        with kept.held(upload.space_id):
            kept.keep(log, upload.space_id)
    assert (len(files_of(bargain)), batches(bargain)) == (1, [])
    age(files_of(bargain)[0])
    later = AT + timedelta(days=2)
    clean(bargain, later)
    assert files_of(bargain) == []
    work(later)
    assert len(batches(bargain)) == len(files_of(bargain)) == 1


def age(path: Path) -> None:
    os.utime(path, (AT.timestamp(), AT.timestamp()))


def clean(bargain: Deal, at: object) -> None:
    row = Outgoing.objects.filter(kind="records.clean_files").latest("due_at")
    task = Task(row, lambda: at)  # type: ignore[arg-type,return-value]  # a datetime, as its callers show
    with entered(task.actor.reach):
        tasks.clean_files(task)


def test_cleaning_leaves_rows_of_batches_young_files_and_files_that_wait(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    waiting = bargain.send(source, LATE)
    age(files_of(bargain)[0])
    age(staged.path_of(waiting.space_id, waiting.staged_name))
    young = kept.file_of(bargain.engagement.space_id, "0" * 64)
    young.write_bytes(b"being recorded")
    os.utime(young, ((AT + timedelta(days=2)).timestamp(),) * 2)
    clean(bargain, AT + timedelta(days=2))
    assert young.exists()
    assert len(files_of(bargain)) == 2
    work()
    assert len(batches(bargain)) == 2


def test_cleaning_removes_staged_files_that_no_upload_names(bargain: Deal) -> None:
    bargain.source()
    stray = staged.path_of(bargain.engagement.space_id, bargain.engagement.pk)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left behind")
    age(stray)
    clean(bargain, AT + timedelta(days=2))
    assert not stray.exists()


def test_cleaning_comes_again_every_day_and_once_a_space(bargain: Deal) -> None:
    bargain.source("desk")
    bargain.source("phone")
    work()
    due = Outgoing.objects.filter(kind="records.clean_files", done_at__isnull=True).values_list(
        "due_at", flat=True
    )
    assert list(due) == [AT + timedelta(days=1)]


def test_batch_without_its_file_is_never_recorded(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    row = Outgoing.objects.get(key=f"records.read_upload:{upload.pk}")
    absent = ReadFile("0" * 64, 1, 1, None, None, "", {})
    with pytest.raises(RowsNotKept):
        record_batch(Task(row, lambda: AT).actor, upload, read=absent, at=AT)
    assert batches(bargain) == []


def test_reading_begun_again_after_a_killed_worker_makes_one_batch(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    Outgoing.objects.filter(key=f"records.read_upload:{upload.pk}").update(attempts=3)
    with entered(bargain.importer.reach):
        Upload.objects.filter(pk=upload.pk).update(state="reading", reading_at=AT)
    work()
    Outgoing.objects.filter(key=f"records.read_upload:{upload.pk}").update(done_at=None)
    work()
    assert len(batches(bargain)) == 1


def test_file_that_kills_every_worker_is_given_up_with_a_reason(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    Outgoing.objects.filter(key=f"records.read_upload:{upload.pk}").update(attempts=ONCE.attempts)
    work()
    with entered(bargain.importer.reach):
        upload.refresh_from_db()
    assert (upload.state, upload.refusal_code) == ("refused", "reading-failed")


def test_fault_while_reading_is_tried_again_and_given_up_at_the_last_time(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    staged.path_of(upload.space_id, upload.staged_name).unlink()
    staged.path_of(upload.space_id, upload.staged_name).mkdir()
    now = AT
    for _ in range(ONCE.attempts):
        while work_once(lambda: now):  # noqa: B023 - asked at once
            continue
        now += timedelta(hours=1)
    with entered(bargain.importer.reach):
        upload.refresh_from_db()
    assert upload.state == "refused"


def test_progress_says_share_time_left_and_the_end(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    row = Outgoing.objects.filter(key=f"records.read_upload:{upload.pk}")
    with entered(bargain.importer.reach):
        assert progress_of(upload, at=AT).said == "waiting for the worker"
        row.update(done_share=250, said="reading")
        upload.reading_at = AT
        half = progress_of(upload, at=AT + timedelta(seconds=10))
        assert (half.percent, half.seconds_left, half.is_over) == (25, 30, False)
        row.update(done_share=400, said="putting the rows in order")
        assert progress_of(upload, at=AT + timedelta(seconds=10)).seconds_left is None
        row.update(done_share=0, said="")
    work()
    with entered(bargain.importer.reach):
        whole = progress_of(upload_seen_by(bargain.importer, upload.pk), at=AT)
    assert (whole.percent, whole.is_over) == (100, True)


def test_worker_tells_how_far_it_is_while_it_reads(bargain: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks, "BEAT_SECONDS", 0)
    monkeypatch.setattr(Task, "progress", lambda task, done, whole, said="": told.append((done, whole)))
    bargain.imported(bargain.source(), MARCH)
    assert told[-1] == (tasks.ORDERED_SHARE, tasks.WHOLE)
    assert all(done <= whole for done, whole in told)
    assert len(told) > 1


def test_worker_that_lost_its_lease_records_nothing(bargain: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = bargain.send(bargain.source())
    monkeypatch.setattr(tasks, "BEAT_SECONDS", 0)
    row = Outgoing.objects.get(key=f"records.read_upload:{upload.pk}")
    task = Task(row, lambda: AT)  # never claimed: the lease that it holds is none
    Outgoing.objects.filter(pk=row.pk).update(lease=upload.pk)
    with entered(task.actor.reach), pytest.raises(LeaseLost):
        tasks.read_upload(task)
    assert batches(bargain) == []


def test_file_that_is_read_already_is_not_begun_again_by_who_lost_the_lease(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    stale = Task(Outgoing.objects.get(key=f"records.read_upload:{upload.pk}"), lambda: AT)
    work()
    with entered(stale.actor.reach), pytest.raises(Conflict):
        begin_reading(stale.actor, upload, at=AT)
    with entered(bargain.importer.reach):
        upload.refresh_from_db()
    assert upload.state == "read"
    assert len(batches(bargain)) == 1
