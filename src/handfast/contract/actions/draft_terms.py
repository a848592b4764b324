"""One side writes terms, in its own space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import TermsDraft
from handfast.contract.permissions import may_draft_terms, may_write_draft
from handfast.contract.reading.texts import kept_text
from handfast.contract.refusals import DraftThere
from handfast.foundation.actions import action
from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@action(permits=may_draft_terms, records="terms.drafted")
def draft_terms(
    actor: Actor, space: Space, /, *, agreement: Agreement, text: str, based_on: int, at: datetime
) -> TermsDraft:
    """Begin the side's draft. `text` may be anything that can be kept. Raises DraftThere, TermsTooLarge."""
    if agreement.engagement_id != space.engagement_id:
        raise NotSeen
    if TermsDraft.objects.filter(space=space, agreement=agreement).exists():
        raise DraftThere("your side has a draft of these terms already: open it")
    draft: TermsDraft = TermsDraft.objects.create(
        space=space, agreement=agreement, text=kept_text(text), based_on=based_on, saved_at=at,
        saved_by_id=actor.person,
    )  # fmt: skip
    return draft


@action(permits=may_write_draft, records="terms_draft.saved")
def save_draft(
    actor: Actor,
    draft: TermsDraft,
    /,
    *,
    text: str,
    at: datetime,
    based_on: int | None = None,
    as_seen: str | None = None,
) -> TermsDraft:
    """Replace the text. `as_seen` is the digest of the text that the form was opened on. Raises TermsTooLarge."""
    draft.text = kept_text(text)
    draft.saved_at, draft.saved_by_id = at, actor.person
    if based_on is not None:
        draft.based_on = based_on
    draft.save(update_fields=["text", "saved_at", "saved_by_id", "based_on"])
    return draft
