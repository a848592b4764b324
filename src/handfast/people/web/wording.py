"""How long ago something was, and which browser was here, as one says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        return _("never used")
    passed = now - used_at
    if passed < HOUR:
        return _("used within the hour")
    if passed < DAY:
        hours = passed // HOUR
        said = ngettext("last used %(number)s hour ago", "last used %(number)s hours ago", hours)
        return said % {"number": hours}
    days = passed // DAY
    return ngettext("last used %(number)s day ago", "last used %(number)s days ago", days) % {"number": days}


def browser_text(user_agent: str) -> str:
    """`Firefox on Windows`; what no list knows is told as it tells itself."""
    name = next((said for word, said in BROWSERS if word in user_agent), "")
    system = next((said for word, said in SYSTEMS if word in user_agent), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return Truncator(user_agent).chars(LONGEST_NAME) or _("A browser")
