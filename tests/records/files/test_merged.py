"""The log that batches make together is made once, and never given where it would not be made again."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.factories.logs import event_log
from tests.records.deal import AT, LATE, Deal, later_on

from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import entered
from handfast.kernel.records.arrow_tables import bytes_of
from handfast.kernel.records.canonical import rows_of_log
from handfast.kernel.records.refusals import CanonicalRefused, FileUnreadable
from handfast.records.actions import withdraw_batch
from handfast.records.files import kept, merged
from handfast.records.files.merged import Key, Part, Shelf
from handfast.records.models import Batch
from handfast.records.queries import logs_of

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.records.log import EventLog

EVER = AT + timedelta(days=365)


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf of the test's own."""
    one = Shelf(most_logs=4, most_bytes=2**20)
    monkeypatch.setattr(merged, "SHELF", one)
    return one


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digests of the batches whose files were opened, in order."""
    opened: list[str] = []
    read = kept.rows_back

    def counting(batch: Batch, source_key: str) -> object:
        opened.append(batch.digest)
        return read(batch, source_key)

    monkeypatch.setattr(merged, "rows_back", counting)
    return opened


def desk_of(deal: Deal, batches: list[Batch] | None = None) -> EventLog:
    with entered(deal.importer.reach):
        return logs_of(deal.engagement, received_by=EVER, batches=batches)[0]["desk"]


def files_of(deal: Deal) -> list[Path]:
    with entered(deal.importer.reach):
        rows = Batch.objects.filter(source__engagement=deal.engagement).order_by("number")
        return [kept.file_of(row.space_id, row.digest) for row in rows]


def test_files_are_opened_once_for_two_clicks(bargain: Deal, reads: list[str]) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    first = desk_of(bargain)
    assert len(reads) == 2
    assert desk_of(bargain) is first
    assert len(reads) == 2


def test_added_batch_is_in_the_next_log_and_a_withdrawn_one_is_not(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    alone = desk_of(bargain)
    bargain.imported(source, LATE, at=later_on(1))
    both = desk_of(bargain)
    assert (alone.events.num_rows, both.events.num_rows) == (3, 4)
    with entered(bargain.importer.reach):
        late = Batch.objects.get(number=2)
    withdraw_batch(bargain.importer, late, at=later_on(2))
    assert desk_of(bargain).digest == alone.digest
    assert desk_of(bargain, [late]).digest == late.digest


def test_order_of_batches_decides_which_log_is_given(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, LATE, at=later_on(1))
    with entered(bargain.importer.reach):
        first, second = Batch.objects.filter(source=source).order_by("number")
    forth, back = merged.merged("desk", [first, second]), merged.merged("desk", [second, first])
    assert forth.digest != back.digest


def test_damaged_file_is_refused_after_it_was_read_whole(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    desk_of(bargain)
    (path,) = files_of(bargain)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + bytes(9))
    with pytest.raises(CanonicalRefused):
        desk_of(bargain)
    path.write_bytes(whole)
    assert desk_of(bargain).events.num_rows == 3


def test_file_that_is_gone_is_refused_after_it_was_read(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    desk_of(bargain)
    files_of(bargain)[0].unlink()
    with pytest.raises(FileUnreadable, match="gone"):
        desk_of(bargain)


def test_what_was_kept_for_one_space_is_never_given_to_readers_of_another(
    bargain: Deal, shelf: Shelf, reads: list[str]
) -> None:
    """The canary: the same rows in two spaces. Whoever sees one of them is served from that one alone."""
    other = bargain.elsewhere()
    for deal in (bargain, other):
        deal.imported(deal.source())
    theirs = desk_of(other)
    assert len(shelf) == 1
    with entered(other.importer.reach):
        batches = list(Batch.objects.filter(source__engagement=other.engagement))
    for actor in (bargain.other_side, bargain.reader):
        with entered(actor.reach), pytest.raises(NotSeen):
            logs_of(other.engagement, received_by=EVER, batches=batches)
        with entered(actor.reach):
            assert logs_of(other.engagement, received_by=EVER) == ({}, {})
    ours = desk_of(bargain)
    assert (ours.digest, ours is theirs, len(reads)) == (theirs.digest, False, 2)
    files_of(bargain)[0].unlink()
    with pytest.raises(FileUnreadable):
        desk_of(bargain)
    assert desk_of(other) is theirs


def some_log(records: int) -> EventLog:
    return event_log(
        {
            "record": f"R{number}",
            "at": number,
            "sequence": None,
            "event": "created",
            "kind": None,
            "size": None,
        }
        for number in range(records)
    )


def some_key() -> Key:
    return Key("desk", (Part(uuid4(), "d", "m", (1,)),))


def test_shelf_lets_go_of_what_was_longest_unasked_for() -> None:
    shelf, keys = Shelf(most_logs=2, most_bytes=2**20), [some_key() for _ in range(3)]
    made: list[Key] = []

    def ask(key: Key) -> None:
        shelf.log(key, lambda: made.append(key) or some_log(1))  # type: ignore[func-returns-value]  # notes the key, too

    for key in (keys[0], keys[1], keys[0], keys[2], keys[0], keys[1]):
        ask(key)
    assert made == [keys[0], keys[1], keys[2], keys[1]]


def test_shelf_never_holds_more_than_its_bytes() -> None:
    log = some_log(100)
    size = bytes_of(log.events)
    shelf = Shelf(most_logs=9, most_bytes=2 * size)
    for _ in range(4):
        shelf.log(some_key(), lambda: log)
    assert (len(shelf), shelf.bytes_held) == (2, 2 * size)
    assert rows_of_log(shelf.log(some_key(), lambda: some_log(1_000))).num_rows == 1_000
    assert (len(shelf), shelf.bytes_held) == (2, 2 * size)


def test_threads_that_ask_at_once_wait_for_one_maker() -> None:
    shelf, key, together, go = Shelf(most_logs=2, most_bytes=2**20), some_key(), Barrier(5), Event()
    made: list[int] = []
    given: list[EventLog] = []

    def make() -> EventLog:
        go.wait(10)
        made.append(1)
        return some_log(1)

    def ask() -> None:
        together.wait(10)
        given.append(shelf.log(key, make))  # type: ignore[arg-type]  # an event log is what was made

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    together.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert (len(made), len(given), len({id(one) for one in given})) == (1, 4, 1)


def test_what_cannot_be_made_is_not_kept() -> None:
    shelf, key = Shelf(most_logs=2, most_bytes=2**20), some_key()

    def fail() -> EventLog:
        raise FileUnreadable("gone")

    for _ in range(2):
        with pytest.raises(FileUnreadable):
            shelf.log(key, fail)
    assert rows_of_log(shelf.log(key, lambda: some_log(1))).num_rows == 1
