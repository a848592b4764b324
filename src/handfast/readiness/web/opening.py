"""What a page of readiness is opened on: the thing, if it is one of this engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.readiness.queries.gates import (
    condition_seen_by,
    criterion_seen_by,
    decision_seen_by,
    gate_seen_by,
    waiver_seen_by,
)

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.doors import ActorRequest
    from handfast.readiness.models import Criterion, Gate, GateCondition, GateDecision, Waiver


def gate_here(request: ActorRequest, engagement: UUID, gate: UUID) -> tuple[Engagement, Gate]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), gate_seen_by(request.actor, gate)
    return _same(deal, found.engagement_id), found


def criterion_here(request: ActorRequest, engagement: UUID, criterion: UUID) -> tuple[Engagement, Criterion]:
    """Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = criterion_seen_by(request.actor, criterion)
    return _same(deal, found.engagement_id), found


def waiver_here(request: ActorRequest, engagement: UUID, waiver: UUID) -> Waiver:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), waiver_seen_by(request.actor, waiver)
    _same(deal, found.criterion.engagement_id)
    return found


def decision_here(request: ActorRequest, engagement: UUID, decision: UUID) -> tuple[Engagement, GateDecision]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), decision_seen_by(request.actor, decision)
    return _same(deal, found.gate.engagement_id), found


def condition_here(request: ActorRequest, engagement: UUID, condition: UUID) -> GateCondition:
    """Raises NotSeen."""
    deal, found = (
        engagement_seen_by(request.actor, engagement),
        condition_seen_by(request.actor, condition),
    )
    _same(deal, found.decision.gate.engagement_id)
    return found


def _same(deal: Engagement, engagement: UUID) -> Engagement:
    if engagement != deal.pk:
        raise NotSeen
    return deal
