"""Gates, criteria and what belongs to them, as somebody sees them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.evidence.queries.things import Finder, Thing
from handfast.foundation.sight import the_one
from handfast.governance.queries.entries import today_in as entries_today
from handfast.kernel.worktime.zones import zone_named
from handfast.readiness.models import (
    Attestation,
    Criterion,
    CriterionStanding,
    Gate,
    GateCondition,
    GateDecision,
    Waiver,
)
from handfast.readiness.permissions import may_sign_gate

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

A_DAY = timedelta(days=1)
KIND, PAGE, PREFIX, MOST_DIGITS = "criterion", "readiness:criterion", "C-", 9


def gates_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Gate]:
    """All of an engagement, by their numbers."""
    rows: QuerySet[Gate] = Gate.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("agreed")


def gate_seen_by(actor: Actor, gate: UUID) -> Gate:
    """One of them. Raises NotSeen."""
    rows = Gate.objects.filter(pk=gate, space_id__in=actor.reach.reads)
    found: Gate = the_one(rows.select_related("engagement", "agreed").prefetch_related("engagement__parties"))
    return found


def criteria_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Criterion]:
    """All that are judged, by their numbers."""
    rows = Criterion.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.filter(dropped_at__isnull=True)


def criterion_seen_by(actor: Actor, criterion: UUID) -> Criterion:
    """One of them, also one that was dropped. Raises NotSeen."""
    rows = Criterion.objects.filter(pk=criterion, space_id__in=actor.reach.reads)
    found: Criterion = the_one(
        rows.select_related("engagement", "gate", "space").prefetch_related("engagement__parties")
    )
    return found


def waivers_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Waiver]:
    """Every waiver of an engagement, the newest first."""
    rows = Waiver.objects.filter(criterion__engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("criterion__engagement")


def waiver_seen_by(actor: Actor, waiver: UUID) -> Waiver:
    """One of them. Raises NotSeen."""
    rows = Waiver.objects.filter(pk=waiver, space_id__in=actor.reach.reads)
    found: Waiver = the_one(
        rows.select_related("criterion__engagement").prefetch_related("criterion__engagement__parties")
    )
    return found


def words_on(criterion: Criterion) -> list[Attestation]:
    """Every word on it, the last first."""
    return list(Attestation.objects.filter(criterion=criterion))


def standings_of(criterion: Criterion) -> list[CriterionStanding]:
    """What it was, the last first."""
    return list(CriterionStanding.objects.filter(criterion=criterion))


def decisions_of(gate: Gate) -> list[GateDecision]:
    """Every decision with its signatures and conditions, the last first."""
    rows = GateDecision.objects.filter(gate=gate).prefetch_related("signatures", "conditions")
    return list(rows)


def decision_seen_by(actor: Actor, decision: UUID) -> GateDecision:
    """One decision. Raises NotSeen."""
    rows = GateDecision.objects.filter(pk=decision, space_id__in=actor.reach.reads)
    found: GateDecision = the_one(
        rows.select_related("gate__engagement").prefetch_related("gate__engagement__parties")
    )
    return found


def decision_to_sign(actor: Actor, decision: UUID) -> GateDecision | None:
    """One that waits for the actor's signature; None where it does not, or any more."""
    rows = GateDecision.objects.filter(
        pk=decision, space_id__in=actor.reach.reads, state=GateDecision.State.SIGNING
    )
    told = rows.select_related("gate__engagement", "gate__agreed").prefetch_related(
        "gate__engagement__parties", "conditions", "signatures"
    )
    found: GateDecision | None = told.first()
    if found is None or not may_sign_gate(actor, found):
        return None
    mine = party_of(found.gate.engagement, actor.organisation)
    signed = {one.side for one in found.signatures.all()}
    return found if mine is not None and mine.side not in signed else None


def condition_seen_by(actor: Actor, condition: UUID) -> GateCondition:
    """One condition. Raises NotSeen."""
    rows = GateCondition.objects.filter(pk=condition, space_id__in=actor.reach.reads)
    found: GateCondition = the_one(rows.select_related("decision__gate__engagement"))
    return found


def conditions_of(actor: Actor, engagement: UUID) -> QuerySet[GateCondition]:
    """Those of the decisions that hold, by their days."""
    rows = GateCondition.objects.filter(
        decision__gate__engagement_id=engagement, decision__state=GateDecision.State.DECIDED,
        space_id__in=actor.reach.reads,
    )  # fmt: skip
    return rows.select_related("decision__gate").order_by("due_on", "number")


def today_in(deal: Engagement, at: datetime) -> date:
    """The day in the contract's zone by which something is late; a sample stays at its own."""
    return entries_today(deal, at)


def clock_of(deal: Engagement, at: datetime) -> datetime:
    """By which instant evidence grows stale: now, and of a sample the evening of its day, since nobody works in it."""
    if not deal.is_sample:
        return at
    evening = datetime.combine(today_in(deal, at) + A_DAY, time(), zone_named(deal.zone))
    return min(at, evening)


def criterion_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """For comments, files and links: those of these ids that the actor sees."""
    rows = Criterion.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [thing_of(one) for one in rows.select_related("space")]


def criterion_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The one that is called so, as `C-3`."""
    digits = text.strip().upper().removeprefix(PREFIX)
    is_named = text.strip().upper().startswith(PREFIX)
    if not (is_named and digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None
    rows = Criterion.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    found = rows.filter(number=int(digits)).select_related("space").first()
    return thing_of(found) if found else None


def thing_of(one: Criterion) -> Thing:
    return Thing(KIND, one.pk, one.engagement_id, one.space, f"{one.name}, {one.text}", PAGE)


FINDER = Finder(PAGE, criterion_things, criterion_numbered)
