"""Who may make and change the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.models import (
        Activity,
        Cover,
        Deliverable,
        Freeze,
        Growth,
        LastChange,
        Link,
        OfferedPlan,
        Plan,
        PlanTemplate,
        ProposedChange,
        StatusReader,
        Step,
        StepStatus,
        Wave,
    )


def may_make_plan(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", engagement.pk)


def may_manage_plan(actor: Actor, plan: Plan) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", plan.engagement_id)


def plans_somewhere(actor: Actor) -> bool:
    """Whoever manages the plan of any engagement of their organisation."""
    return any("manage-plan" in words for words in actor.capabilities.values())


def may_keep_template(actor: Actor, space: Space) -> bool:
    """Whoever plans somewhere, in the home of their own organisation."""
    is_home = space.engagement_id is None and space.organisation_id == actor.organisation
    return is_home and plans_somewhere(actor)


def may_change_template(actor: Actor, template: PlanTemplate) -> bool:
    """As keeping one: a template belongs to the organisation, not to whoever kept it."""
    return may_keep_template(actor, template.space)


def is_alone(plan: Plan) -> bool:
    """Whether one side is not in the system yet: nobody is there to accept, so it blocks nothing."""
    return any(one.organisation_id is None for one in plan.engagement.parties.all())


def may_agree_baseline(actor: Actor, plan: Plan) -> bool:
    """The side that did not propose it."""
    return _may_answer(actor, plan, plan.baseline_asked_for_id)


def may_plan_in(actor: Actor, space: Space) -> bool:
    """Whoever manages the plan, in the shared space or in their side's own."""
    return actor.can("manage-plan", space.engagement_id)


def may_take_over(actor: Actor, offered: OfferedPlan) -> bool:
    """Whoever manages the plan, of what their own side sent in."""
    return may_manage_plan(actor, offered.plan)


def may_amend_activity(actor: Actor, activity: Activity) -> bool:
    """Whoever manages the plan, what their own side leads; all of their own business."""
    plan = activity.plan
    if not may_manage_plan(actor, plan):
        return False
    if activity.space_id != plan.space_id:
        return True
    mine = party_of(plan.engagement, actor.organisation)
    if mine is None:
        return False
    is_led = activity.lead in (mine.side, "either") and activity.kind == activity.Kind.WORK
    return is_led or is_alone(plan)


def may_unlink(actor: Actor, link: Link) -> bool:
    """Whoever manages the plan; whether their side may do it alone is asked with what it moves."""
    return may_manage_plan(actor, link.plan)


def may_lift_freeze(actor: Actor, freeze: Freeze) -> bool:
    """Whoever manages the plan, on either side; what is proposed only the side that proposed it."""
    is_own = not freeze.is_waiting or actor.organisation == freeze.asked_for_id
    return is_own and may_manage_plan(actor, freeze.plan)


def may_answer_freeze(actor: Actor, freeze: Freeze) -> bool:
    """The side that did not propose it."""
    return _may_answer(actor, freeze.plan, freeze.asked_for_id)


def may_answer_growth(actor: Actor, growth: Growth) -> bool:
    """The side that did not propose it."""
    return _may_answer(actor, growth.plan, growth.proposed_for_id)


def may_withdraw_growth(actor: Actor, growth: Growth) -> bool:
    """The side that proposed it."""
    return actor.organisation == growth.proposed_for_id and may_manage_plan(actor, growth.plan)


def may_amend_step(actor: Actor, step: Step) -> bool:
    """Whoever manages the plan: those of the side that leads it, and either side where both do."""
    mine = party_of(step.plan.engagement, actor.organisation)
    leads = ("joint", "either") if mine is None else ("joint", "either", mine.side)
    return may_manage_plan(actor, step.plan) and (step.lead in leads or is_alone(step.plan))


def may_amend_wave(actor: Actor, wave: Wave) -> bool:
    """Whoever manages the plan, on either side."""
    return may_manage_plan(actor, wave.plan)


def may_report_progress(actor: Actor, activity: Activity) -> bool:
    """Whoever reports for their side what it leads or works on together."""
    plan = activity.plan
    if not actor.can("report-progress", plan.engagement_id):
        return False
    mine = party_of(plan.engagement, actor.organisation)
    return activity.space_id != plan.space_id or (
        mine is not None and (activity.lead in (mine.side, "either", "joint") or is_alone(plan))
    )


