"""What a deal has agreed: its terms, its milestones and what was signed, each text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.contract.deal import TERMS

from handfast.contract.actions import (
    agree_milestone,
    agree_terms,
    decline_milestone,
    decline_terms,
    draft_terms,
    make_agreement,
    propose_milestone,
    propose_terms,
    save_draft,
    write_summary,
)
from handfast.contract.reading.checking import prepared
from handfast.contract.reading.milestones import MilestoneSaid
from handfast.contract.reading.summaries import SummarySaid
from handfast.foundation.scope import entered
from handfast.packs.actions import choose_look
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.contract.models import Agreement, TermsDraft, TermsVersion

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
REPORTED = """  satisfaction:
    {kind: reported, reported_by: provider, unit: number, rounding: {digits: 2, mode: half up}}
levels:
  satisfaction: {name: Satisfaction, service: tickets, measure: satisfaction, expected: 4.3, minimum: 4.0}
"""


def agreed(deal: Deal) -> Agreement:
    client, provider = deal.actor("client"), deal.actor("provider")
    agreement = make_agreement(
        client,
        deal.engagement,
        title=f"Agreement {deal.said('agreement')}",
        currency="CAD",
        signed_on=None,
        at=AT,
    )
    made = {}
    for side, actor in (("client", client), ("provider", provider)):
        with entered(actor.reach):
            space = own_space_of(actor, agreement.engagement_id)
        made[side] = draft_terms(
            actor, space, agreement=agreement, text=_terms(deal, "first"), based_on=0, at=AT
        )
    text = _terms(deal, "first")
    version = propose_terms(client, made["client"], prepared=prepared(text), side="client", at=AT)
    agree_terms(provider, version, typed="1", at=AT)
    declined = _proposed_terms(deal, made["provider"], _terms(deal, "second", 3))
    decline_terms(client, declined, reason=f"Not so {deal.said('declined')}", at=AT)
    waiting = _proposed_terms(deal, made["provider"], _terms(deal, "third", 5))
    for side, draft in made.items():
        save_draft(deal.actor(side), draft, text=_terms(deal, f"draft of {side}", 2), at=AT)
        deal.own[side]["terms_draft"] = str(draft.pk)
    deal.shared |= {"version": str(waiting.pk), "number": "3"}
    return agreement


def promised(deal: Deal) -> None:
    """A milestone that was agreed, one that was declined, and one of the provider's that waits."""
    client, provider = deal.actor("client"), deal.actor("provider")
    made = {}
    for word in ("agreed", "declined", "waiting"):
        said = MilestoneSaid(
            f"Reached {deal.said('milestone', word)}", date(2026, 6, 26), Decimal("120000.00"),
            f"Schedule {deal.said('clause', word)}", "go_live",
        )  # fmt: skip
        made[word] = propose_milestone(provider, deal.engagement, said=said, at=AT)
    agree_milestone(client, made["agreed"], at=AT)
    decline_milestone(client, made["declined"], reason=f"Not so {deal.said('milestone', 'reason')}", at=AT)
    deal.shared["milestone"] = str(made["waiting"].pk)
    texts = ("title", "reference", "governing_law", "client_contact", "provider_contact", "changes")
    told = {name: f"Signed {deal.said('summary', name)}" for name in texts}
    days = {"effective_on": date(2026, 1, 1), "starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
    said = SummarySaid(**told, **days, yearly_value=Decimal("2400000.00"))  # type: ignore[arg-type]  # texts and days
    write_summary(provider, deal.engagement, said=said, after=0, at=AT)
    for actor, side in ((client, "client"), (provider, "provider")):
        choose_look(actor, deal.organisations[side], accent="#0b3d91", logo=None, at=AT)


def _terms(deal: Deal, word: str, hours: int = 4) -> str:
    text = TERMS.replace("Customer Support", f"Support {deal.said('title')}").replace(
        "# Support terms", f"# {deal.said(word)}"
    )
    return text.replace("levels:\n", REPORTED, 1).replace("target: 4h", f"target: {hours}h")


def _proposed_terms(deal: Deal, draft: TermsDraft, text: str) -> TermsVersion:
    """A version of the provider's that waits."""
    provider = deal.actor("provider")
    save_draft(provider, draft, text=text, at=AT)
    with entered(provider.reach):
        draft.refresh_from_db()
    return propose_terms(provider, draft, prepared=prepared(text), side="provider", at=AT)
