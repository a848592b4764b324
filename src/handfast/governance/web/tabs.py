"""The views of a register as tabs: those that every register has, and those that its reader saved or is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from handfast.governance.queries.asked import OPEN, Asked
from handfast.governance.queries.views import BROUGHT_BACK_WITHIN, read_view, views_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.models import SavedView
    from handfast.governance.queries.views import View
    from handfast.governance.registers import Register
    from handfast.governance.web.rows import Seeing

MOST_COUNTED = 8
UNDO_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Tab:
    """One of them; `by` is who shared it, `why` the reason for which it shows nothing any more."""

    name: str
    url: str
    count: int | None
    is_current: bool
    by: str = ""
    initials: str = ""
    side: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Views:
    """The saved views of a reader, what they have removed a moment ago, and which part of the list they look at."""

    register: Register
    saved: tuple[View, ...]
    removed: SavedView | None
    asked: Asked
    origin: View | None
    usual: Mapping[str, Asked]

    @property
    def counted(self) -> list[Asked]:
        """Of what a number is wanted: of many saved views only of the first."""
        saved = [one.asked for one in self.saved if one.asked is not None]
        return [*self.usual.values(), *saved[:MOST_COUNTED], self.asked]

    @property
    def is_changed(self) -> bool:
        """Whether something else is shown than the saved view says that one came from."""
        return self.origin is not None and self.asked != (self.origin.asked or Asked())

    @property
    def is_new(self) -> bool:
        """Whether no tab shows this."""
        return self.asked not in (*self.usual.values(), *(one.asked for one in self.saved))

    def tabs(self, seen: Seeing, actor: Actor, counts: Mapping[Asked, int]) -> list[Tab]:
        """All of them in their order: the usual ones, one's own, those that others share."""
        current = self._current()
        usual = [
            Tab(name, _url(asked), counts.get(asked.narrowing), current is asked)
            for name, asked in self.usual.items()
        ]
        return usual + [
            Tab(
                one.kept.name, view_url(one), counts.get(one.asked.narrowing) if one.asked else None, current is one,
                *("", "", "") if one.kept.person_id == actor.person else _by(one.kept.person_id, seen), one.why,
            )
            for one in self.saved
        ]  # fmt: skip

    def _current(self) -> View | Asked | None:
        """The view that one came by; else the one that shows the same, if need be in another order."""
        if self.origin is not None:
            return self.origin
        usual: list[View | Asked] = [one for one in self.usual.values() if one == self.asked]
        saved: list[View | Asked] = [one for one in self.saved if one.asked == self.asked]
        alike: list[View | Asked] = [one for one in self.usual.values() if one == self.asked.narrowing]
        return next(iter(usual + saved + alike), None)


def views_of(  # noqa: PLR0913, PLR0917 - what is looked at, by whom and when
    actor: Actor, deal: Engagement, register: Register, asked: Asked, origin: str, at: datetime
) -> Views:
    """What the reader has of the register; `origin` is the view that the address says one came from."""
    rows = views_seen_by(actor, deal, register, removed_since=at - BROUGHT_BACK_WITHIN)
    standing = [one for one in rows if one.removed_at is None]
    saved = tuple(
        read_view(one, register) for one in sorted(standing, key=lambda one: one.person_id != actor.person)
    )
    removed = sorted(
        (one for one in rows if one.removed_at is not None), key=lambda one: one.removed_at or at
    )
    return Views(
        register,
        saved,
        removed[-1] if removed else None,
        asked,
        next((one for one in saved if str(one.kept.pk) == origin), None),
        _usual(actor),
    )


def view_url(view: View) -> str:
    """The part of the list that it shows, and that one came by it."""
    return _url(view.asked or Asked(), view=str(view.kept.pk))


def undo_seconds(removed: SavedView | None, at: datetime) -> int:
    """For how long a page still offers to bring it back; 0 for no longer."""
    if removed is None or removed.removed_at is None:
        return 0
    return max(0, UNDO_SECONDS - int((at - removed.removed_at).total_seconds()))


def _usual(actor: Actor) -> dict[str, Asked]:
    usual = {"All": Asked(), "Open": Asked(state=OPEN), "Overdue": Asked(overdue="1")}
    return usual | ({"Mine": Asked(owner=str(actor.person), state=OPEN)} if actor.person else {})


def _url(asked: Asked, **more: str) -> str:
    return f"?{urlencode(asked.words | more)}"


def _by(person: UUID, seen: Seeing) -> tuple[str, str, str]:
    """Name, initials and side of who shares a view."""
    known = seen.people.get(person)
    return seen.name_of(person), known.initials if known else "", seen.own_side
