"""Two spaces of two rivals and a shared one, made through the door that makes spaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from handfast.foundation.actor import Actor
from handfast.foundation.models import Space
from handfast.foundation.scope import Reach, entered
from handfast.foundation.spaces import open_space

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
ENGAGEMENT = UUID("00000000-0000-4000-8000-00000000000e")


@dataclass(frozen=True, slots=True)
class Cast:
    """Lumen and Danube Care share a space; each has its own; Tagus is a rival with a space of its own."""

    lumen: UUID
    danube: UUID
    tagus: UUID
    shared: Space
    lumens: Space
    danubes: Space
    rivals: Space

    def actor(self, organisation: UUID, *words: str) -> Actor:
        own = {self.lumen: self.lumens, self.danube: self.danubes, self.tagus: self.rivals}[organisation]
        seen = {own.id} if organisation == self.tagus else {own.id, self.shared.id}
        reach = Reach(frozenset(seen), frozenset(seen))
        return Actor(uuid4(), organisation, reach, {ENGAGEMENT: frozenset(words)})


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def cast(db: None) -> Cast:
    return a_cast()


def a_cast() -> Cast:
    lumen, danube, tagus = uuid4(), uuid4(), uuid4()

    def opened(kind: Space.Kind, *writers: UUID) -> Space:
        return open_space(kind, engagement=ENGAGEMENT, writers=writers)

    with entered(Reach()):
        return Cast(
            lumen,
            danube,
            tagus,
            shared=opened(Space.Kind.SHARED, lumen, danube),
            lumens=opened(Space.Kind.INTERNAL, lumen),
            danubes=opened(Space.Kind.INTERNAL, danube),
            rivals=opened(Space.Kind.INTERNAL, tagus),
        )
