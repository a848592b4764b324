"""Who acts: a frozen value of ids, made by a door and never by the domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handfast.foundation.scope import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

NOBODY_CAN: Mapping[UUID, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one organisation, with what they may see and do.

    `capabilities` are words by engagement ("issue-statements"); `person` is None for the worker, which acts
    for the row it was given and reaches that row's space only.
    """

    person: UUID | None
    organisation: UUID | None
    reach: Reach = field(default_factory=Reach)
    capabilities: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: NOBODY_CAN)

    def can(self, capability: str, engagement: UUID | None) -> bool:
        """Whether a role in this engagement gives the capability."""
        return engagement is not None and capability in self.capabilities.get(engagement, frozenset())


def worker_in(space: UUID, organisation: UUID | None = None) -> Actor:
    """The worker, bound to the one space of the row it works on."""
    return Actor(None, organisation, Reach(frozenset({space}), frozenset({space})))
