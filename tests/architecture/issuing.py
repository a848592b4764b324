"""What was computed for a deal and said of it: statements, drafts, a dispute, and time to leave out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.operate.actions import (
    decline_adjustment,
    dispute_line,
    draft_statement,
    issue_statement,
    propose_adjustment,
)
from handfast.operate.queries.computed import chosen_now, computed_month
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.contract.models import Agreement
    from handfast.operate.models import Statement, StatementDraft

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def issued(deal: Deal, agreement: Agreement) -> None:
    """March is issued by the provider and waits; February is disputed by the client; each side keeps drafts."""
    march = _statement(deal, "provider", agreement, "2026-03")
    february = _statement(deal, "provider", agreement, "2026-02")
    dispute = dispute_line(
        deal.actor("client"), february, level="first_response", reason=f"Not so {deal.said('dispute')}", at=AT
    )
    deal.shared |= {"statement": str(march.pk), "made": str(march.pk), "dispute": str(dispute.pk)}
    for side, period in (("client", "2026-01"), ("provider", "2026-04")):
        deal.own[side]["draft"] = str(_drafted(deal, side, agreement, period).pk)


def adjusted(deal: Deal, agreement: Agreement) -> None:
    """Time to leave out of the provider's that waits, and the same again, declined."""
    said = {
        "kind": "time excluded", "type": "agreed", "source": "desk", "from": "2026-03-03T10:00:00Z",
        "to": "2026-03-03T11:00:00Z", "reason": f"Because {deal.said('adjustment')}",
    }  # fmt: skip
    made = propose_adjustment(deal.actor("provider"), agreement, side="provider", said=said, at=AT)
    deal.shared["adjustment"] = str(made.pk)
    other = propose_adjustment(deal.actor("provider"), agreement, side="provider", said=said, at=AT)
    decline_adjustment(deal.actor("client"), other, reason=f"Not so {deal.said('answer')}", at=AT)


def _drafted(deal: Deal, side: str, agreement: Agreement, period: str) -> StatementDraft:
    actor = deal.actor(side)
    with entered(actor.reach):
        computed = computed_month(chosen_now(agreement, period, as_of=AT), period)
        space = own_space_of(actor, deal.engagement.pk)
    return draft_statement(actor, space, agreement=agreement, computed=computed, at=AT)


def _statement(deal: Deal, side: str, agreement: Agreement, period: str) -> Statement:
    return issue_statement(
        deal.actor(side), _drafted(deal, side, agreement, period), answer_by_on=None, at=AT
    )
