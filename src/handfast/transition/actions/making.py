"""Make the plan of an engagement from the template of its size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.contract.queries import milestones_in_force
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.actions.activities import POSITION_STEP
from handfast.transition.actions.templates import still_as_read
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.actions.weeks import plant_week
from handfast.transition.models import Activity, Link, Plan, Step
from handfast.transition.permissions import may_make_plan
from handfast.transition.queries.checking import check_calendars, check_values
from handfast.transition.queries.plan_as_template import waves_by_default
from handfast.transition.queries.standing_in import stand_in
from handfast.transition.reading.drawn import drawn, milestone_key
from handfast.transition.refusals import PlanExists

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.transition.models import PlanTemplate
    from handfast.transition.reading.templates import Template


@action(permits=may_make_plan, records="plan.made")
def make_plan(
    actor: Actor,
    engagement: Engagement,
    /,
    *,
    template: Template,
    starts_on: date,
    calendars: dict[str, Any],
    at: datetime,
    own: PlanTemplate | None = None,
) -> Plan:
    """Write the template's steps, activities and links as a plan that both sides may change. Raises PlanExists.

    What was agreed in the contract comes in with it: to the milestone of its step, else as a milestone of its own.
    `own` is the organisation's template whose text `template` is: raises TemplateRetired, and Conflict where it changed.
    """
    check_values({"starts_on": starts_on})
    check_calendars(calendars, starts_on)
    if Plan.objects.filter(engagement=engagement).exists():
        raise PlanExists(f"{engagement.name} has a plan: change that one, or add a wave to it")
    plan: Plan = Plan.objects.create(
        space_id=engagement.space_id,
        engagement=engagement,
        size=template.size,
        starts_on=starts_on,
        calendars=calendars,
        made_at=at,
        made_from=_origin(own, template) if own else {},
    )
    Step.objects.bulk_create(_steps(plan, template))
    activities = _activities(plan, template)
    links = _links(plan, template, activities)
    _take_in(plan, template, activities, links)
    Activity.objects.bulk_create(activities)
    Link.objects.bulk_create(links)
    later(DATE_PLAN, plan, due_at=at, actor=actor)
    plant_week(plan, at)
    return plan


def _origin(own: PlanTemplate, template: Template) -> dict[str, Any]:
    """Ids, digest and the defaults of later waves: nothing of it tells the other side what the template is called."""
    return still_as_read(own) | {"size": template.size, "waves": waves_by_default(template)}


def _steps(plan: Plan, template: Template) -> list[Step]:
    return [
        Step(
            space_id=plan.space_id, plan=plan, key=one.key, number=one.number, name=one.name, lead=one.lead,
            description=one.description, client_actions=list(one.client_actions),
            provider_actions=list(one.provider_actions), deliverables=list(one.deliverables),
            criteria=list(one.criteria),
        )
        for one in template.steps
    ]  # fmt: skip


def _activities(plan: Plan, template: Template) -> list[Activity]:
    """Each step's activities with the roles that they need, then its milestone."""
    return [
        Activity(space_id=plan.space_id, plan=plan, key=key, position=place * POSITION_STEP, **values)
        for place, (key, values) in enumerate(drawn(template).values.items(), start=1)
    ]


def _links(plan: Plan, template: Template, activities: list[Activity]) -> list[Link]:
    ids = {one.key: one.pk for one in activities}
    return [
        Link(
            space_id=plan.space_id, plan=plan, before_id=ids[one.before], after_id=ids[one.after], kind=one.kind,
            lag=one.lag,
        )
        for one in drawn(template).waits
    ]  # fmt: skip


def _take_in(plan: Plan, template: Template, activities: list[Activity], links: list[Link]) -> None:
    """Tie every agreed milestone, those of a step first come to its own; new ones are added to both lists."""
    steps = [one.key for one in template.steps]
    by_key = {one.key: one for one in activities}
    for milestone in milestones_in_force(plan.engagement_id):
        point = by_key.get(milestone_key(milestone.step_key))
        if point is not None and point.agreed_id is None:
            point.agreed, point.deadline_on = milestone, milestone.due_on
        else:
            made, waits = stand_in(plan, milestone, shared=activities, links=links, steps=steps)
            activities.append(made)
            links += waits
