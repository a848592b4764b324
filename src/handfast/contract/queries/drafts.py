"""One side's own drafts of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import TermsDraft
from handfast.foundation.refusals import NotSeen
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

NOTHING = "there is nothing here that you can see"


def own_space_of(actor: Actor, agreement: Agreement) -> Space:
    """The actor's side's own space in the agreement's engagement. Raises NotSeen."""
    if actor.organisation is None:
        raise NotSeen(NOTHING)
    return internal_space_of(actor.organisation, agreement.engagement_id)


def draft_of(actor: Actor, agreement: Agreement) -> TermsDraft | None:
    """The draft of the actor's own side; None where there is none."""
    rows = TermsDraft.objects.filter(
        agreement=agreement, space__organisation_id=actor.organisation, space_id__in=actor.reach.reads
    )
    return rows.select_related("agreement").first()


def draft_seen_by(actor: Actor, agreement: Agreement) -> TermsDraft:
    found = draft_of(actor, agreement)
    if found is None:
        raise NotSeen(NOTHING)
    return found
