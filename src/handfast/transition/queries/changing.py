"""What is proposed, as plain words for a proposal to keep, and back: as values, and as a change of the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.transition.models import Link, ProposedChange
from handfast.transition.queries.effects import amended, linked, parted, removed

if TYPE_CHECKING:
    from handfast.transition.queries.effects import Change

LINK_FIELDS = ("before_id", "kind", "lag", "lag_on")
DAYS = frozenset({"not_before_on", "fixed_on", "deadline_on"})


def to_plain(value: object) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def from_plain(name: str, value: Any) -> Any:
    """The value of a field that `to_plain` kept."""
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "removed_at":
        return datetime.fromisoformat(value)
    return UUID(value) if name == "owner_id" else value


def link_said(link: Link) -> dict[str, Any]:
    """The fields of a link that a proposal keeps."""
    return {name: getattr(link, name) for name in LINK_FIELDS}


def proposed(change: ProposedChange) -> Change:
    """What accepting it would do to the plan."""
    activity = change.activity
    after = {name: from_plain(name, values[1]) for name, values in change.changes.items()}
    match change.what:
        case ProposedChange.What.REMOVE:
            return removed(activity.pk)
        case ProposedChange.What.LINK:
            before_id = UUID(after.pop("before_id"))
            return linked(
                Link(
                    space_id=change.space_id,
                    plan_id=activity.plan_id,
                    before_id=before_id,
                    after_id=activity.pk,
                    **after,
                )
            )
        case ProposedChange.What.UNLINK:
            said = {name: values[0] for name, values in change.changes.items()}
            return parted(UUID(said["before_id"]), activity.pk, said["kind"])
        case _:
            return amended(activity.pk, after)
