"""The cells of a plan that was made in a spreadsheet: which column means what, and what its texts mean."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.plan import Link
from handfast.kernel.scheduling.written import duration_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from handfast.kernel.scheduling.plan import Duration, LagOn, LinkKind

# By meaning, the best first: ours, and those of Microsoft Project and of common sheets.
COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("key", "id", "wbs", "unique id", "no", "nr"),
    "name": ("activity", "task name", "name", "task", "title"),
    "step": ("step", "phase", "workstream", "group", "summary task"),
    "kind": ("kind", "milestone", "type"),
    "lead": ("lead", "led by"),
    "low": ("at best",),
    "likely": ("likely", "duration"),
    "high": ("at worst",),
    "starts": ("not before", "start", "starts", "start date"),
    "ends": ("finish", "end", "ends", "finish date", "end date"),
    "deadline": ("deadline",),
    "fixed": ("fixed for",),
    "after": ("waits for", "predecessors", "after", "depends on"),
    "needs": ("needs", "roles", "role"),
    "wave": ("wave",),
    "site": ("site", "location"),
    "audience": ("seen by",),
    "mark": ("mark",),
}
_LENGTH = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*"
    r"(?P<unit>d|dys?|days?|h|hrs?|hours?|w|wks?|weeks?)?\s*\??",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?P<id>\S+?)\s*(?P<kind>FS|SS|FF|SF)?\s*(?P<lag>[+-]\s*[0-9][^\s]*(?:\s*[a-z]+)??)?"
    r"(?:\s+(?P<on>elapsed|client|provider|joint|either))?"
)
DAYS_A_WEEK = 5
LONGEST_LINK = 200
FIRST_YEAR, LAST_YEAR = 2000, 2099
_DAY_ORDERS = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%a %d %b %Y")


def columns_of(heads: tuple[str, ...]) -> dict[str, int]:
    """Where each meaning stands; a column that nothing is known of is left aside."""
    plain = [" ".join(head.casefold().replace("_", " ").split()) for head in heads]
    found = {}
    for meaning, names in COLUMNS.items():
        place = next((plain.index(name) for name in names if name in plain), None)
        if place is not None:
            found[meaning] = place
    return found


def length_of(text: str) -> Duration:
    """`5d`, `16h`, `5 days`, `2 wks`, `5 days?`; a bare number is days. Raises ValueError."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return duration_of(text)
    unit = (found["unit"] or "d")[0].lower()
    number = found["number"].replace(",", ".")
    if unit == "w":
        whole = duration_of(f"{number}d")
        return type(whole)(whole.amount * DAYS_A_WEEK, "d")
    return duration_of(f"{number}{unit}")


def day_of_text(text: str) -> date:
    """`2026-05-04`, with or without a time; `04.05.2026`, `4 May 2026`; of this century. Raises ValueError.

    `04/05/2026` is refused: it is April to some and May to others.
    """
    plain = text.strip()
    day = _day_in(plain)
    if day is None:
        raise ValueError(f"{plain[:40]!r} is no day that can be read: write it as 2026-05-04")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{plain[:40]!r}: write a day from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _day_in(plain: str) -> date | None:
    try:
        return datetime.fromisoformat(plain).date()
    except ValueError:
        pass
    for order in _DAY_ORDERS:
        try:
            return datetime.strptime(plain, order).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def links_of(text: str, ids: Collection[str]) -> tuple[Link, ...]:
    """What a row waits for: `3`, `3SS+2 days`, `write.tone FS+1d elapsed`, parted by `;` or `,`. Raises ValueError."""
    return tuple(_link(part.strip(), ids) for part in re.split(r"[;,]", text) if part.strip())


def _link(part: str, ids: Collection[str]) -> Link:
    if part in ids:
        return Link(part)
    found = (
        _LINK.fullmatch(part) if len(part) <= LONGEST_LINK else None
    )  # what is long is tried at every place
    if found is None:
        raise ValueError(f"{part[:60]!r} is no link: write 3, 3SS or 3FS+2d, parted by ;")
    if found["id"] not in ids:
        raise ValueError(f"there is no {found['id'][:60]!r} in the column of keys")
    kind: LinkKind = found["kind"] or "FS"  # type: ignore[assignment]  # as the pattern says
    if not found["lag"]:
        return Link(found["id"], kind)
    sign, length = found["lag"][0], length_of(found["lag"][1:])
    lag = type(length)(-length.amount if sign == "-" else length.amount, length.unit)
    on: LagOn | None = found["on"]  # type: ignore[assignment]  # as the pattern says
    return Link(found["id"], kind, lag, on)
