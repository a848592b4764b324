"""The verbs of records: who may, what is refused, and what the journal keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.records.deal import AT, LATE, MAPPING, MARCH, Deal, later_on, work

from handfast.foundation.files.staged import staged_from
from handfast.foundation.journal import verified
from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.records.actions import (
    AlreadyImported,
    AlreadyWithdrawn,
    SourceKeyTaken,
    add_source,
    amend_mapping,
    begin_reading,
    check_upload,
    record_batch,
    refuse_upload,
    withdraw_batch,
)
from handfast.records.models import Batch, Source, Upload
from handfast.records.queries import batches_of
from handfast.records.reading.files import ReadFile

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

READ = ReadFile("0" * 64, 1, 1, None, None, MAPPING, {})


def only_batch(bargain: Deal, source: Source) -> Batch:
    with entered(bargain.importer.reach):
        (batch,) = batches_of(source)
    return batch


def test_source_is_kept_with_its_mapping_and_kind(bargain: Deal) -> None:
    source = bargain.source()
    assert (source.key, source.kind, source.mapping) == ("desk", "events", MAPPING)


def test_key_of_a_source_is_taken_once(bargain: Deal) -> None:
    bargain.source()
    with pytest.raises(SourceKeyTaken):
        bargain.source()


@pytest.mark.parametrize(("key", "name"), [("Desk", "x"), ("1desk", "x"), ("desk", " "), ("desk", "x" * 121)])
def test_source_that_cannot_be_named_so_is_refused_by_field(bargain: Deal, key: str, name: str) -> None:
    with pytest.raises(FieldsRefused):
        add_source(bargain.importer, bargain.engagement, key=key, name=name, mapping=MAPPING, at=AT)


def test_either_side_imports_and_readers_do_not(bargain: Deal) -> None:
    source = bargain.source()
    amend_mapping(bargain.other_side, source, name="Desk", mapping=MAPPING, at=AT)
    for verb in (
        lambda actor: add_source(actor, bargain.engagement, key="x", name="x", mapping=MAPPING, at=AT),
        lambda actor: amend_mapping(actor, source, name="x", mapping=MAPPING, at=AT),
    ):
        with pytest.raises(NotPermitted):
            verb(bargain.reader)
        with pytest.raises(NotSeen):
            verb(bargain.rival)


def test_reader_withdraws_no_batch_and_rival_finds_none(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    batch = only_batch(bargain, source)
    with pytest.raises(NotPermitted):
        withdraw_batch(bargain.reader, batch, at=AT)
    with pytest.raises(NotSeen):
        withdraw_batch(bargain.rival, batch, at=AT)


def worker_verbs(actor: Actor, upload: Upload) -> list[object]:
    verbs = [
        lambda: begin_reading(actor, upload, at=AT),
        lambda: record_batch(actor, upload, read=READ, at=AT),
        lambda: check_upload(actor, upload, read=READ, at=AT),
        lambda: refuse_upload(actor, upload, code="x", said="x", at=AT),
    ]
    return list(verbs)


def test_only_the_worker_says_what_a_file_holds(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    for actor in (bargain.importer, bargain.other_side, bargain.reader):
        for verb in worker_verbs(actor, upload):
            with pytest.raises(NotPermitted):
                verb()  # type: ignore[operator]  # each is a function without arguments


def test_stale_mapping_form_is_a_conflict_and_saves_nothing(bargain: Deal) -> None:
    source = bargain.source()
    seen = source.seen_as
    amend_mapping(bargain.importer, source, name="Desk", mapping=MAPPING + "# hers\n", at=AT, as_seen=seen)
    with pytest.raises(Conflict):
        amend_mapping(
            bargain.other_side, source, name="Desk", mapping=MAPPING + "# mine\n", at=AT, as_seen=seen
        )
    with entered(bargain.importer.reach):
        assert Source.objects.get().mapping.endswith("# hers\n")


def test_same_file_twice_is_refused_by_the_batch_that_it_is(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    with pytest.raises(AlreadyImported, match="batch 1 of desk, received 2026-04-16"):
        bargain.send(source, name="another name.csv")


def test_same_file_twice_is_refused_while_the_first_is_being_read(bargain: Deal) -> None:
    source = bargain.source()
    bargain.send(source)
    with pytest.raises(AlreadyImported, match="being read"):
        bargain.send(source)


def test_refused_second_time_leaves_no_staged_file(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    with pytest.raises(AlreadyImported):
        bargain.send(source)
    with staged_from([b""], source.space_id, "x") as (staging, _):
        assert [path.name for path in staging._path.parent.iterdir()] == [str(staging.name)]


def test_same_file_may_come_again_after_refusal_withdrawal_or_dry_run(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source, b"no,such,columns\n1,2,3\n")
    bargain.imported(source, b"no,such,columns\n1,2,3\n")
    bargain.send(source, is_dry_run=True)
    bargain.imported(source)
    withdraw_batch(bargain.importer, only_batch(bargain, source), at=later_on(1))
    bargain.imported(source, at=later_on(2))
    assert only_batch(bargain, source).number == 2


def test_same_file_may_belong_to_two_sources(bargain: Deal) -> None:
    bargain.imported(bargain.source("desk"))
    assert bargain.imported(bargain.source("other")).state == "read"


def test_withdrawn_batch_cannot_be_withdrawn_again(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    batch = withdraw_batch(bargain.importer, only_batch(bargain, source), at=later_on(1))
    assert (batch.withdrawn_at, batch.withdrawn_by_id) == (later_on(1), bargain.importer.person)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_batch(bargain.other_side, batch, at=later_on(2))
    with entered(bargain.importer.reach):
        upload = Upload.objects.get()
        assert upload.state == "withdrawn"
        told = Contents.objects.filter(subject_id=upload.pk).order_by("entry__sequence")
        assert list(told.values_list("action", flat=True))[-1] == "upload.withdrawn"


def test_upload_that_is_over_takes_no_second_end(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source())
    worker = worker_of(bargain)
    for verb in worker_verbs(worker, upload):
        with pytest.raises(Conflict):
            verb()  # type: ignore[operator]  # each is a function without arguments


def worker_of(bargain: Deal) -> Actor:
    from handfast.foundation.actor import worker_in  # noqa: PLC0415 - only here

    return worker_in(bargain.engagement.space_id)


def test_journal_keeps_digests_and_states_and_no_name_of_a_file(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.send(source, LATE, name="Priya Raman.csv")
    work()
    with entered(bargain.importer.reach):
        entries = Contents.objects.filter(space_id=bargain.engagement.space_id)
        payloads = [json.loads(entry.payload) for entry in entries]
        assert verified(bargain.engagement.space_id).is_whole
    told = [payload["action"] for payload in payloads]
    assert (
        told.count("batch.recorded")
        == told.count("upload.received")
        == told.count("upload.reading_begun")
        == 2
    )
    assert "Priya" not in json.dumps(payloads)
    recorded = next(payload for payload in payloads if payload["action"] == "batch.recorded")
    assert recorded["after"]["digest"] == only_first(bargain, source).digest


def only_first(bargain: Deal, source: Source) -> Batch:
    with entered(bargain.importer.reach):
        return batches_of(source)[0]


def test_number_of_march_is_what_the_file_held(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    batch = only_batch(bargain, source)
    assert batch.rows == MARCH.count(b"\n") - 1
    assert (batch.first_stamp_at.isoformat(), batch.last_stamp_at.isoformat()) == (
        "2026-03-02T09:00:00+00:00",
        "2026-03-03T09:00:00+00:00",
    )
