"""Links between things as they are seen: only by who sees both ends, by the names that these have now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve

from handfast.evidence.models import Relation
from handfast.evidence.queries.things import FINDERS, thing_seen_by
from handfast.evidence.refusals import RelationRefused
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor

MOST = 50
LONGEST_SAID = 500
NOT_SEEN = "there is nothing of this number or address that you can see here: write a number as I-12, or paste the address of its page"


@dataclass(frozen=True, slots=True)
class Related:
    """A link, and the thing at its far end."""

    relation: Relation
    thing: Thing


def ends_of(thing: Thing, to: Thing) -> dict[str, object]:
    """Both ends in the one order in which they are kept."""
    one, other = sorted(((thing.kind, thing.id), (to.kind, to.id)))
    return {"one_kind": one[0], "one_id": one[1], "other_kind": other[0], "other_id": other[1]}


def related_to(actor: Actor, thing: Thing) -> list[Related]:
    """What a thing is linked with, the first link first, without what the actor does not see."""
    here = Q(one_kind=thing.kind, one_id=thing.id) | Q(other_kind=thing.kind, other_id=thing.id)
    rows = Relation.objects.filter(
        here, space_id__in=actor.reach.reads, engagement_id=thing.engagement
    ).select_related("engagement")[:MOST]
    far = {one: _far_end(one, thing) for one in rows}
    seen: dict[tuple[str, UUID], Thing] = {}
    for kind in {kind for kind, _ in far.values()} & FINDERS.keys():
        found = FINDERS[kind].several(actor, [item for one, item in far.values() if one == kind])
        seen |= {(kind, one.id): one for one in found if one.engagement == thing.engagement}
    return [Related(one, seen[end]) for one, end in far.items() if end in seen]


def _far_end(relation: Relation, thing: Thing) -> tuple[str, UUID]:
    if (relation.one_kind, relation.one_id) == (thing.kind, thing.id):
        return relation.other_kind, relation.other_id
    return relation.one_kind, relation.one_id


def relation_seen_by(actor: Actor, relation: UUID) -> Relation:
    """One link, of which the actor sees both ends. Raises NotSeen."""
    rows = Relation.objects.filter(pk=relation, space_id__in=actor.reach.reads)
    found: Relation = the_one(rows.select_related("engagement", "space"))
    thing_seen_by(actor, found.engagement_id, found.one_kind, found.one_id)
    thing_seen_by(actor, found.engagement_id, found.other_kind, found.other_id)
    return found


def thing_meant(actor: Actor, thing: Thing, said: str) -> Thing:
    """What a number or an address of ours means to the actor, beside this thing. Raises RelationRefused.

    The words are the same whether there is nothing of that name or nothing that the actor sees.
    """
    text = said.strip()[:LONGEST_SAID]
    found = _at_address(actor, text) if "/" in text else _numbered(actor, thing.engagement, text)
    if found is None or found.engagement != thing.engagement:
        raise refused(NOT_SEEN)
    if (found.kind, found.id) == (thing.kind, thing.id):
        raise refused("that is this very page: link it with another one")
    return found


def refused(fault: str) -> RelationRefused:
    return RelationRefused(f"not linked: {fault}", [("thing", fault)])


def _numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    found = (one.numbered(actor, engagement, text) for one in FINDERS.values())
    return next((one for one in found if one is not None), None)


def _at_address(actor: Actor, text: str) -> Thing | None:
    try:
        parts = urlsplit(text)
        page = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_here = not parts.netloc or f"{parts.scheme}://{parts.netloc}" == settings.HANDFAST_ADDRESS
    for finder in FINDERS.values():
        if is_here and page.view_name == finder.page:
            item = next(value for name, value in page.kwargs.items() if name != "engagement")
            return next(iter(finder.several(actor, [item])), None)
    return None
