"""What every change of an entry leaves behind: one version more, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry


def keep_changed(actor: Actor, entry: RegisterEntry, at: datetime, *columns: str) -> None:
    """Save these columns of an entry; it is a part of the verb that set them."""
    entry.version += 1
    entry.changed_at, entry.changed_by_id = at, actor.person
    entry.save(update_fields=[*columns, "version", "changed_at", "changed_by_id"])
