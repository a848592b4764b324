"""The journal: entries linked into one hash chain a space, verified from the first to the head."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import rfc8785

from handfast.foundation.models import Contents, Entry, Head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

FIRST_PREVIOUS = "0" * 64
ERASED = "contents.erased"  # what the entry is called that tells of an erasing


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


@dataclass(slots=True)
class _Walk:
    """How far a chain was walked, and which emptied entries no later one has told of yet."""

    previous: str = FIRST_PREVIOUS
    walked: int = 0
    erased: int = 0
    untold: dict[UUID, Contents] = field(default_factory=dict)

    def broken(self, at: int, said: str) -> ChainVerdict:
        return ChainVerdict(self.walked, self.erased, self.previous, at, said)

    def step(self, entry: Entry) -> str:
        """One entry further; else what does not hold of it."""
        expected = self.walked + 1
        if fault := _fault_of(entry, expected, self.previous) or self._fault_told(entry.contents, expected):
            return fault
        self.previous, self.walked = entry.hash, expected
        if not entry.contents.salt:
            self.erased += 1
            self.untold[entry.pk] = entry.contents
        return ""

    def _fault_told(self, contents: Contents, expected: int) -> str:
        """What an entry tells of an erasing is what stands in the place of the erased."""
        if contents.action != ERASED:
            return ""
        after = json.loads(contents.payload)["after"]
        emptied = self.untold.pop(contents.subject_id, None) if contents.subject_id else None
        if emptied is None:
            return f"entry {expected} tells of an erasing that was not done"
        is_so = (emptied.at.isoformat(), emptied.erased_because) == (
            _utc(after["at"]),
            after["erased_because"],
        )
        return (
            "" if is_so else f"what stands in the place of an erased entry is not what entry {expected} tells"
        )


def verified(space: UUID, *, head: str | None = None) -> ChainVerdict:
    """Walk the chain of a space within the reach; `head` is a hash somebody kept, which must be in the chain."""
    walk, is_head_met = _Walk(), head in (None, FIRST_PREVIOUS)
    for entry in Entry.objects.filter(space_id=space).select_related("contents").order_by("sequence"):
        if fault := walk.step(entry):
            return walk.broken(walk.walked + 1, fault)
        is_head_met = is_head_met or walk.previous == head
    kept = Head.objects.get(space_id=space)
    if (kept.sequence, kept.hash) != (walk.walked, walk.previous):
        said = f"the chain ends at {walk.walked}, its head says {kept.sequence}: entries are missing"
        return walk.broken(walk.walked + 1, said)
    if walk.untold:
        emptied = min(one.entry.sequence for one in walk.untold.values())
        return walk.broken(emptied, f"entry {emptied} was emptied, and no later entry tells of it")
    if not is_head_met:
        said = "the head that was kept is not in the chain: it was written anew or cut"
        return walk.broken(walk.walked + 1, said)
    return ChainVerdict(walk.walked, walk.erased, walk.previous)


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
    if contents.space_id != entry.space_id or _copied(contents) != _told(contents):
        return f"the contents of entry {expected} were changed: what is shown of it is not what it says"
    return ""


def _copied(contents: Contents) -> tuple[str | None, ...]:
    """What pages show of an entry and find it by: action, subject, person, organisation; of one that lasts, the instant."""
    ids = (contents.subject_id, contents.person_id, contents.organisation_id)
    plain = (None if one is None else str(one) for one in ids)
    return (contents.action, *plain, contents.at.isoformat() if contents.salt else None)


def _told(contents: Contents) -> tuple[str | None, ...]:
    """The same as the payload says it; of an erased entry nothing is left."""
    if not contents.salt:
        return ("", None, None, None, None)
    told = json.loads(contents.payload)
    return (told["action"], told["subject"][1], told["person"], told["organisation"], _utc(told["at"]))


def _utc(told: str) -> str:
    return datetime.fromisoformat(told).astimezone(UTC).isoformat()
