"""A small deal for the tests of records: a desk's export, who imports it, and a worker that reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.factories.cast import Cast, make_cast

from handfast.engagement.models import Engagement
from handfast.foundation.files.staged import staged_from
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import entered
from handfast.records.actions import add_source, receive_upload
from handfast.records.models import Source, Upload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.foundation.actor import Actor

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
MAPPING = """sources:
  desk:
    kind: events
    record: Ticket
    at: {column: At, zone: UTC}
    event: Event
"""
HEADER = b"Ticket,At,Event\n"
MARCH = (
    HEADER
    + b"L-1,2026-03-02T09:00:00,created\nL-1,2026-03-02T10:00:00,solved\nL-2,2026-03-03T09:00:00,created\n"
)
LATE = HEADER + b"L-2,2026-03-03T09:00:00,created\nL-2,2026-04-01T10:00:00,solved\n"


@dataclass(frozen=True, slots=True)
class Deal:
    """One engagement, those who import into it, and those who do not."""

    engagement: Engagement
    importer: Actor
    other_side: Actor
    reader: Actor
    rival: Actor
    cast: Cast

    def elsewhere(self) -> Deal:
        """The deal of the same client with the rival."""
        with entered(self.importer.reach):
            other = Engagement.objects.exclude(pk=self.engagement.pk).get()
        return replace(self, engagement=other)

    def source(self, key: str = "desk", mapping: str = MAPPING) -> Source:
        text = mapping.replace("  desk:", f"  {key}:")
        return add_source(self.importer, self.engagement, key=key, name="Help desk", mapping=text, at=AT)

    def send(
        self, source: Source, data: bytes | Iterable[bytes] = MARCH, *, name: str = "march.csv",
        at: datetime = AT, is_dry_run: bool = False,
    ) -> Upload:  # fmt: skip
        parts = [data] if isinstance(data, bytes) else data
        with staged_from(parts, source.space_id, name) as (staging, staged):
            upload = receive_upload(self.importer, source, staged=staged, at=at, is_dry_run=is_dry_run)
            staging.keep()
        return upload

    def imported(self, source: Source, data: bytes = MARCH, *, at: datetime = AT) -> Upload:
        """Sent and read."""
        upload = self.send(source, data, at=at)
        work(at)
        with entered(self.importer.reach):
            return Upload.objects.get(pk=upload.pk)


def deal() -> Deal:
    """The deal of the cast: Lumen's owner, Danube Care's delivery manager, a reader; and the rival from elsewhere."""
    cast = make_cast()
    actors = (cast.actor(person) for person in (cast.owner, cast.delivery, cast.reader, cast.rival))
    return Deal(cast.engagement, *actors, cast)


def work(at: datetime = AT) -> None:
    """Let the worker do all that is due."""
    while work_once(lambda: at):
        continue


def later_on(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)
