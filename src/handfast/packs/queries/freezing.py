"""What a pack will say, frozen as its readers see it: for both sides within the reach of what both see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse

from handfast.engagement.queries import party_of
from handfast.foundation.models import Space
from handfast.foundation.scope import entered
from handfast.foundation.sight import the_one
from handfast.foundation.web.typesetting import writable
from handfast.kernel.servicelevels.canonical import canonical_bytes, name_of
from handfast.packs.kinds import KINDS
from handfast.packs.queries.looks import look_of
from handfast.packs.refusals import PackRefused
from handfast.packs.report import Report, facts_of
from handfast.people.queries import as_both_see, organisation_of, own_space_of, person_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.packs.kinds import Asking, Kind

OWN, SHARED = "own", "shared"
AUDIENCES = (OWN, SHARED)
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Frozen:
    """A pack before it is written down: only `frozen` makes one, so it says what the readers of its space see."""

    id: UUID
    space: UUID
    kind: str
    asked: dict[str, str]
    subject: str
    body: str
    digest: str


def kind_named(key: str) -> Kind:
    """Raises PackRefused, which names what there is."""
    if key not in KINDS:
        raise PackRefused("there is no such kind of pack", [("kind", f"choose one of {', '.join(KINDS)}")])
    return KINDS[key]


def space_for(actor: Actor, deal: Engagement, audience: str) -> Space:
    """Where a pack for this audience lives. Raises PackRefused, NotSeen."""
    if audience not in AUDIENCES:
        raise PackRefused(
            "say who is to see the pack", [("audience", f"choose one of {', '.join(AUDIENCES)}")]
        )
    if audience == OWN:
        return own_space_of(actor, deal.pk)
    found: Space = the_one(Space.objects.filter(pk=deal.space_id, pk__in=actor.reach.reads))
    return found


def frozen(asking: Asking, kind: Kind, *, audience: str, key: UUID | None = None) -> Frozen:
    """What the pack says of what is asked for, at this instant; `key` is its id where a form brings one.

    Raises NotSeen, PackRefused, PackTooLong.
    """
    actor, deal, at = asking.actor, asking.deal, asking.at
    space = space_for(actor, deal, audience)
    asked = {word: asking.words[word] for word in kind.asks if asking.words.get(word)}
    if kind.asks[0] not in asked:
        raise PackRefused("say of what the pack is made", [(kind.asks[0], "name it")])
    seen = as_both_see(actor, deal.pk) if audience == SHARED else actor
    with entered(seen.reach):
        told = kind.telling(replace(asking, actor=seen, words=asked))
    parties = tuple(one.name for one in sorted(deal.parties.all(), key=lambda one: one.side))
    mine, own, key = party_of(deal, actor.organisation), organisation_of(actor), key or uuid4()
    name = mine.name if mine else own.name if own else ""
    report = Report(
        id=str(key),
        kind=kind.key,
        title=told.subject,
        engagement=deal.name,
        parties=parties,
        audience=f"Shared: {' and '.join(parties)}" if audience == SHARED else f"Only {name}",
        author=person_of(actor).name,
        made_for=name,
        made_at=at.replace(microsecond=0),
        zone=deal.zone,
        origin=settings.HANDFAST_ADDRESS,
        path=reverse("packs:pack", args=[deal.pk, key]),
        look=look_of(actor),
        pages=told.pages,
    )
    plain = _writable(facts_of(report))
    return Frozen(
        key,
        space.pk,
        kind.key,
        asked,
        told.subject[:LONGEST_SUBJECT],
        canonical_bytes(plain).decode(),
        name_of(plain),
    )


def _writable(told: Any) -> Any:
    """Every text without signs that no page and no file can hold."""
    if isinstance(told, str):
        return writable(told)
    if isinstance(told, dict):
        return {name: _writable(one) for name, one in told.items()}
    return [_writable(one) for one in told] if isinstance(told, list | tuple) else told
