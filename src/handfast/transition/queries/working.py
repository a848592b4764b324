"""What a person works on over all engagements: what they own, what falls to their role or side, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from django.db.models import F

from handfast.engagement.queries import party_of
from handfast.people.queries import memberships_in_force, person_of
from handfast.people.roles import ROLES
from handfast.transition.models import Activity, Dates, Freeze, Growth, Plan, ProposedChange
from handfast.transition.queries.told import day_of, told_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

Whose = Literal["own", "role", "side"]
MOST_LINES = 200
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Work:
    """An activity that is not finished, with its dates as its reader is told them, and why it is theirs."""

    activity: Activity
    dates: Dates
    whose: Whose


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one side proposed and the reader's side answers: changes, plans with a baseline asked for, freezes, growths."""

    changes: tuple[ProposedChange, ...]
    baselines: tuple[Plan, ...]
    freezes: tuple[Freeze, ...]
    growths: tuple[Growth, ...]


def work_of(actor: Actor, *, at: datetime) -> list[Work]:
    """What begins within two weeks and is not finished, the nearest end first; at most the first two hundred."""
    roles = _roles_of(actor)
    dates: dict[UUID, Dates] = {}
    rows = Dates.objects.filter(
        plan__engagement_id__in=list(actor.capabilities),
        space_id__in=actor.reach.reads,
        starts_at__lt=at + AHEAD,
    )
    for one in rows.annotate(shared_space=F("plan__space_id")):
        if one.activity_id not in dates or one.space_id != one.shared_space:
            dates[one.activity_id] = one
    found = []
    for activity in _open_activities(actor):
        whose = _whose(actor, activity, roles)
        until = told_at(activity.plan, at) + AHEAD
        if whose is not None and activity.pk in dates and dates[activity.pk].starts_at < until:
            found.append(Work(activity, dates[activity.pk], whose))
    return sorted(found, key=lambda one: (one.dates.ends_at, one.activity.name))[:MOST_LINES]


def waiting_for(actor: Actor) -> Waiting:
    """The proposed changes, baselines, freezes and growths that the actor may answer."""
    plans = [one for one in actor.capabilities if actor.can("manage-plan", one)]
    changes = ProposedChange.objects.filter(
        space_id__in=actor.reach.reads,
        activity__plan__engagement_id__in=plans,
        state=ProposedChange.State.PROPOSED,
    ).exclude(proposed_for_id=actor.organisation)
    baselines = Plan.objects.filter(
        space_id__in=actor.reach.reads, engagement_id__in=plans, baseline_asked_version=F("version")
    ).exclude(baseline_asked_for_id=actor.organisation)
    freezes = Freeze.objects.filter(
        space_id__in=actor.reach.reads, plan__engagement_id__in=plans, state__in=Freeze.WAITING
    ).exclude(asked_for_id=actor.organisation)
    growths = Growth.objects.filter(
        space_id__in=actor.reach.reads, plan__engagement_id__in=plans, state=Growth.State.PROPOSED
    ).exclude(proposed_for_id=actor.organisation)
    return Waiting(
        tuple(changes.select_related("activity__plan__engagement").order_by("proposed_at", "pk")),
        tuple(baselines.select_related("engagement").order_by("starts_on", "pk")),
        tuple(freezes.select_related("plan__engagement")),
        tuple(growths.select_related("plan__engagement")),
    )


def today_of(actor: Actor, at: datetime) -> date:
    """The day on the actor's own calendar: what somebody did today is no future anywhere. Raises NotSeen."""
    return day_of(at, person_of(actor).zone)


def _open_activities(actor: Actor) -> list[Activity]:
    rows = Activity.objects.filter(
        plan__engagement_id__in=list(actor.capabilities),
        space_id__in=actor.reach.reads,
        removed_at__isnull=True,
        finished_on__isnull=True,
    )
    found = rows.select_related("plan__engagement").prefetch_related("plan__engagement__parties")
    return list(found)


def _roles_of(actor: Actor) -> dict[UUID, frozenset[str]]:
    """The actor's roles in each engagement, as plans name them."""
    mine = memberships_in_force(actor.person) if actor.person else []
    return {
        one.engagement_id: frozenset(ROLES[role].name.lower() for role in one.roles if role in ROLES)
        for one in mine
        if one.organisation_id == actor.organisation
    }


def _whose(actor: Actor, activity: Activity, roles: Mapping[UUID, frozenset[str]]) -> Whose | None:
    """Theirs by name; else, where nobody owns it and they report for their side, by their role or by the side alone."""
    if activity.owner_id is not None:
        return "own" if activity.owner_id == actor.person else None
    engagement = activity.plan.engagement
    mine = party_of(engagement, actor.organisation)
    if mine is None or not actor.can("report-progress", engagement.pk):
        return None
    is_internal = activity.space_id != activity.plan.space_id
    if not is_internal and activity.lead not in (mine.side, "either", "joint"):
        return None
    wanted = roles.get(engagement.pk, frozenset())
    by_role = any(one["side"] == mine.side and one["role"].lower() in wanted for one in activity.needs)
    return "role" if by_role else "side"
