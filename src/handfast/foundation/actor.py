"""Who acts: a frozen value of ids, made by a door and never by the domain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handfast.foundation.scope import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

NOBODY_CAN: Mapping[UUID, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class StandIn:
    """For whom somebody stands in, in one engagement, with which words; `holds` asks again within a transaction."""

    person: UUID
    engagement: UUID
    words: frozenset[str]
    holds: Callable[[datetime], bool]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one organisation, with what they may see and do.

    `capabilities` are words by engagement ("issue-statements"); `person` is None for the worker, which acts
    for the row it was given and reaches that row's space only. What others have handed over stands among them;
    `own` are then those without, and `stand_ins` say for whom.
    """

    person: UUID | None
    organisation: UUID | None
    reach: Reach = field(default_factory=Reach)
    capabilities: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: NOBODY_CAN)

    own: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: NOBODY_CAN)
    stand_ins: tuple[StandIn, ...] = ()

    def as_themselves(self) -> Actor:
        """The same without what others have handed over."""
        return replace(self, capabilities=self.own, stand_ins=()) if self.stand_ins else self

    def standing_in(self, one: StandIn) -> Actor:
        """The same with what this one has handed over, and nobody else."""
        words = self.own.get(one.engagement, frozenset()) | one.words
        return replace(self, capabilities={**self.own, one.engagement: words}, stand_ins=(one,))

    def can(self, capability: str, engagement: UUID | None) -> bool:
        """Whether a role in this engagement gives the capability."""
        return engagement is not None and capability in self.capabilities.get(engagement, frozenset())


def worker_in(space: UUID, organisation: UUID | None = None) -> Actor:
    """The worker, bound to the one space of the row it works on."""
    return Actor(None, organisation, Reach(frozenset({space}), frozenset({space})))
