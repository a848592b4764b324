"""Who may keep gates and criteria, give their word, let go, and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from handfast.engagement.models import Party
from handfast.engagement.queries import party_of
from handfast.people.models import Membership, Side, lasting
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.readiness.models import Criterion, Gate, GateCondition, GateDecision, Relief, Waiver

SIGNING = "keep-registers"
DEPENDENCIES = "dependencies"


def may_lay_gates(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", engagement.pk)


def may_keep_gate(actor: Actor, gate: Gate) -> bool:
    """The same."""
    return actor.can("manage-plan", gate.engagement_id)


def may_keep_criterion(actor: Actor, criterion: Criterion) -> bool:
    """The same."""
    return actor.can("manage-plan", criterion.engagement_id)


def may_attest(actor: Actor, criterion: Criterion) -> bool:
    """Whoever holds the role whose word it is, at its side; without a role whoever reports for that side."""
    if not criterion.attests_side:
        return actor.can("report-progress", criterion.engagement_id)
    mine = party_of(criterion.engagement, actor.organisation)
    if mine is None or criterion.attests_side != mine.side:
        return False
    if not criterion.attests_role:
        return actor.can("report-progress", criterion.engagement_id)
    roles = held_roles(actor, criterion.engagement_id, mine.side, [criterion.attests_role])
    return bool(roles) and actor.can(SIGNING, criterion.engagement_id)


def may_ask_waiver(actor: Actor, criterion: Criterion) -> bool:
    """Whoever manages the plan: asking approves it for their side."""
    return actor.can("manage-plan", criterion.engagement_id)


def may_answer_waiver(actor: Actor, waiver: Waiver) -> bool:
    """Whoever manages the plan of the side that did not ask; where that side is not in the system, of the one that did."""
    return _is_other(actor, waiver.criterion.engagement, waiver.asked_for_id) and actor.can(
        "manage-plan", waiver.criterion.engagement_id
    )


def may_end_waiver(actor: Actor, waiver: Waiver) -> bool:
    """Whoever manages the plan, of either side: that it bites again needs nobody's leave."""
    return actor.can("manage-plan", waiver.criterion.engagement_id)


def may_open_gate_decision(actor: Actor, gate: Gate) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", gate.engagement_id)


def may_sign_gate(actor: Actor, decision: GateDecision) -> bool:
    """Whoever holds one of the roles that sign for their side; where none is named, whoever manages the plan."""
    return signing_role(actor, decision.gate) is not None


def may_plan_repeat(actor: Actor, decision: GateDecision) -> bool:
    """Whoever manages the plan, on either side: both have signed the day."""
    return actor.can("manage-plan", decision.gate.engagement_id)


def may_withdraw_gate_decision(actor: Actor, decision: GateDecision) -> bool:
    """Whoever manages the plan for the side that opened it."""
    is_ours = actor.organisation == decision.opened_for_id
    return is_ours and actor.can("manage-plan", decision.gate.engagement_id)


def may_fulfil_condition(actor: Actor, condition: GateCondition) -> bool:
    """Who owns it, and whoever manages the plan."""
    engagement = condition.decision.gate.engagement_id
    is_theirs = actor.person == condition.owner_id and actor.can("report-progress", engagement)
    return is_theirs or actor.can("manage-plan", engagement)


def may_ask_relief(actor: Actor, entry: RegisterEntry) -> bool:
    """Whoever manages the plan of the side that waits: the other than the one that owes it, of what both sides see."""
    mine = party_of(entry.engagement, actor.organisation)
    is_shared = entry.register == DEPENDENCIES and not entry.is_internal
    waits = mine is not None and entry.own.get("owed_by") in Side.values and entry.own["owed_by"] != mine.side
    return is_shared and waits and actor.can("manage-plan", entry.engagement_id)


def may_answer_relief(actor: Actor, relief: Relief) -> bool:
    """Whoever manages the plan of the side that owes it; where that side is not in the system, of the one that asked."""
    return _is_other(actor, relief.engagement, relief.asked_for_id) and actor.can(
        "manage-plan", relief.engagement_id
    )


def may_withdraw_relief(actor: Actor, relief: Relief) -> bool:
    """Whoever manages the plan of the side that asked."""
    return actor.organisation == relief.asked_for_id and actor.can("manage-plan", relief.engagement_id)


def may_note_standings(actor: Actor, gate: Gate) -> bool:
    """The worker, in the gate's own space: what was computed is nobody's act."""
    return actor.person is None and actor.reach.writes == frozenset({gate.space_id})


def signing_role(actor: Actor, gate: Gate) -> str | None:
    """For which role somebody signs for their side, empty where none is named; None where they do not sign."""
    mine = party_of(gate.engagement, actor.organisation)
    if mine is None:
        return None
    wanted = gate.roles_of(mine.side)
    if not wanted:
        return "" if actor.can("manage-plan", gate.engagement_id) else None
    held = held_roles(actor, gate.engagement_id, mine.side, wanted)
    may = actor.can(SIGNING, gate.engagement_id)
    return next((one for one in wanted if one in held), None) if may else None


def signable_by(actor: Actor) -> Q:
    """Of decisions with `client_words` and `provider_words`, the roles of their gate as text: what the actor signs; no question by itself."""
    able = [one for one in actor.capabilities if actor.can(SIGNING, one)]
    planning = [one for one in actor.capabilities if actor.can("manage-plan", one)]
    found = Q(pk__in=())
    for side in Side.values:
        party = Party.objects.filter(
            engagement_id=OuterRef("gate__engagement_id"), side=side, organisation_id__in=[actor.organisation]
        )
        unnamed = {f"gate__{side}_roles": [], "gate__engagement_id__in": planning}
        found |= Q(Exists(party), **unnamed)
        for key, role in ROLES.items():
            if side in role.sides and SIGNING in role.capabilities:
                named = {f"{side}_words__contains": f'"{key}"', "gate__engagement_id__in": able}
                found |= Q(Exists(_holding(actor, side, key)), **named)
    return found


def _holding(actor: Actor, side: str, role: str) -> QuerySet[Membership]:
    """Memberships by which somebody holds a role at a side of the gate's engagement, or was handed it over."""
    who = Q(person_id=actor.person)
    for one in actor.stand_ins:
        if SIGNING in one.words:
            who |= Q(person_id=one.person, engagement_id=one.engagement)
    mine = Membership.objects.filter(
        who, lasting(), engagement_id=OuterRef("gate__engagement_id"), side=side,
        organisation_id__in=[actor.organisation],
    )  # fmt: skip
    rows: QuerySet[Membership] = mine.alias(words=Cast("roles", TextField())).filter(
        words__contains=f'"{role}"'
    )
    return rows


def held_roles(actor: Actor, engagement: UUID, side: str, wanted: Iterable[str]) -> frozenset[str]:
    """Which of these roles somebody holds at a side, or was handed over by whoever is away."""
    who = Q(person_id=actor.person)
    for one in actor.stand_ins:
        if SIGNING in one.words and one.engagement == engagement:
            who |= Q(person_id=one.person)
    mine = Membership.objects.filter(
        who, lasting(), engagement_id=engagement, side=side, organisation_id__in=[actor.organisation]
    )
    held = {role for roles in mine.values_list("roles", flat=True) for role in roles}
    return frozenset(held & set(wanted))


def _is_other(actor: Actor, deal: Engagement, asked_for: UUID) -> bool:
    is_alone = any(one.organisation_id is None for one in deal.parties.all())
    return actor.organisation != asked_for or is_alone
