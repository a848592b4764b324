"""What the racing and dying programs do: ring a bell, which is written down, and silence what was written, once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from handfast.foundation.actions import action
from handfast.foundation.actor import Actor
from handfast.foundation.erasure import erase_contents
from handfast.foundation.models import Contents, Head, Space
from handfast.foundation.outbox import later
from handfast.foundation.scope import Reach, entered
from handfast.foundation.spaces import open_space

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
ENGAGEMENT = UUID("00000000-0000-4000-8000-00000000000e")


def anybody(_actor: Actor, _subject: object) -> bool:
    return True


@action(permits=anybody, records="bell.rung_loudly")
def ring(actor: Actor, space: Space, /, *, key: str, at: datetime) -> None:
    """Write one entry, and have one thing sent."""
    later("bell.rung", Head.objects.get(space=space), key=key, due_at=at, actor=actor)


@action(permits=anybody, records="bell.silenced")
def silence(actor: Actor, contents: Contents, /, *, at: datetime) -> Contents:
    """Of many who try, one erases what was written; the others meet a conflict."""
    erase_contents(actor, contents, reason="noise", at=at)
    later("bell.silenced", contents, due_at=at, actor=actor)
    return contents


def new_space() -> tuple[Actor, Space]:
    """A space, and somebody who writes in it."""
    organisation = uuid4()
    with entered(Reach()):
        space = open_space(Space.Kind.INTERNAL, engagement=ENGAGEMENT, writers=[organisation])
    return actor_in(space.id), space


def actor_in(space: UUID) -> Actor:
    reach = Reach(frozenset({space}), frozenset({space}))
    return Actor(uuid4(), uuid4(), reach, {ENGAGEMENT: frozenset({"manage-people"})})


def tried(actor: Actor, found: Contents, refused: type[Exception], faults: list[str]) -> Callable[[], bool]:
    """Silence it: True where this one did; whatever comes besides a refusal is a fault."""

    def trying() -> bool:
        try:
            silence(actor, found, at=AT)
        except refused:
            return False
        except Exception as error:  # noqa: BLE001 - what must not be is what the test looks for
            faults.append(repr(error))
            return False
        return True

    return trying
