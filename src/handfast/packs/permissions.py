"""Who may make a pack and withdraw one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.permissions import may_choose_words

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.packs.models import Pack
    from handfast.people.models import Organisation


def may_make_pack(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side; which spaces they write the reach says."""
    return actor.can("keep-registers", space.engagement_id)


def may_withdraw_pack(actor: Actor, pack: Pack) -> bool:
    """Its author, while they act for whom they made it."""
    return (
        actor.person == pack.made_by_id
        and actor.organisation == pack.made_for_id
        and actor.can("keep-registers", pack.engagement_id)
    )


def may_choose_look(actor: Actor, organisation: Organisation) -> bool:
    """Whoever manages people for the organisation, as with its words."""
    return may_choose_words(actor, organisation)
