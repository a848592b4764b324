"""Who may keep registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.models import RegisterEntry


def may_keep_registers(actor: Actor, engagement: UUID | None) -> bool:
    """Whoever's role includes it, on either side."""
    return actor.can("keep-registers", engagement)


def may_write_entry(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers; which spaces they write the reach says."""
    return may_keep_registers(actor, space.engagement_id)


def may_change_entry(actor: Actor, entry: RegisterEntry) -> bool:
    """The same: what both see is both sides' to keep."""
    return may_keep_registers(actor, entry.engagement_id)
