"""The journal: entries linked into one hash chain a space, verified from the first to the head."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rfc8785

from handfast.foundation.models import Contents, Entry, Head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Pending:
    """What an action did, before it is linked: `payload` holds ids, numbers and words, never names."""

    space: UUID
    action: str
    subject: UUID
    person: UUID | None
    organisation: UUID | None
    at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What walking a chain found. `broken_at` is the first sequence that does not hold; None where all do."""

    entries: int
    erased: int
    head: str
    broken_at: int | None = None
    said: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def commitment_of(salt: str, payload: str) -> str:
    """SHA-256 over the salt (hex) and the payload's bytes."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def link_hash(space: UUID, sequence: int, previous: str, commitment: str) -> str:
    """SHA-256 over space (16 bytes), sequence (8 bytes, big-endian), previous and commitment (32 bytes each)."""
    parts = (space.bytes, sequence.to_bytes(8, "big"), bytes.fromhex(previous), bytes.fromhex(commitment))
    return hashlib.sha256(b"".join(parts)).hexdigest()


def link(pending: Iterable[Pending]) -> None:
    """Add entries to their chains: the last statements before commit, heads locked in the order of space id."""
    by_space: dict[UUID, list[Pending]] = {}
    for one in pending:
        by_space.setdefault(one.space, []).append(one)
    for space in sorted(by_space):
        head = Head.objects.select_for_update().get(space_id=space)
        for one in by_space[space]:
            _append(head, one)
        head.save(update_fields=["sequence", "hash"])


def _append(head: Head, pending: Pending) -> None:
    payload = rfc8785.dumps(pending.payload).decode()
    salt = secrets.token_hex(32)
    sequence, commitment = head.sequence + 1, commitment_of(salt, payload)
    entry = Entry.objects.create(
        space_id=pending.space,
        sequence=sequence,
        previous=head.hash,
        commitment=commitment,
        hash=link_hash(pending.space, sequence, head.hash, commitment),
    )
    Contents.objects.create(
        space_id=pending.space,
        entry=entry,
        salt=salt,
        payload=payload,
        action=pending.action,
        subject_id=pending.subject,
        person_id=pending.person,
        organisation_id=pending.organisation,
        at=pending.at,
    )
    head.sequence, head.hash = sequence, entry.hash


def verified(space: UUID, *, head: str | None = None) -> ChainVerdict:
    """Walk the chain of a space within the reach; `head` is a hash somebody kept, which must be in the chain."""
    previous, expected, erased, is_head_met = FIRST_PREVIOUS, 1, 0, head in (None, FIRST_PREVIOUS)
    for entry in Entry.objects.filter(space_id=space).select_related("contents").order_by("sequence"):
        fault = _fault_of(entry, expected, previous)
        if fault:
            return ChainVerdict(expected - 1, erased, previous, expected, fault)
        erased += not entry.contents.salt
        previous, expected = entry.hash, expected + 1
        is_head_met = is_head_met or previous == head
    kept = Head.objects.get(space_id=space)
    if (kept.sequence, kept.hash) != (expected - 1, previous):
        said = f"the chain ends at {expected - 1}, its head says {kept.sequence}: entries are missing"
        return ChainVerdict(expected - 1, erased, previous, expected, said)
    if not is_head_met:
        said = "the head that was kept is not in the chain: it was written anew or cut"
        return ChainVerdict(expected - 1, erased, previous, expected, said)
    return ChainVerdict(expected - 1, erased, previous)


def _fault_of(entry: Entry, expected: int, previous: str) -> str:
    if entry.sequence != expected:
        return f"entry {expected} is missing"
    if entry.previous != previous:
        return f"entry {expected} does not follow the one before it"
    if entry.hash != link_hash(entry.space_id, entry.sequence, entry.previous, entry.commitment):
        return f"entry {expected} was changed: its hash is another"
    return _fault_in(getattr(entry, "contents", None), entry, expected)


def _fault_in(contents: Contents | None, entry: Entry, expected: int) -> str:
    if contents is None:
        return f"entry {expected} has lost its contents"
    if contents.salt and commitment_of(contents.salt, contents.payload) != entry.commitment:
        return f"the contents of entry {expected} were changed"
    if not contents.salt and contents.payload:
        return f"the contents of entry {expected} were changed after erasure"
    return ""
