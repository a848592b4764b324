"""Values of an activity as plain words, for a proposal to keep, and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

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
