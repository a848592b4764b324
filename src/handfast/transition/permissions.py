"""Who may make and change the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.models import (
        Activity,
        Cover,
        Freeze,
        LastChange,
        Link,
        OfferedPlan,
        Plan,
        ProposedChange,
        StatusReader,
        Step,
        StepStatus,
    )


def may_make_plan(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", engagement.pk)


def may_manage_plan(actor: Actor, plan: Plan) -> bool:
    """Whoever manages the plan, on either side."""
    return actor.can("manage-plan", plan.engagement_id)


def may_agree_baseline(actor: Actor, plan: Plan) -> bool:
    """The side that did not propose it; where the other is not in the system yet, the side that did."""
    other_is_in = all(one.organisation_id for one in plan.engagement.parties.all())
    is_other = actor.organisation != plan.baseline_asked_for_id or not other_is_in
    return is_other and may_manage_plan(actor, plan)


def may_plan_in(actor: Actor, space: Space) -> bool:
    """Whoever manages the plan, in the shared space or in their side's own."""
    return actor.can("manage-plan", space.engagement_id)


def may_take_over(actor: Actor, offered: OfferedPlan) -> bool:
    """Whoever manages the plan, of what their own side sent in."""
    return may_manage_plan(actor, offered.plan)


def may_amend_activity(actor: Actor, activity: Activity) -> bool:
    """Whoever manages the plan, what their own side leads and the contract leaves open; all of their own business."""
    plan = activity.plan
    if not may_manage_plan(actor, plan):
        return False
    if activity.space_id != plan.space_id:
        return True
    mine = party_of(plan.engagement, actor.organisation)
    is_led = mine is not None and activity.lead in (mine.side, "either")
    return is_led and activity.kind == activity.Kind.WORK and not activity.agreed


def may_unlink(actor: Actor, link: Link) -> bool:
    """Whoever manages the plan; whether their side may do it alone is asked with what it moves."""
    return may_manage_plan(actor, link.plan)


def may_lift_freeze(actor: Actor, freeze: Freeze) -> bool:
    """Whoever manages the plan, on either side."""
    return may_manage_plan(actor, freeze.plan)


def may_report_progress(actor: Actor, activity: Activity) -> bool:
    """Whoever reports for their side what it leads or works on together."""
    plan = activity.plan
    if not actor.can("report-progress", plan.engagement_id):
        return False
    mine = party_of(plan.engagement, actor.organisation)
    return activity.space_id != plan.space_id or (
        mine is not None and activity.lead in (mine.side, "either", "joint")
    )


def may_propose_change(actor: Actor, activity: Activity) -> bool:
    """Either side, of what both see."""
    return activity.space_id == activity.plan.space_id and may_manage_plan(actor, activity.plan)


def may_answer_change(actor: Actor, change: ProposedChange) -> bool:
    """The side that did not propose it."""
    return actor.organisation != change.proposed_for_id and may_manage_plan(actor, change.activity.plan)


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
    return actor.organisation != cover.proposed_for_id and may_manage_plan(actor, cover.plan)


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
