"""What the API of records takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from handfast.records.reading.staff import MOST_NAMES


class PresetOut(Schema):
    """A first guess at the mapping of a common export."""

    name: str
    title: str


class MappingOut(Schema):
    """The text of a preset's mapping, under the name of a source."""

    mapping: str


class ReadOut(Schema):
    """What a mapping says: its kind, and the columns that it asks of a file."""

    kind: str
    columns: list[str]


class SourceIn(Schema):
    """A new source."""

    key: str
    name: str
    mapping: str


class MappingIn(Schema):
    """A mapping to be checked or saved; `as_seen` is what was read before, to refuse a stale one."""

    name: str
    mapping: str
    as_seen: str


class MappingTextIn(Schema):
    """A mapping to be checked."""

    mapping: str


class NamesIn(Schema):
    """Names of the provider's people, as its tool exports them."""

    names: list[str] = Field(max_length=MOST_NAMES)


class StaffNumberOut(Schema):
    """A name and the number that stands for it in the records of an engagement."""

    name: str
    number: str


class SourceOut(Schema):
    """A source with its mapping."""

    id: UUID
    engagement_id: UUID
    key: str
    name: str
    kind: str
    mapping: str
    as_seen: str
    added_at: datetime

    @staticmethod
    def resolve_as_seen(source: Any) -> str:
        return str(source.seen_as)


class UploadOut(Schema):
    """A file that came in."""

    id: UUID
    source_id: UUID
    file_name: str
    size_bytes: int
    file_sha256: str
    received_at: datetime
    ended_at: datetime | None
    state: str
    is_dry_run: bool
    refusal_code: str
    said: str
    report: dict[str, Any]
    batch_id: UUID | None

    @staticmethod
    def resolve_batch_id(upload: Any) -> UUID | None:
        batch = next(iter(upload.batches.all()), None)
        return batch.pk if batch else None


class ProgressOut(Schema):
    """How far a file is read: parts of 1,000, and the seconds left where one can say."""

    share: int
    said: str
    seconds_left: int | None
    is_over: bool


class BatchOut(Schema):
    """The rows of one file, for ever."""

    id: UUID
    source_id: UUID
    upload_id: UUID
    number: int
    received_at: datetime
    recorded_at: datetime
    file_sha256: str
    digest: str
    rows: int
    records: int
    first_stamp_at: datetime | None
    last_stamp_at: datetime | None
    withdrawn_at: datetime | None
    report: dict[str, Any]


class FileLineOut(Schema):
    """A line of an import report."""

    label: str
    said: str
    is_notable: bool


class PreviewOut(Schema):
    """The first rows of a file as a mapping reads them; `is_whole` where that is all of the file."""

    columns: list[str]
    rows: list[list[str]]
    lines: list[FileLineOut]
    is_whole: bool


class ProcessActivityOut(Schema):
    """An activity of a process; `begins` and `ends` count cases."""

    name: str
    count: int
    cases: int
    begins: int
    ends: int


class ProcessEdgeOut(Schema):
    """What directly follows what, in whole elapsed seconds, with a few cases that went so."""

    before: str
    after: str
    count: int
    cases: int
    median_s: int
    ninth_tenth_s: int
    mean_s: int
    examples: list[str]


class ProcessVariantOut(Schema):
    """One order of activities, and how many cases went so."""

    steps: list[str]
    cases: int


class ProcessMapOut(Schema):
    """The process that the records of a source show, the most frequent first."""

    events: int
    cases: int
    cases_with_repeats: int
    activities: list[ProcessActivityOut]
    edges: list[ProcessEdgeOut]
    variants: list[ProcessVariantOut]
    activities_in_all: int
    edges_in_all: int
    variants_in_all: int
