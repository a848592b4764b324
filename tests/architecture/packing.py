"""Packs of a deal: one that both sides see, and one of each side's own, each with what only its readers see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.packs.actions import make_pack
from handfast.packs.kinds import KINDS, Asking
from handfast.packs.queries.freezing import frozen, space_for

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def packed(deal: Deal) -> None:
    """Of the statement for both, and of the issues for each side, with what it alone wrote."""
    made = _made(deal, "provider", "statement", {"statement": deal.shared["statement"]}, "shared")
    for side in ("client", "provider"):
        words = {"register": "issues", "text": deal.said("entry title", side)}
        deal.own[side]["own_pack"] = _made(deal, side, "register", words, "own")
    deal.shared |= {"pack": made, "packer": str(deal.people["provider"].pk)}


def _made(deal: Deal, side: str, kind: str, words: dict[str, str], audience: str) -> str:
    actor = deal.actor(side)
    with entered(actor.reach):
        asking = Asking(actor, deal.engagement, words, AT)
        found = frozen(asking, KINDS[kind], audience=audience)
        space = space_for(actor, deal.engagement, audience)
    return str(make_pack(actor, space, frozen=found, at=AT).pk)