def may_propose_change(actor: Actor, activity: Activity) -> bool:
    """Either side, of what both see."""
    return activity.space_id == activity.plan.space_id and may_manage_plan(actor, activity.plan)


def may_answer_change(actor: Actor, change: ProposedChange) -> bool:
    """The side that did not propose it."""
    return _may_answer(actor, change.activity.plan, change.proposed_for_id)


def may_withdraw_change(actor: Actor, change: ProposedChange) -> bool:
    """The side that proposed it."""
    return actor.organisation == change.proposed_for_id and may_manage_plan(actor, change.activity.plan)


def may_take_back(actor: Actor, last: LastChange) -> bool:
    """Whoever made the change, and nobody else."""
    return actor.person == last.person_id and may_manage_plan(actor, last.plan)


def may_override_rag(actor: Actor, step: Step) -> bool:
    """Whoever manages the plan, on either side: the other one sees who says it, and what was computed."""
    return may_manage_plan(actor, step.plan)


def may_lift_rag(actor: Actor, status: StepStatus) -> bool:
    """The side that set it."""
    return actor.organisation == status.set_for_id and may_manage_plan(actor, status.step.plan)


def may_agree_cover(actor: Actor, cover: Cover) -> bool:
    """The side that did not propose it."""
    return _may_answer(actor, cover.plan, cover.proposed_for_id)


def may_freeze_week(actor: Actor, plan: Plan) -> bool:
    """The worker, in the plan's own space: nobody writes a weekly status by hand."""
    return actor.person is None and actor.reach.writes == frozenset({plan.space_id})


def may_remark(actor: Actor, plan: Plan) -> bool:
    """Whoever reports for their side."""
    return actor.can("report-progress", plan.engagement_id)


def may_read_weeks(actor: Actor, plan: Plan) -> bool:
    """Whoever reads the plan, for themselves."""
    return actor.person is not None and actor.can("report-progress", plan.engagement_id)


def may_leave_readers(actor: Actor, reader: StatusReader) -> bool:
    """Whoever is on the list, for themselves."""
    return actor.person == reader.person_id


def may_date_plan(actor: Actor, plan: Plan) -> bool:
    """The job that dates it, in the one space that it writes at a time."""
    return actor.person is None and actor.reach.writes == frozenset({plan.space_id})


def may_date_internally(actor: Actor, space: Space) -> bool:
    """The same job, in one side's own space."""
    return actor.person is None and actor.reach.writes == frozenset({space.pk})


def _may_answer(actor: Actor, plan: Plan, asked_for: UUID | None) -> bool:
    """The side that did not ask; where the other is not in the system yet, the side that did."""
    return (actor.organisation != asked_for or is_alone(plan)) and may_manage_plan(actor, plan)


def may_plan_deliverable(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", engagement.pk)


def may_amend_deliverable(actor: Actor, deliverable: Deliverable) -> bool:
    """The same: what both keep; what both have agreed of its review the verb guards."""
    return actor.can("manage-plan", deliverable.engagement_id)


def may_submit_deliverable(actor: Actor, deliverable: Deliverable) -> bool:
    """Whoever reports for the side that hands it in; while nobody of it is here, the other side keeps its record."""
    hands_in = deliverable.submits_for_id in (actor.organisation, None)
    return hands_in and actor.can("report-progress", deliverable.engagement_id)


def may_review_deliverable(actor: Actor, deliverable: Deliverable) -> bool:
    """Whoever reviews deliverables, on the side that reviews this one."""
    is_theirs = actor.organisation is not None and actor.organisation == deliverable.reviews_for_id
    return is_theirs and actor.can("review-deliverables", deliverable.engagement_id)


def may_withdraw_deliverable(actor: Actor, deliverable: Deliverable) -> bool:
    """Whoever manages the plan for the side to which it is owed."""
    is_theirs = actor.organisation is not None and actor.organisation == deliverable.reviews_for_id
    return is_theirs and actor.can("manage-plan", deliverable.engagement_id)


def may_deem_accepted(actor: Actor, deliverable: Deliverable) -> bool:
    """The worker, in the deliverable's own space: silence is nobody's act."""
    return actor.person is None and actor.reach.writes == frozenset({deliverable.space_id})
