"""What is asked of records; only here are the files of batches opened, from rows that came through the fence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import WHOLE
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.sight import the_one
from handfast.kernel.records.discovery import discovered
from handfast.kernel.records.log import EventLog
from handfast.records.files.merged import merged
from handfast.records.files.prepared import reading
from handfast.records.models import Batch, Source, Upload
from handfast.records.permissions import may_name_staff, staff_of
from handfast.records.reading.staff import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.fence import Spaced
    from handfast.kernel.records.discovery import ProcessMap
    from handfast.kernel.records.log import IntervalLog

Row = TypeVar("Row", bound="Spaced")
READ_UPLOAD = "records.read_upload"
CLEAN_FILES = "records.clean_files"
READING = "reading"
REPORT = "report"  # what an import said: long, and nothing that a figure stands on


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of an upload is: parts of 1,000, what it does, and the seconds left where one can say."""

    share: int
    said: str
    seconds_left: int | None
    is_over: bool

    @property
    def percent(self) -> int:
        return self.share * 100 // WHOLE


def sources_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Source]:
    """The sources of an engagement, by key."""
    return Source.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)


def source_seen_by(actor: Actor, source: UUID) -> Source:
    rows: QuerySet[Source] = Source.objects.filter(space_id__in=actor.reach.reads)
    return the_one(rows.filter(pk=source))


def uploads_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Upload]:
    """The uploads of an engagement, newest first, each with its source and its batches."""
    rows = Upload.objects.filter(source__engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("source").prefetch_related("batches").order_by("-received_at", "id")


def upload_seen_by(actor: Actor, upload: UUID) -> Upload:
    rows: QuerySet[Upload] = Upload.objects.filter(space_id__in=actor.reach.reads).select_related("source")
    return the_one(rows.filter(pk=upload))


def batch_seen_by(actor: Actor, batch: UUID) -> Batch:
    rows: QuerySet[Batch] = Batch.objects.filter(space_id__in=actor.reach.reads).select_related("source")
    return the_one(rows.filter(pk=batch))


def batches_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Batch]:
    """The batches of an engagement in the order in which they stand, withdrawn ones too."""
    rows = Batch.objects.filter(source__engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("source", "upload").order_by("received_at", "number")


def staff_numbers(actor: Actor, engagement: Engagement, names: list[str]) -> list[tuple[str, str]]:
    """What the provider's people are called in the records of an engagement; nothing of it is kept. Raises NotPermitted."""
    if not may_name_staff(actor, engagement):
        raise NotPermitted("staff numbers: only who imports records for the provider learns who is who")
    return numbers_of(names, engagement.space_id, staff_of(engagement))


def batches_of(source: Source) -> list[Batch]:
    """The batches of a source that stand, in the order they came: withdrawn ones are left out."""
    rows = Batch.objects.filter(source=source, withdrawn_at__isnull=True)
    return list(rows.select_related("source").order_by("received_at", "number"))


def process_map_of(source: Source) -> ProcessMap | None:
    """The process that the standing batches of a source show; None where none stands, or they hold totals of intervals."""
    rows = batches_of(source)
    log = merged(source.key, rows) if rows else None
    return discovered(log) if isinstance(log, EventLog) else None


def standing_batches(engagement: Engagement, *, received_by: datetime) -> list[Batch]:
    """What new statements stand on: the batches of all sources received by an instant, without withdrawn ones."""
    rows = Batch.objects.filter(
        source__engagement=engagement, withdrawn_at__isnull=True, received_at__lte=received_by
    )
    return list(rows.select_related("source").defer(REPORT).order_by("source__key", "received_at", "number"))


def batches_named(engagement: Engagement, wanted: Iterable[UUID]) -> list[Batch]:
    """The batches with these ids, withdrawn ones too; one that is out of sight is refused as NotSeen."""
    ids = set(wanted)
    rows = Batch.objects.filter(source__engagement=engagement, pk__in=ids).select_related("source")
    found = list(rows.defer(REPORT).order_by("source__key", "received_at", "number"))
    if len(found) != len(ids):
        raise NotSeen
    return found


def logs_of(
    engagement: Engagement, *, received_by: datetime, batches: Iterable[Batch] | None = None
) -> tuple[dict[str, EventLog], dict[str, IntervalLog]]:
    """Event logs and interval logs by source key; a later batch replaces whole records of an earlier one.

    `batches` are those that a statement names; without them, all that were received by the instant and not
    withdrawn. Rows are read again by their ids, so that only what the reach sees is ever opened, or given from
    memory where it was opened before. Raises NotSeen, CanonicalRefused where a file was changed, LogsDiffer where
    batches were read by unlike mappings.
    """
    if batches is None:
        chosen = standing_batches(engagement, received_by=received_by)
    else:
        chosen = batches_named(engagement, (batch.pk for batch in batches))
    by_source: dict[str, list[Batch]] = {}
    for batch in chosen:
        by_source.setdefault(batch.source.key, []).append(batch)
    events: dict[str, EventLog] = {}
    intervals: dict[str, IntervalLog] = {}
    for key, rows in by_source.items():
        log = merged(key, rows)
        if isinstance(log, EventLog):
            events[key] = log
        else:
            intervals[key] = log
    return events, intervals


def prepared_in(space: UUID) -> AbstractContextManager[Path]:
    """The folder where an engine keeps what it prepares of a space's rows, held while it is read."""
    return reading(space)


def batches_digest(batches: Iterable[Batch]) -> str:
    """SHA-256 over which batches stand and in which order: lines of `source number digest`."""
    lines = (f"{batch.source.key} {batch.number} {batch.digest}\n" for batch in batches)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def progress_of(upload: Upload, *, at: datetime) -> Progress:
    """How far the worker is with an upload. Its outbox row is asked by the upload, which came through the fence."""
    if upload.is_over:
        return Progress(WHOLE, "", 0, is_over=True)
    row = Outgoing.objects.filter(key=f"{READ_UPLOAD}:{upload.pk}").first()
    share = row.done_share if row else 0
    left = None
    is_counted = row is not None and row.said == READING
    if upload.reading_at is not None and share and is_counted:
        left = max(1, (at - upload.reading_at) * (WHOLE - share) // share // timedelta(seconds=1))
    said = row.said if row and row.said else "waiting for the worker" if not share else "reading"
    return Progress(share, said, left, is_over=False)
