"""Only what the reach sees is found, and only its files are opened."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.records.deal import AT, HEADER, LATE, MAPPING, MARCH, Deal, later_on, work

from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import OutsideTheFence, Reach, entered
from handfast.kernel.records.refusals import CanonicalRefused, LogsDiffer
from handfast.records.actions import amend_mapping, withdraw_batch
from handfast.records.files import kept
from handfast.records.models import Batch
from handfast.records.queries import (
    batch_seen_by,
    batches_digest,
    batches_of,
    batches_seen_by,
    logs_of,
    source_seen_by,
    sources_seen_by,
    standing_batches,
    upload_seen_by,
    uploads_seen_by,
)

EVER = AT + timedelta(days=365)
CALLS = """sources:
  calls:
    kind: intervals
    at: {column: Start, zone: UTC}
    minutes: 30
    totals: {offered: Offered}
"""


def test_logs_hold_the_later_batch_of_a_record_whole(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    with entered(bargain.importer.reach):
        events, intervals = logs_of(bargain.engagement, received_by=EVER)
    rows = [(row["record"], row["event"]) for row in events["desk"].events.to_pylist()]
    assert rows == [("L-1", "created"), ("L-1", "solved"), ("L-2", "created"), ("L-2", "solved")]
    assert intervals == {}


def test_logs_hold_only_what_was_received_by_the_instant(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    with entered(bargain.importer.reach):
        events, _ = logs_of(bargain.engagement, received_by=AT)
    assert events["desk"].events.num_rows == 3


def test_interval_logs_stand_apart_from_event_logs(bargain: Deal) -> None:
    source = bargain.source("calls", CALLS)
    bargain.imported(source, b"Start,Offered\n2026-03-02T09:00:00,7\n")
    with entered(bargain.importer.reach):
        events, intervals = logs_of(bargain.engagement, received_by=EVER)
    assert (events, intervals["calls"].rows.num_rows) == ({}, 1)


def test_withdrawn_batch_is_left_out_but_found_by_its_id(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    with entered(bargain.importer.reach):
        (batch,) = batches_of(source)
        withdraw_batch(bargain.importer, batch, at=later_on(1))
        assert batches_of(source) == standing_batches(bargain.engagement, received_by=EVER) == []
        assert logs_of(bargain.engagement, received_by=EVER) == ({}, {})
        events, _ = logs_of(bargain.engagement, received_by=EVER, batches=[batch])
    assert events["desk"].digest == batch.digest


def test_batches_of_another_engagement_open_no_file(bargain: Deal) -> None:
    other = bargain.elsewhere()
    other.imported(other.source())
    with entered(other.importer.reach):
        theirs = list(Batch.objects.all())
    for actor in (bargain.importer, bargain.other_side):
        with entered(actor.reach), pytest.raises(NotSeen):
            logs_of(bargain.engagement, received_by=EVER, batches=theirs)


def test_file_that_was_changed_is_refused_by_its_digest(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    with entered(bargain.importer.reach):
        first, second = batches_of(source)
        files = [kept.file_of(batch.space_id, batch.digest) for batch in (first, second)]
        files[0].write_bytes(files[1].read_bytes())
        with pytest.raises(CanonicalRefused, match="were changed"):
            logs_of(bargain.engagement, received_by=EVER)


def test_batches_read_by_unlike_mappings_cannot_stand_together(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    wider = MAPPING + "    sequence: No\n"
    amend_mapping(bargain.importer, source, name="Help desk", mapping=wider, at=AT)
    bargain.imported(source, b"Ticket,At,Event,No\nL-9,2026-03-02T09:00:00,created,1\n", at=later_on(1))
    with entered(bargain.importer.reach):
        first, second = batches_of(source)
        assert kept.rows_back(second, "desk").has_sequence
        with pytest.raises(LogsDiffer):
            logs_of(bargain.engagement, received_by=EVER)
        logs_of(bargain.engagement, received_by=EVER, batches=[first])


def test_digest_of_batches_tells_which_stand_and_in_which_order(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    with entered(bargain.importer.reach):
        first, second = standing_batches(bargain.engagement, received_by=EVER)
    digests = {batches_digest(rows) for rows in ([], [first], [second], [first, second], [second, first])}
    assert len(digests) == 5
    assert batches_digest([first]) == batches_digest([first])


def test_nothing_of_another_engagement_is_in_sight(bargain: Deal) -> None:
    other = bargain.elsewhere()
    upload = other.imported(source := other.source())
    actor = bargain.other_side
    with entered(other.importer.reach):
        batch = Batch.objects.get()
    with entered(actor.reach):
        lists = (sources_seen_by, uploads_seen_by, batches_seen_by)
        assert [list(seen(actor, other.engagement.pk)) for seen in lists] == [[], [], []]
        for seen, row in ((source_seen_by, source), (upload_seen_by, upload), (batch_seen_by, batch)):
            with pytest.raises(NotSeen):
                seen(actor, row.pk)
            with pytest.raises(NotSeen):
                seen(actor, uuid4())


def test_both_sides_and_readers_see_the_same_batches(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    for actor in (bargain.importer, bargain.other_side, bargain.reader):
        with entered(actor.reach):
            assert [batch.number for batch in batches_seen_by(actor, bargain.engagement.pk)] == [1]


def test_records_are_asked_for_within_a_reach_or_not_at_all(bargain: Deal) -> None:
    with pytest.raises(OutsideTheFence):
        list(uploads_seen_by(bargain.importer, bargain.engagement.pk))
    with entered(Reach()):
        assert list(uploads_seen_by(bargain.importer, bargain.engagement.pk)) == []


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_uploads_asks_the_database_twice(bargain: Deal, count: int) -> None:
    source = bargain.source()
    for number in range(count):
        bargain.send(source, HEADER + f"L-{number},2026-03-02T09:00:00,created\n".encode())
    work()
    with entered(bargain.importer.reach), CaptureQueriesContext(connection) as asked:
        rows = list(uploads_seen_by(bargain.importer, bargain.engagement.pk))
        assert [row.source.key for row in rows] == ["desk"] * count
        assert all(len(row.batches.all()) == 1 for row in rows)
    assert len(asked) == 2


def test_march_is_read_the_same_by_either_side(bargain: Deal) -> None:
    bargain.imported(bargain.source(), MARCH)
    digests = set()
    for actor in (bargain.importer, bargain.other_side):
        with entered(actor.reach):
            digests.add(logs_of(bargain.engagement, received_by=EVER)[0]["desk"].digest)
    assert len(digests) == 1
