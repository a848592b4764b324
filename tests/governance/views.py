"""Saved views for the tests of registers, by the verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.governance.kept import AT

from handfast.foundation.scope import entered
from handfast.governance.actions import amend_view, remove_view, save_view
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.views import ViewSaid, views_seen_by
from handfast.governance.registers import REGISTERS
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from datetime import datetime

    from tests.factories.cast import Cast

    from handfast.governance.models import SavedView
    from handfast.people.models import Person

OPEN = Asked(state="any-open", sort="due")


def saved(  # noqa: PLR0913 - what a test may say of a view
    cast: Cast,
    by: Person,
    name: str = "To do",
    asked: Asked = OPEN,
    *,
    register: str = "issues",
    shared_with: str = "alone",
    at: datetime = AT,
) -> SavedView:
    """A view in the own side's space of whoever saves it."""
    actor = cast.actor(by)
    with entered(actor.reach):
        space = own_space_of(actor, cast.engagement.pk)
    return save_view(
        actor, space, register=REGISTERS[register], said=ViewSaid(name, asked, shared_with), at=at
    )


def amended_view(cast: Cast, by: Person, view: SavedView, said: ViewSaid) -> SavedView:
    return amend_view(cast.actor(by), view, said=said, at=AT, as_seen=view.seen_as)


def removed(cast: Cast, by: Person, view: SavedView, at: datetime = AT) -> SavedView:
    return remove_view(cast.actor(by), view, at=at)


def names_seen(cast: Cast, by: Person, register: str = "issues") -> list[str]:
    actor = cast.actor(by)
    with entered(actor.reach):
        return [one.name for one in views_seen_by(actor, cast.engagement, REGISTERS[register])]
