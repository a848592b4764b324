"""Packs made as the doors make them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.packs.actions import make_pack
from handfast.packs.kinds import KINDS, Asking
from handfast.packs.queries.freezing import Frozen, frozen, space_for

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.packs.models import Pack

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def a_frozen(
    actor: Actor, deal: Engagement, kind: str, words: dict[str, str], *, audience: str = "shared"
) -> Frozen:
    with entered(actor.reach):
        return frozen(Asking(actor, deal, words, AT), KINDS[kind], audience=audience)


def made(
    actor: Actor, deal: Engagement, kind: str, words: dict[str, str], *, audience: str = "shared"
) -> Pack:
    found = a_frozen(actor, deal, kind, words, audience=audience)
    with entered(actor.reach):
        space = space_for(actor, deal, audience)
    return make_pack(actor, space, frozen=found, at=AT)
