"""Who may keep registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.models import RegisterEntry


def may_write_entry(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side; which spaces they write the reach says."""
    return actor.can("keep-registers", space.engagement_id)


def may_change_entry(actor: Actor, entry: RegisterEntry) -> bool:
    """The same: what both see is both sides' to keep."""
    return actor.can("keep-registers", entry.engagement_id)
