"""The chain names the first entry that does not hold, whatever was done to it."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from handfast.foundation.journal import Pending, link, verified
from handfast.foundation.models import Contents, Entry, Head
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from tests.foundation.conftest import Cast


@pytest.fixture
def chain(cast: Cast, at: datetime) -> Iterator[UUID]:
    """Six entries in the shared space, within its reach."""
    space = cast.shared.id
    with entered(cast.actor(cast.lumen).reach):
        link(
            Pending(space, "bell.rung", cast.lumen, None, cast.lumen, at, {"number": str(number)})
            for number in range(6)
        )
        yield space


def test_chain_that_nobody_touched_is_whole(chain: UUID) -> None:
    verdict = verified(chain)
    assert (verdict.is_whole, verdict.entries, verdict.erased) == (True, 6, 0)
    assert verdict.head == Head.objects.get(space_id=chain).hash


def test_chain_can_be_walked_by_anyone_with_nothing_but_sha256(chain: UUID) -> None:
    previous = bytes(32)
    for entry in Entry.objects.select_related("contents").order_by("sequence"):
        salted = bytes.fromhex(entry.contents.salt) + entry.contents.payload.encode()
        place = chain.bytes + struct.pack(">Q", entry.sequence)
        previous = hashlib.sha256(place + previous + hashlib.sha256(salted).digest()).digest()
        assert entry.hash == previous.hex()


def changed(table: str, values: str, sequence: int) -> None:
    """What somebody with the database in hand can do, past every door."""
    where = (
        "sequence = %s"
        if table == "foundation_entry"
        else "entry_id = (SELECT id FROM foundation_entry WHERE sequence = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {values} WHERE {where}", [sequence])  # noqa: S608 - words of this test


def test_payload_that_was_changed_is_named_by_its_entry(chain: UUID) -> None:
    changed("foundation_contents", "payload = '{}'", 4)
    verdict = verified(chain)
    assert (verdict.broken_at, verdict.said) == (4, "the contents of entry 4 were changed")


def test_payload_written_into_an_erased_entry_is_named(chain: UUID) -> None:
    changed("foundation_contents", "salt = ''", 2)
    assert "after erasure" in verified(chain).said


FORGED: dict[str, Callable[[Entry], None]] = {
    "commitment": lambda entry: Entry.objects.filter(pk=entry.pk).update(commitment="1" * 64) and None,
    "hash": lambda entry: Entry.objects.filter(pk=entry.pk).update(hash="1" * 64) and None,
    "previous": lambda entry: Entry.objects.filter(pk=entry.pk).update(previous="1" * 64) and None,
}


@pytest.mark.parametrize("how", FORGED)
def test_entry_that_was_changed_breaks_the_chain_there(how: str, chain: UUID) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="permission denied"):
            FORGED[how](Entry.objects.get(sequence=3))
        return
    FORGED[how](Entry.objects.get(sequence=3))
    assert verified(chain).broken_at == 3


def test_entry_that_was_removed_breaks_the_chain_there(chain: UUID) -> None:
    Contents.objects.get(entry__sequence=3).delete()
    assert verified(chain).said == "entry 3 has lost its contents"
    Entry.objects.get(sequence=3).delete()
    assert verified(chain).broken_at == 3


def test_chain_cut_at_its_end_is_seen_by_its_head(chain: UUID) -> None:
    Contents.objects.get(entry__sequence=6).delete()
    Entry.objects.get(sequence=6).delete()
    assert verified(chain).broken_at == 6


def test_chain_cut_with_its_head_is_seen_by_the_head_that_was_kept(chain: UUID) -> None:
    kept = verified(chain).head
    assert verified(chain, head=kept).is_whole
    Contents.objects.get(entry__sequence=6).delete()
    Entry.objects.get(sequence=6).delete()
    last = Entry.objects.get(sequence=5)
    Head.objects.filter(space_id=chain).update(sequence=5, hash=last.hash)
    assert verified(chain).is_whole
    assert "the head that was kept" in verified(chain, head=kept).said


def test_head_of_an_earlier_day_is_found_in_a_longer_chain(chain: UUID) -> None:
    assert verified(chain, head=Entry.objects.get(sequence=2).hash).is_whole
