"""How long ago something was, and which browser was here, as one says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.text import Truncator

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_NAME = 48
# Browsers name their ancestors too, so the youngest is looked for first.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip
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


def browser_text(user_agent: str) -> str:
    """`Firefox on Windows`; what no list knows is told as it tells itself."""
    name = next((said for word, said in BROWSERS if word in user_agent), "")
    system = next((said for word, said in SYSTEMS if word in user_agent), "")
    if name and system:
        return f"{name} on {system}"
    return Truncator(user_agent).chars(LONGEST_NAME) or "A browser"
