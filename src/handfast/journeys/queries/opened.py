"""The things behind addresses that somebody opened before, as far as the actor sees them today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handfast.evidence.models import Document
from handfast.governance.models import RegisterEntry
from handfast.journeys.queries.finding import Hit
from handfast.operate.models import Statement
from handfast.transition.models import Activity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from handfast.foundation.actor import Actor

# Of a thing: the engagement that its address names, and its id there; of a statement its month.
Named = tuple["UUID", object]


def opened(actor: Actor, named: Sequence[tuple[str, Named]]) -> list[Hit]:
    """What is there of (kind, name) today, in the order asked; one question a kind, none for a kind that is not asked."""
    mine = [one for one in named if one[1][0] in actor.capabilities]
    found: dict[tuple[str, Named], Hit] = {}
    for kind, ask in OPENED.items():
        if some := [name for told, name in mine if told == kind]:
            found |= {(kind, name): hit for name, hit in ask(actor, some)}
    return [found[one] for one in dict.fromkeys(mine) if one in found]


def _entries(actor: Actor, names: Sequence[Named]) -> Iterable[tuple[Named, Hit]]:
    rows = RegisterEntry.objects.filter(
        pk__in=[key for _, key in names], space_id__in=actor.reach.reads, engagement_id__in=_deals(names)
    )
    for one in rows.select_related("engagement"):
        hit = Hit(
            "entry", one.pk, one.engagement_id, f"{one.name} {one.title}", "", one.register, "", one.space_id
        )
        yield (one.engagement_id, one.pk), hit


def _documents(actor: Actor, names: Sequence[Named]) -> Iterable[tuple[Named, Hit]]:
    rows = Document.objects.filter(
        pk__in=[key for _, key in names], space_id__in=actor.reach.reads, engagement_id__in=_deals(names)
    )
    for one in rows.select_related("engagement"):
        hit = Hit("document", one.pk, one.engagement_id, f"{one.name} {one.title}", space=one.space_id)
        yield (one.engagement_id, one.pk), hit


def _activities(actor: Actor, names: Sequence[Named]) -> Iterable[tuple[Named, Hit]]:
    rows = Activity.objects.filter(
        pk__in=[key for _, key in names],
        space_id__in=actor.reach.reads,
        plan__engagement_id__in=_deals(names),
        removed_at__isnull=True,
    )
    for key, deal, name, space in rows.values_list("pk", "plan__engagement_id", "name", "space_id"):
        yield (deal, key), Hit("activity", key, deal, name, space=space)


def _statements(actor: Actor, names: Sequence[Named]) -> Iterable[tuple[Named, Hit]]:
    rows = Statement.objects.filter(
        period__in=[month for _, month in names],
        space_id__in=actor.reach.reads,
        agreement__engagement_id__in=_deals(names),
    )
    told = rows.order_by("revision").values_list("pk", "agreement__engagement_id", "period", "space_id")
    for key, deal, period, space in told:
        name = f"Statement {date.fromisoformat(f'{period}-01'):%B %Y}"
        yield (deal, period), Hit("statement", key, deal, name, "", period, space=space)


def _deals(names: Sequence[Named]) -> list[UUID]:
    return [deal for deal, _ in names]


OPENED: dict[str, Callable[[Actor, Sequence[Named]], Iterable[tuple[Named, Hit]]]] = {
    "entry": _entries,
    "document": _documents,
    "activity": _activities,
    "statement": _statements,
}
