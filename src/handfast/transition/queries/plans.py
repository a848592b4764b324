"""The plan and its parts, as somebody sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from handfast.contract.models import AgreedMilestone
from handfast.foundation.sight import the_one
from handfast.transition.models import (
    Activity,
    Dates,
    Freeze,
    Growth,
    LastChange,
    Link,
    Plan,
    ProposedChange,
    Step,
    StepStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor


def plans_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Plan]:
    """The plan of an engagement, if it has one."""
    rows = Plan.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("engagement").prefetch_related("engagement__parties")


def plan_seen_by(actor: Actor, engagement: UUID) -> Plan:
    """The plan of an engagement. Raises NotSeen."""
    return the_one(plans_seen_by(actor, engagement))


def planned_and_done(deal: Engagement) -> tuple[int, int]:
    """How many activities both sides have planned, and how many of them are finished."""
    shared = Activity.objects.filter(plan__engagement=deal, space_id=deal.space_id, removed_at__isnull=True)
    found = shared.aggregate(planned=Count("pk"), done=Count("finished_on"))
    return found["planned"], found["done"]


def activity_seen_by(actor: Actor, activity: UUID) -> Activity:
    """One activity, shared or the actor's own side's. Raises NotSeen."""
    rows = Activity.objects.filter(space_id__in=actor.reach.reads, removed_at__isnull=True)
    found: Activity = the_one(rows.select_related("plan__engagement").filter(pk=activity))
    return found


def activities_seen_by(actor: Actor, ids: Iterable[UUID | str]) -> QuerySet[Activity]:
    """Those of these activities that the actor sees, also what was removed since."""
    return Activity.objects.filter(space_id__in=actor.reach.reads, pk__in=list(ids))


def changes_seen_by(actor: Actor, plan: Plan) -> QuerySet[ProposedChange]:
    """Every change that was proposed, the newest first."""
    rows = ProposedChange.objects.filter(activity__plan=plan, space_id__in=actor.reach.reads)
    return rows.select_related("activity__plan__engagement").order_by("-proposed_at")


def change_seen_by(actor: Actor, change: UUID) -> ProposedChange:
    """One proposed change. Raises NotSeen."""
    rows = ProposedChange.objects.filter(space_id__in=actor.reach.reads)
    found: ProposedChange = the_one(rows.select_related("activity__plan__engagement").filter(pk=change))
    return found


def link_seen_by(actor: Actor, link: UUID) -> Link:
    """One link, shared or the actor's own side's. Raises NotSeen."""
    rows = Link.objects.filter(space_id__in=actor.reach.reads)
    found: Link = the_one(rows.select_related("plan__engagement").filter(pk=link))
    return found


def freeze_seen_by(actor: Actor, freeze: UUID) -> Freeze:
    """One freeze. Raises NotSeen."""
    rows = Freeze.objects.filter(space_id__in=actor.reach.reads)
    found: Freeze = the_one(rows.select_related("plan__engagement").filter(pk=freeze))
    return found


def growths_seen_by(actor: Actor, plan: Plan) -> QuerySet[Growth]:
    """Every growth that was proposed, the newest first."""
    rows = Growth.objects.filter(plan=plan, space_id__in=actor.reach.reads)
    return rows.select_related("plan__engagement")


def growth_seen_by(actor: Actor, growth: UUID) -> Growth:
    """One growth. Raises NotSeen."""
    rows = Growth.objects.filter(space_id__in=actor.reach.reads)
    found: Growth = the_one(rows.select_related("plan__engagement").filter(pk=growth))
    return found


def last_changes_seen_by(actor: Actor, plan: Plan) -> QuerySet[LastChange]:
    """What the actor changed last, in the shared space and in the own one; the newest first."""
    rows = LastChange.objects.filter(plan=plan, person_id=actor.person, space_id__in=actor.reach.reads)
    return rows.select_related("plan__engagement").order_by("-made_at")


def last_change_seen_by(actor: Actor, last: UUID) -> LastChange:
    """One of the actor's own last changes. Raises NotSeen."""
    rows = LastChange.objects.filter(person_id=actor.person, space_id__in=actor.reach.reads)
    found: LastChange = the_one(rows.select_related("plan__engagement").filter(pk=last))
    return found


def step_seen_by(actor: Actor, engagement: UUID, step: UUID) -> Step:
    """One step of the plan of an engagement. Raises NotSeen."""
    rows = Step.objects.filter(plan__engagement_id=engagement, space_id__in=actor.reach.reads)
    found: Step = the_one(rows.select_related("plan__engagement").filter(pk=step))
    return found


def step_status_seen_by(actor: Actor, engagement: UUID, status: UUID) -> StepStatus:
    """What was set of a step. Raises NotSeen."""
    rows = StepStatus.objects.filter(step__plan__engagement_id=engagement, space_id__in=actor.reach.reads)
    found: StepStatus = the_one(rows.select_related("step__plan__engagement").filter(pk=status))
    return found


class LinkRow(NamedTuple):
    """A link as it is read with its whole plan: of thousands, none is changed."""

    id: UUID
    space_id: UUID
    before_id: UUID
    after_id: UUID
    kind: str
    lag: str
    lag_on: str

    @property
    def pk(self) -> UUID:
        return self.id


AnyLink = Link | LinkRow  # read with its plan, or not written yet


@dataclass(frozen=True, slots=True)
class PlanRows:
    """Everything of a plan that the reach of the moment sees, each in its order.

    `agreed` is what the contract fixes, by the id of the activity that carries it.
    """

    plan: Plan
    steps: tuple[Step, ...]
    activities: tuple[Activity, ...]
    links: tuple[AnyLink, ...]
    freezes: tuple[Freeze, ...]
    dates: dict[UUID, Dates]
    agreed: dict[UUID, AgreedMilestone] = field(default_factory=dict)


def rows_of(plan: Plan, *, is_dated: bool = True) -> PlanRows:
    """The rows, in five questions, one more where the contract fixes something; of two rows of dates the one in the side's own space tells more and wins.

    Whoever computes the dates asks for none.
    """
    found: dict[UUID, Dates] = {}
    for one in Dates.objects.filter(plan=plan) if is_dated else ():
        if one.activity_id not in found or one.space_id != plan.space_id:
            found[one.activity_id] = one
    activities = tuple(Activity.objects.filter(plan=plan, removed_at__isnull=True))
    known = {one.pk for one in activities}
    links = (LinkRow(*one) for one in Link.objects.filter(plan=plan).values_list(*LinkRow._fields))
    steps = Step.objects.filter(plan=plan)
    return PlanRows(
        plan,
        tuple(steps),
        activities,
        tuple(one for one in links if {one.before_id, one.after_id} <= known),
        tuple(Freeze.objects.filter(plan=plan, state__in=Freeze.COUNTED)),
        found,
        _agreed_of(activities) if is_dated else {},
    )


def _agreed_of(activities: Iterable[Activity]) -> dict[UUID, AgreedMilestone]:
    ids = {one.agreed_id: one.pk for one in activities if one.agreed_id is not None}
    found = AgreedMilestone.objects.filter(pk__in=list(ids)) if ids else ()
    return {ids[one.pk]: one for one in found}


def dates_seen_by(actor: Actor, activity: Activity) -> Dates:
    """The dates of an activity as the actor is told them. Raises NotSeen while it is dated for the first time."""
    rows = Dates.objects.filter(activity_id=activity.pk, space_id__in=actor.reach.reads)
    found: Dates = the_one(rows)
    return found
