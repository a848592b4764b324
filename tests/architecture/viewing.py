"""Saved views of a register, each text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.governance.actions import remove_view, save_view
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.views import ViewSaid
from handfast.governance.registers import REGISTERS
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def viewed(deal: Deal, side: str) -> None:
    """Of a side a view that all its people share, one for its person alone, and one that was removed."""
    actor, issues = deal.actor(side), REGISTERS["issues"]
    space = own_space_of(actor, deal.engagement.pk)
    for shared_with in ("side", "alone", "removed"):
        said = ViewSaid(
            f"Seen {deal.said('view', side, shared_with)}",
            Asked(text=f"words {deal.said('view text', side, shared_with)}"),
            shared_with.replace("removed", "alone"),
        )
        made = save_view(actor, space, register=issues, said=said, at=AT)
        if shared_with == "side":
            deal.own[side] |= {"view": str(made.pk), "viewer": str(actor.person)}
        if shared_with == "removed":
            remove_view(actor, made, at=AT)
