"""Save a view of a register, change it, remove it and bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.governance.models import SavedView
from handfast.governance.permissions import (
    may_bring_back_view,
    may_change_view,
    may_remove_view,
    may_save_view,
)
from handfast.governance.queries.entries import register_named
from handfast.governance.queries.views import BROUGHT_BACK_WITHIN, check_place, checked_view
from handfast.governance.refusals import ViewGone, ViewUnchanged

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.queries.views import ViewSaid
    from handfast.governance.registers import Register


@action(permits=may_save_view, records="saved_view.saved")
def save_view(
    actor: Actor, space: Space, /, *, register: Register, said: ViewSaid, at: datetime
) -> SavedView:
    """Keep what a list asks under a name, in the own side's space. Raises ViewRefused, FilterUnknown."""
    view = SavedView(
        space=space, engagement=Engagement.objects.get(pk=space.engagement_id), register=register.key,
        person_id=actor.person, saved_at=at,  # type: ignore[misc]  # who has a role is a person
    )  # fmt: skip
    _say(view, checked_view(space, register, said, view))
    _forget_removed(space, at)
    view.save(force_insert=True)
    return view


@action(permits=may_change_view, records="saved_view.amended")
def amend_view(
    actor: Actor, view: SavedView, /, *, said: ViewSaid, at: datetime, as_seen: str | None = None
) -> SavedView:
    """Call it, share it, let it show otherwise. Raises ViewRefused, FilterUnknown, ViewUnchanged, ViewGone, Conflict."""
    _check_stands(view)
    before = (view.name, view.asked, view.shared_with)
    _say(view, checked_view(_locked(view), register_named(view.register), said, view))
    if (view.name, view.asked, view.shared_with) == before:
        raise ViewUnchanged(f"“{view.name}” is so already: change something first")
    view.version += 1
    view.saved_at = at
    view.save(update_fields=["name", "asked", "shared_with", "version", "saved_at"])
    return view


@action(permits=may_remove_view, records="saved_view.removed")
def remove_view(actor: Actor, view: SavedView, /, *, at: datetime, as_seen: str | None = None) -> SavedView:
    """Take it out of everybody's list; for ten seconds it can be brought back. Raises ViewGone, Conflict."""
    _check_stands(view)
    _forget_removed(view.space, at)
    view.removed_at, view.removed_by_id = at, actor.person
    view.save(update_fields=["removed_at", "removed_by_id"])
    return view


@action(permits=may_bring_back_view, records="saved_view.brought_back")
def bring_back_view(actor: Actor, view: SavedView, /, *, at: datetime) -> SavedView:
    """Take the removal back. Raises ViewUnchanged, ViewGone, and ViewRefused where its name or place is taken by now."""
    if view.removed_at is None:
        raise ViewUnchanged(f"“{view.name}” is not removed")
    if at - view.removed_at > BROUGHT_BACK_WITHIN:
        raise ViewGone("ten seconds have gone by: save the view anew")
    _locked(view)
    check_place(view, view.name)
    view.removed_at = view.removed_by_id = None
    view.save(update_fields=["removed_at", "removed_by_id"])
    return view


def _say(view: SavedView, said: ViewSaid) -> None:
    view.name, view.asked, view.shared_with = said.name, said.asked.words, said.shared_with


def _locked(view: SavedView) -> Space:
    """Its space, so that two of its person's views do not take one name at once."""
    return Space.objects.select_for_update().get(pk=view.space_id)


def _check_stands(view: SavedView) -> None:
    if view.removed_at is not None:
        raise ViewGone(f"“{view.name}” was removed")


def _forget_removed(space: Space, at: datetime) -> None:
    """What was removed and cannot be brought back any more."""
    SavedView.objects.filter(space=space, removed_at__lt=at - BROUGHT_BACK_WITHIN).delete()
