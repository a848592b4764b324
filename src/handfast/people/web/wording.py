"""How long ago something was, as one says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def last_used_text(used_at: datetime | None, now: datetime) -> str:
    """`never used`, `used within the hour`, `last used 5 hours ago`, `last used 3 days ago`; kept to the hour."""
    if used_at is None:
        return "never used"
    passed = now - used_at
    if passed < HOUR:
        return "used within the hour"
    number, unit = (passed // DAY, "day") if passed >= DAY else (passed // HOUR, "hour")
    return f"last used {number} {unit}{'s' if number > 1 else ''} ago"
