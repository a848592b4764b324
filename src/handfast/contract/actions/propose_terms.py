"""A draft is handed over to both sides as a frozen version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import TermsVersion
from handfast.contract.permissions import may_receive_terms, may_write_draft
from handfast.contract.reading.differing import differs_from, says_the_same
from handfast.contract.refusals import TermsUnchanged, TermsWaiting
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.models import Agreement, TermsDraft
    from handfast.contract.reading.checking import Prepared
    from handfast.foundation.actor import Actor


@action(permits=may_write_draft, records="terms_draft.proposed")
def propose_terms(
    actor: Actor,
    draft: TermsDraft,
    /,
    *,
    prepared: Prepared,
    side: str,
    at: datetime,
    as_seen: str | None = None,
) -> TermsVersion:
    """Hand the draft over. `prepared` was made of its text before: checked, with the annex compiled.

    Raises Conflict where the draft has another text by now, TermsWaiting, TermsUnchanged.
    """
    if prepared.sha256 != draft.sha256:
        raise Conflict("the draft was saved anew since it was checked: look again, nothing was proposed")
    version = receive_terms(actor, draft.agreement, prepared=prepared, side=side, at=at)
    draft.proposed_number = draft.based_on = version.number
    draft.save(update_fields=["proposed_number", "based_on"])
    return version


@action(permits=may_receive_terms, records="terms.proposed")
def receive_terms(
    actor: Actor, agreement: Agreement, /, *, prepared: Prepared, side: str, at: datetime
) -> TermsVersion:
    """Write the snapshot into the shared space, as the next version. Raises TermsWaiting, TermsUnchanged."""
    earlier = list(TermsVersion.objects.filter(agreement=agreement).defer("annex").order_by("-number"))
    waiting = next((one for one in earlier if one.state == TermsVersion.State.PROPOSED), None)
    if waiting is not None:
        raise TermsWaiting(
            f"version {waiting.number} waits for its answer: it is answered or withdrawn before another is proposed"
        )
    standing = next((one for one in earlier if one.is_in_force), None)
    if standing is not None and says_the_same(standing.text, prepared.text):
        raise TermsUnchanged(f"version {standing.number}, which is in force, says the same")
    version: TermsVersion = TermsVersion.objects.create(
        space_id=agreement.space_id,
        agreement=agreement,
        number=earlier[0].number + 1 if earlier else 1,
        text=prepared.text,
        sha256=prepared.sha256,
        in_force_on=differs_from(standing.text if standing else None, prepared.text),
        annex=prepared.annex,
        annex_sha256=prepared.annex_sha256,
        proposed_at=at,
        proposed_by_id=actor.person,
        proposed_for_id=actor.organisation,
        proposed_side=side,
    )
    later("contract.terms_proposed", version, due_at=at, actor=actor)
    return version
