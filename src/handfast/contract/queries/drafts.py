"""One side's own drafts of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import TermsDraft
from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor


def draft_of(actor: Actor, agreement: Agreement) -> TermsDraft | None:
    """The draft of the actor's own side; None where there is none."""
    rows = TermsDraft.objects.filter(
        agreement=agreement, space__organisation_id=actor.organisation, space_id__in=actor.reach.reads
    )
    return rows.select_related("agreement").first()


def draft_seen_by(actor: Actor, agreement: Agreement) -> TermsDraft:
    found = draft_of(actor, agreement)
    if found is None:
        raise NotSeen
    return found
