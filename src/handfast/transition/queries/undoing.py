"""What can still be taken back, by whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.transition.models import Activity
from handfast.transition.queries.plans import last_changes_seen_by

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import LastChange, Plan

SHOWN_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last change with its words, and the seconds for which a page offers to take it back."""

    id: UUID
    said: str
    seconds: int


def undoable(actor: Actor, plan: Plan, at: datetime) -> Undoable | None:
    """The actor's last change, while it is shown; None where the plan has changed since."""
    last = last_changes_seen_by(actor, plan).first()
    if last is None or last.plan_version != plan.version:
        return None
    left = SHOWN_SECONDS - int((at - last.made_at).total_seconds())
    return Undoable(last.pk, _said(last), left) if 0 < left <= SHOWN_SECONDS else None


def _said(last: LastChange) -> str:
    if not last.activities:
        return "It waits for one more." if last.links_in else "It waits for one less."
    if len(last.activities) > 1:
        if all(one["values"].get("removed_at") for one in last.activities):
            return f"{len(last.activities)} activities are added."
        return f"{len(last.activities)} activities are changed."
    (one,) = last.activities
    name = Activity.objects.values_list("name", flat=True).get(pk=one["id"])
    done = (
        {None: "taken out"}.get(one["values"]["removed_at"], "added")
        if "removed_at" in one["values"]
        else "changed"
    )
    return f"“{name}” is {done}."
