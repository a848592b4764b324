"""Saved views as they are seen: one's own, and those that others of the own side share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.engagement.models import Party
from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.foundation.texts import line_fault
from handfast.governance.models import SavedView
from handfast.governance.queries.asked import asked_of
from handfast.governance.refusals import FilterUnknown, ViewRefused
from handfast.people.queries import own_roles
from handfast.people.roles import roles_of_side

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.queries.asked import Asked
    from handfast.governance.registers import Register

MOST_VIEWS = 30
LONGEST_NAME = 60
BROUGHT_BACK_WITHIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class ViewSaid:
    """What a view is called, what it asks, and with whom it is shared: `alone`, `side`, or a role of the side."""

    name: str
    asked: Asked
    shared_with: str = SavedView.ALONE


@dataclass(frozen=True, slots=True)
class View:
    """A view as its reader has it; where it asks what there is no more, `asked` is None and `why` says so."""

    kept: SavedView
    asked: Asked | None
    why: str = ""


def views_seen_by(
    actor: Actor, deal: Engagement, register: Register, *, removed_since: datetime | None = None
) -> QuerySet[SavedView]:
    """Of a register: one's own, and what is shared with the own side or a role of one's own.

    With `removed_since` also what one has removed after that.
    """
    shared = Q(shared_with__in=[SavedView.SIDE, *own_roles(actor, deal.pk)])
    seen = Q(removed_at__isnull=True) & (shared | Q(person_id__in=[actor.person]))
    if removed_since is not None:
        seen |= Q(removed_by_id__in=[actor.person], removed_at__gt=removed_since)
    rows: QuerySet[SavedView] = SavedView.objects.filter(
        seen, space_id__in=actor.reach.reads, engagement_id=deal.pk, register=register.key
    )
    return rows


def view_seen_by(actor: Actor, view: UUID) -> SavedView:
    """One of them, of any register; or one that the actor has removed. Raises NotSeen."""
    rows = SavedView.objects.filter(pk=view, space_id__in=actor.reach.reads)
    found: SavedView = the_one(rows.select_related("engagement", "space"))
    if found.removed_at is not None:
        is_seen = found.removed_by_id == actor.person
    else:
        shared = {SavedView.SIDE, *own_roles(actor, found.engagement_id)}
        is_seen = found.person_id == actor.person or found.shared_with in shared
    if not is_seen:
        raise NotSeen
    return found


def read_view(kept: SavedView, register: Register) -> View:
    """A view with what it asks, as far as its register still knows that."""
    try:
        return View(kept, asked_of(register, kept.asked))
    except FilterUnknown as refused:
        return View(kept, None, "; ".join(f"{name}: {fault}" for name, fault in refused.fields))


def audiences_of(side: str) -> dict[str, str]:
    """With whom a view can be shared, by the key that says so; the side itself goes by its own name."""
    return {
        SavedView.ALONE: "me alone",
        SavedView.SIDE: "",
        **{one.key: one.name for one in roles_of_side(side)},
    }


def checked_view(space: Space, register: Register, said: ViewSaid, view: SavedView) -> ViewSaid:
    """What the view is to say, tidied. Raises ViewRefused, FilterUnknown.

    The space is locked by whoever asks, so that nobody takes the name or the last place meanwhile.
    """
    asked = asked_of(register, said.asked.words)
    tidy = replace(said, name=said.name.strip(), asked=asked)
    side = Party.objects.filter(
        engagement_id=space.engagement_id, organisation_id=space.organisation_id
    ).first()
    faults = []
    if fault := line_fault(tidy.name, most=LONGEST_NAME):
        faults.append(("name", fault))
    if side is None or said.shared_with not in audiences_of(side.side):
        faults.append(("shared_with", "choose yourself, your side, or one of its roles"))
    if asked.text and line_fault(asked.text):
        faults.append(("text", "write words without control characters"))
    _refuse(faults)
    check_place(view, tidy.name)
    return tidy


def check_place(view: SavedView, name: str) -> None:
    """That its person has no other view of this name in the register, and not too many. Raises ViewRefused."""
    others = SavedView.objects.filter(
        space_id=view.space_id, register=view.register, person_id=view.person_id, removed_at__isnull=True
    ).exclude(pk=view.pk)
    names = set(others.values_list("name", flat=True))
    if name in names:
        _refuse([("name", "another view of yours is called so")])
    if len(names) >= MOST_VIEWS:
        _refuse([("name", f"at most {MOST_VIEWS} views of a register are kept: remove one")])


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        told = "; ".join(f"{name.replace('_', ' ')}: {fault}" for name, fault in faults)
        raise ViewRefused(f"the view is not kept: {told}", faults)
