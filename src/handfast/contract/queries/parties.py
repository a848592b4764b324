"""The two sides of an agreement, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.models import Party

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an engagement: names by side, and which side an organisation is."""

    names: dict[str, str]
    side_of: dict[UUID, str]

    def name_of(self, organisation: UUID | None) -> str:
        """The name of the organisation's party; empty where it is none."""
        return self.names.get(self.side_of.get(organisation, ""), "") if organisation else ""

    def other_side(self, organisation: UUID | None) -> str:
        """The side across from the organisation's."""
        mine = self.side_of.get(organisation, "") if organisation else ""
        return "provider" if mine == "client" else "client"

    def is_in_the_system(self, side: str) -> bool:
        return side in self.side_of.values()


def sides_of(engagement: UUID) -> Sides:
    """The parties, in one query."""
    rows = list(Party.objects.filter(engagement_id=engagement))
    joined = {row.organisation_id: row.side for row in rows if row.organisation_id is not None}
    return Sides({row.side: row.name for row in rows}, joined)
