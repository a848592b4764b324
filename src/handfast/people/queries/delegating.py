"""Who stands in for whom at an instant, and with which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast

from handfast.foundation.actor import StandIn
from handfast.foundation.languages import said_later
from handfast.foundation.sight import the_one
from handfast.people.models import Delegation, Membership, lasting
from handfast.people.roles import capabilities_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor

# What can be handed over by name. Whoever manages people gives roles; that is never lent.
NAMED = {
    "answer-statements": said_later("Agree to statements or dispute them"),
    "answer-adjustments": said_later("Answer adjustments"),
    "agree-terms": said_later("Agree to terms and milestones"),
    "review-deliverables": said_later("Review deliverables"),
    "manage-plan": said_later("Manage the plan"),
    "keep-registers": said_later("Sign documents and keep registers"),
}
AUDITOR = "auditor"
NEVER = frozenset({"manage-people", "manage-engagement"})


def stand_ins_of(memberships: Sequence[Membership], at: datetime) -> tuple[StandIn, ...]:
    """For whom these memberships of one person stand in at an instant: never more than whoever is away may do."""
    standing = [one.pk for one in memberships if getattr(one, "is_standing_in", True)]
    if not standing:
        return ()
    rows = in_force(at).filter(delegate__in=standing)
    found = (
        StandIn(one.membership.person_id, one.membership.engagement_id, words_of(one), _still(one.pk))
        for one in rows.select_related("membership")
    )
    return tuple(one for one in found if one.words)


def is_standing_in() -> Exists:
    """Whether a membership may stand in for somebody: asked along with it, so that most ask nothing more."""
    return Exists(Delegation.objects.filter(delegate_id=OuterRef("pk"), ended_at__isnull=True))


def words_of(delegation: Delegation) -> frozenset[str]:
    """What is handed over: of what the one who is away may do at this moment by their own roles."""
    own = capabilities_of(delegation.membership.roles) - NEVER
    return own & frozenset(delegation.words) if delegation.words else own


def in_force(at: datetime) -> QuerySet[Delegation]:
    """Those that run, whose both people still belong to the same organisation and engagement; an auditor holds nothing for others."""
    held = Delegation.objects.alias(delegate_roles=Cast("delegate__roles", TextField()))
    return held.exclude(delegate_roles__contains=f'"{AUDITOR}"').filter(
        lasting("membership__"),
        lasting("delegate__"),
        ended_at__isnull=True,
        starts_at__lte=at,
        ends_at__gt=at,
        membership__person__is_active=True,
        membership__organisation_id=F("delegate__organisation_id"),
        membership__engagement_id=F("delegate__engagement_id"),
    )


def _still(delegation: UUID) -> Callable[[datetime], bool]:
    """Asked within the transaction of an act: locked, so that an act and an early end have one winner."""

    def holds(at: datetime) -> bool:
        held = Delegation.objects.select_for_update().filter(pk=delegation).first()
        return held is not None and in_force(at).filter(pk=delegation).exists()

    return holds


def delegations_of(actor: Actor) -> QuerySet[Delegation]:
    """What the actor has handed over or holds for others, for the organisation that they act for, and has not ended."""
    mine = Q(membership__person_id__in=[actor.person]) | Q(delegate__person_id__in=[actor.person])
    rows = Delegation.objects.filter(
        mine,
        membership__organisation_id__in=[actor.organisation],
        membership__engagement_id__in=list(actor.capabilities),
        ended_at__isnull=True,
    )
    return rows.select_related("membership__person", "delegate__person")


def delegation_seen_by(actor: Actor, delegation: UUID) -> Delegation:
    """One of the actor's own, or where they manage people. Raises NotSeen."""
    managed = [one for one in actor.capabilities if actor.can("manage-people", one)]
    seen = Q(membership__person_id__in=[actor.person]) | Q(delegate__person_id__in=[actor.person])
    rows = Delegation.objects.filter(
        seen | Q(membership__engagement_id__in=managed), membership__organisation_id__in=[actor.organisation],
        membership__engagement_id__in=list(actor.capabilities),
    )  # fmt: skip
    return the_one(rows.filter(pk=delegation).select_related("membership", "delegate"))


def colleagues_of(actor: Actor) -> list[Membership]:
    """To whom the actor could hand over: colleagues in their engagements, by name."""
    rows = Membership.objects.filter(
        lasting(),
        organisation_id__in=[actor.organisation],
        engagement_id__in=list(actor.capabilities),
        person__is_active=True,
    ).exclude(person_id__in=[actor.person])
    return list(rows.select_related("person").order_by("person__name", "pk"))
