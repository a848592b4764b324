"""One door: permission, transaction, journal; nothing is kept of an action that was refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from handfast.foundation.actions import action
from handfast.foundation.actor import Actor
from handfast.foundation.erasure import ErasureUnexplained, erase_contents
from handfast.foundation.journal import verified
from handfast.foundation.models import Contents, Entry, Head, Outgoing, Space
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import Reach, entered

if TYPE_CHECKING:
    from datetime import datetime

    from tests.foundation.conftest import Cast


def may_ring(actor: Actor, _space: Space) -> bool:
    return actor.can("ring", _space.engagement_id)


@action(permits=may_ring, records="bell.rung")
def ring_bell(actor: Actor, space: Space, /, *, fails: bool = False, at: datetime) -> None:
    with entered(actor.reach):
        later("bell.ringing", Head.objects.get(space=space), due_at=at)
    if fails:
        raise Conflict("the bell is cracked")


@action(permits=may_ring, records="bell.rung_in_both")
def ring_both(actor: Actor, space: Space, /, *, other: Space, at: datetime) -> None:
    ring_bell(actor, other, at=at)


@action(permits=lambda _actor, _space: True, records="bell.rung_if_possible")
def ring_if_possible(actor: Actor, space: Space, /, *, at: datetime) -> None:
    with pytest.raises(Conflict):
        ring_bell(actor, space, fails=True, at=at)


def chain_of(actor: Actor, space: Space) -> list[str]:
    with entered(actor.reach):
        return list(
            Contents.objects.filter(space=space).order_by("entry__sequence").values_list("action", flat=True)
        )


def test_action_leaves_one_entry_and_what_must_be_sent(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    ring_bell(actor, cast.shared, at=at)
    assert chain_of(actor, cast.shared) == ["bell.rung"]
    assert Outgoing.objects.get().kind == "bell.ringing"
    with entered(actor.reach):
        said = json.loads(Contents.objects.get().payload)
    assert (said["action"], said["person"], said["organisation"]) == (
        "bell.rung",
        str(actor.person),
        str(cast.lumen),
    )
    assert said["at"] == at.isoformat()


def test_person_without_the_capability_is_refused_and_nothing_is_kept(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen)
    with pytest.raises(NotPermitted, match="bell rung"):
        ring_bell(actor, cast.shared, at=at)
    assert chain_of(actor, cast.shared) == []
    assert not Outgoing.objects.exists()


def test_refused_body_keeps_neither_entry_nor_outgoing_row(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    with pytest.raises(Conflict, match="cracked"):
        ring_bell(actor, cast.shared, fails=True, at=at)
    assert chain_of(actor, cast.shared) == []
    assert not Outgoing.objects.exists()


def test_inner_action_is_linked_with_the_outer_one_each_in_its_space(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    ring_both(actor, cast.shared, other=cast.lumens, at=at)
    assert chain_of(actor, cast.shared) == ["bell.rung_in_both"]
    assert chain_of(actor, cast.lumens) == ["bell.rung"]


def test_inner_action_that_was_refused_leaves_no_entry(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    ring_if_possible(actor, cast.shared, at=at)
    assert chain_of(actor, cast.shared) == ["bell.rung_if_possible"]


def test_outer_refusal_takes_the_inner_action_with_it(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    stranger_space = Space(pk=uuid4(), engagement_id=uuid4(), kind=Space.Kind.SHARED)
    with pytest.raises(NotSeen):
        ring_both(actor, cast.shared, other=stranger_space, at=at)
    assert chain_of(actor, cast.shared) == []


def test_subject_out_of_sight_is_not_there(cast: Cast, at: datetime) -> None:
    lumen = cast.actor(cast.lumen, "ring", "manage-people")
    ring_bell(lumen, cast.lumens, at=at)
    with entered(lumen.reach):
        contents = Contents.objects.get()
    with pytest.raises(NotSeen):
        erase_contents(cast.actor(cast.danube, "manage-people"), contents, reason="asked", at=at)


def test_subject_that_may_only_be_read_is_not_permitted(cast: Cast, at: datetime) -> None:
    lumen = cast.actor(cast.lumen, "ring", "manage-people")
    ring_bell(lumen, cast.shared, at=at)
    with entered(lumen.reach):
        contents = Contents.objects.get()
    reader = Actor(uuid4(), cast.danube, Reach(frozenset({cast.shared.id})), lumen.capabilities)
    with pytest.raises(NotPermitted):
        erase_contents(reader, contents, reason="asked", at=at)


def test_erased_contents_are_gone_and_the_chain_says_so(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring", "manage-people")
    ring_bell(actor, cast.shared, at=at)
    with entered(actor.reach):
        contents = Contents.objects.get()
    for reason in (" ", "x" * 201):
        with pytest.raises(ErasureUnexplained):
            erase_contents(actor, contents, reason=reason, at=at)
    erase_contents(actor, contents, reason=" asked ", at=at)
    with entered(actor.reach):
        verdict = verified(cast.shared.id)
        assert (verdict.is_whole, verdict.entries, verdict.erased) == (True, 2, 1)
        assert Contents.objects.get(entry__sequence=1).payload == ""
        told = json.loads(Contents.objects.get(entry__sequence=2).payload)
        assert [told[when]["erased_because"] for when in ("before", "after")] == ["", "asked"]
    with pytest.raises(Conflict, match="erased before"):
        erase_contents(actor, contents, reason="asked", at=at)


def test_two_actions_cannot_record_the_same_words() -> None:
    with pytest.raises(RuntimeError, match="two actions"):
        action(permits=may_ring, records="bell.rung")(lambda _actor, _space, /, *, at: None)


def test_entry_count_is_the_sequence_of_the_head(cast: Cast, at: datetime) -> None:
    actor = cast.actor(cast.lumen, "ring")
    for _ in range(5):
        ring_bell(actor, cast.shared, at=at)
    with entered(actor.reach):
        assert Head.objects.get(space=cast.shared).sequence == Entry.objects.count() == 5
