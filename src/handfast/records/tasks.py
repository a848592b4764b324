"""What the worker does for records: read what came in, and clear away what nobody needs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.files import staged
from handfast.foundation.outbox import WHOLE, LeaseLost, Rule, handles
from handfast.records.actions import begin_reading, check_upload, record_batch, refuse_upload
from handfast.records.actions.receive_upload import refuse_staff_of_others
from handfast.records.files import kept, prepared
from handfast.records.models import Batch, Upload
from handfast.records.permissions import staff_of
from handfast.records.queries import CLEAN_FILES, READ_UPLOAD, READING
from handfast.records.reading.files import FileRefused, read_staged
from handfast.records.reading.staff import key_of
from handfast.records.refusals import StaffFromOtherSide

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task
    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.records.reading.files import ReadFile

BEAT_SECONDS = 1
READING_SHARE = 400  # of 1,000: putting the rows in order comes after, and cannot be counted along
ORDERED_SHARE = 900
FAILED = "reading-failed"
FAILED_SAID = "the file could not be read to its end, often because it needs more memory than there is: split the export"


def refuse_unread(task: Task) -> None:
    """What could not be read to its end, or killed whoever read it, is refused with a reason."""
    upload = Upload.objects.filter(pk=task.subject).first()
    if upload is not None and not upload.is_over:
        refuse_upload(task.actor, upload, code=FAILED, said=FAILED_SAID, at=task.now())


@handles(READ_UPLOAD, Rule(given_up=refuse_unread))
def read_upload(task: Task) -> None:
    """Read one file, keep its rows, record the batch; or tell why not. Begun again, it does nothing twice."""
    upload = Upload.objects.select_related("source__engagement").filter(pk=task.subject).first()
    if upload is None or upload.is_over:
        return
    upload = begin_reading(task.actor, upload, at=task.now())
    try:
        refuse_staff_of_others(upload.source, upload.organisation_id)  # the mapping may be another by now
        log, read = _read(task, upload)
    except FileRefused as refused:
        refuse_upload(task.actor, upload, code=refused.code, said=refused.kept, at=task.now())
    except StaffFromOtherSide as refusal:
        refuse_upload(task.actor, upload, code=refusal.code, said=str(refusal), at=task.now())
    else:
        _keep(task, upload, log, read)
    staged.remove(upload.space_id, upload.staged_name)


def _read(task: Task, upload: Upload) -> tuple[EventLog | IntervalLog, ReadFile]:
    """Read in a thread of its own, and tell of it from here: the reader calls back from threads that it makes.

    Those have neither the reach nor the database connection; and the lease is kept also while rows are sorted.
    """
    done, whole = 0, 1
    is_lost = False

    def on_progress(read: int, of: int) -> None:
        nonlocal done, whole
        done, whole = read, of
        if is_lost:
            raise LeaseLost(task.key)

    source = upload.source
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(
            read_staged, staged.path_of(upload.space_id, upload.staged_name), file_name=upload.file_name,
            mapping=source.mapping, key=source.key, received_at=upload.received_at,
            staff_key=key_of(upload.space_id, staff_of(source.engagement)), on_progress=on_progress,
        )  # fmt: skip
        while wait([reading], BEAT_SECONDS).not_done:
            try:
                said = READING if done < whole else "putting the rows in order"
                task.progress(min(done, whole) * READING_SHARE, whole * WHOLE, said)
            except LeaseLost:
                is_lost = True
                raise
        return reading.result()


def _keep(task: Task, upload: Upload, log: EventLog | IntervalLog, read: ReadFile) -> None:
    if upload.is_dry_run:
        check_upload(task.actor, upload, read=read, at=task.now())
        return
    task.progress(ORDERED_SHARE, WHOLE, "keeping the rows")
    with kept.held(upload.space_id):
        kept.keep(log, upload.space_id)
        record_batch(task.actor, upload, read=read, at=task.now())


@handles(CLEAN_FILES, Rule(every=timedelta(days=1)))
def clean_files(task: Task) -> None:
    """Once a day: remove rows that no batch names, staged files that no open upload names, and what was prepared and is not read."""
    space = task.row.space_id
    with kept.held(space):
        digests = set(Batch.objects.filter(space_id=space).values_list("digest", flat=True))
        kept.remove_orphans(space, digests, at=task.now())
    prepared.remove_unread(space, at=task.now())
    states = (Upload.State.WAITING, Upload.State.READING)
    awaited = Upload.objects.filter(space_id=space, state__in=states)
    staged.remove_strays(space, set(awaited.values_list("staged_name", flat=True)), at=task.now())
