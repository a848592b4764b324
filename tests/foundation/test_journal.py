"""The chain names the first entry that does not hold, whatever was done to it."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.foundation.conftest import ENGAGEMENT

from handfast.foundation.actor import Actor
from handfast.foundation.erasure import erase_contents
from handfast.foundation.journal import Pending, link, verified
from handfast.foundation.models import Contents, Entry, Head, Space
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.foundation.spaces import open_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from tests.foundation.conftest import Cast


def ring_bells(space: UUID, cast: Cast, at: datetime) -> None:
    """Six entries, as actions write them."""
    person = uuid4()
    for number in range(6):
        bell = uuid4()
        payload = {
            "action": "bell.rung", "at": at.isoformat(), "subject": ["tests.bell", str(bell)],
            "person": str(person), "organisation": str(cast.lumen), "number": str(number),
        }  # fmt: skip
        link([Pending(space, "bell.rung", bell, person, cast.lumen, at, payload)])


@pytest.fixture
def chain(cast: Cast, at: datetime) -> Iterator[UUID]:
    """Six entries in a space of a sample, whose journal alone can be cut also on PostgreSQL; within its reach."""
    with entered(Reach()):
        space = open_space(
            Space.Kind.INTERNAL,
            engagement=ENGAGEMENT,
            organisation=cast.lumen,
            writers=[cast.lumen],
            is_sample=True,
        ).id
    with entered(Reach(frozenset({space}), frozenset({space}))):
        ring_bells(space, cast, at)
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


SHOWN = {
    "action": "action = 'terms.agreed'",
    "subject": "subject_id = '00000000000040008000000000000007'",
    "person": "person_id = '00000000000040008000000000000007'",
    "no person": "person_id = NULL",
    "organisation": "organisation_id = '00000000000040008000000000000007'",
    "instant": "at = '2020-01-01 00:00:00+00:00'",
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_pages_show_of_an_entry_is_held_against_what_it_says(what: str, chain: UUID) -> None:
    changed("foundation_contents", SHOWN[what], 4)
    verdict = verified(chain)
    assert (verdict.is_whole, verdict.broken_at) == (False, 4)
    assert "what is shown of it" in verdict.said


def test_entry_that_was_emptied_past_every_door_is_not_erased(chain: UUID) -> None:
    nothing = (
        "salt = '', payload = '', action = '', subject_id = NULL, person_id = NULL, organisation_id = NULL"
    )
    changed("foundation_contents", nothing, 3)
    verdict = verified(chain)
    assert (verdict.broken_at, verdict.said) == (3, "entry 3 was emptied, and no later entry tells of it")


def erased(chain: UUID, at: datetime, sequence: int, reason: str = "asked") -> Actor:
    """Somebody who may erases one entry."""
    reach = Reach(frozenset({chain}), frozenset({chain}))
    actor = Actor(uuid4(), None, reach, {ENGAGEMENT: frozenset({"manage-people"})})
    erase_contents(actor, Contents.objects.get(entry__sequence=sequence), reason=reason, at=at)
    return actor


def test_entry_that_was_erased_is_told_by_a_later_one_with_its_instant_and_reason(
    chain: UUID, at: datetime
) -> None:
    erased(chain, at, 3)
    verdict = verified(chain)
    assert (verdict.is_whole, verdict.entries, verdict.erased) == (True, 7, 1)
    for column in ("at = '2020-01-01 00:00:00+00:00'", "erased_because = 'because'"):
        with transaction.atomic():
            changed("foundation_contents", column, 3)
            assert (
                verified(chain).said
                == "what stands in the place of an erased entry is not what entry 7 tells"
            )
            transaction.set_rollback(True)
    assert verified(chain).is_whole


def test_what_tells_of_an_erasing_cannot_be_erased(chain: UUID, at: datetime) -> None:
    actor = erased(chain, at, 3)
    with pytest.raises(NotPermitted):
        erase_contents(actor, Contents.objects.get(entry__sequence=7), reason="too", at=at)
    assert verified(chain).is_whole


def test_erasing_that_was_not_done_is_named(chain: UUID, at: datetime) -> None:
    columns = ("salt", "payload", "action", "subject_id", "person_id", "organisation_id")
    kept = Contents.objects.filter(entry__sequence=3).values(*columns).get()
    erased(chain, at, 3)
    Contents.objects.filter(entry__sequence=3).update(**kept)
    assert verified(chain).said == "entry 7 tells of an erasing that was not done"


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
