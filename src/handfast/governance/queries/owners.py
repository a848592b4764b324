"""Whose an entry may be: people of either side; of what one side keeps for itself only its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Party
from handfast.foundation.models import Space
from handfast.governance.refusals import EntryRefused
from handfast.people.models import Membership, lasting

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.governance.registers import Register


def check_side(register: Register, space: Space) -> None:
    """A register of one side is written in that side's own space alone. Raises EntryRefused."""
    if not register.side:
        return
    sides = Party.objects.filter(engagement_id=space.engagement_id, organisation_id=space.organisation_id)
    is_own = space.kind == Space.Kind.INTERNAL
    if not (is_own and sides.filter(side=register.side).exists()):
        raise EntryRefused(
            f"{register.name.lower()} is the {register.side}'s own: nobody else may see what stands there",
            [("audience", "write it for your own side alone")],
        )


def check_owner(owner: UUID | None, space: Space) -> None:
    """Nobody, or somebody of the engagement who reads the space. Raises EntryRefused."""
    if owner is None:
        return
    is_own = space.kind == Space.Kind.INTERNAL
    members = Membership.objects.filter(lasting(), engagement_id__in=[space.engagement_id], person_id=owner)
    if is_own:
        members = members.filter(organisation_id__in=[space.organisation_id])
    if not members.exists():
        whose = "your own side" if is_own else "the engagement"
        raise EntryRefused(
            f"the owner is one of {whose}'s people", [("owner_id", f"choose a person of {whose}")]
        )
