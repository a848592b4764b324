"""The operations on the plan and its activities. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import (
    add_activity,
    agree_baseline,
    amend_activity,
    amend_plan,
    amend_step,
    date_now,
    make_plan,
    propose_baseline,
    propose_change,
    remove_activity,
    report_progress,
)
from handfast.transition.api.agreed import router as agreed
from handfast.transition.api.bulk import router as bulk
from handfast.transition.api.changing import changes_in, must
from handfast.transition.api.deliverables import router as deliverables
from handfast.transition.api.estimating import router as estimating
from handfast.transition.api.exports import router as exports
from handfast.transition.api.foresight import router as foresight
from handfast.transition.api.growing import router as growing
from handfast.transition.api.linking import router as linking
from handfast.transition.api.moving import router as moving
from handfast.transition.api.offers import router as offers
from handfast.transition.api.schemas import (
    ActivityIn,
    ActivityOut,
    AmendPlanIn,
    ChangeOut,
    ChangesIn,
    PlanIn,
    PlanOut,
    ProgressIn,
    SeenIn,
    SignIn,
    StepIn,
    StepOut,
    WishIn,
)
from handfast.transition.api.sheets import router as sheets
from handfast.transition.api.standing import router as standing
from handfast.transition.api.templates import router as templates
from handfast.transition.api.waving import router as waving
from handfast.transition.api.weeks import router as weeks
from handfast.transition.models import Activity, Plan, ProposedChange, Step
from handfast.transition.permissions import (
    may_agree_baseline,
    may_amend_activity,
    may_make_plan,
    may_manage_plan,
    may_propose_change,
)
from handfast.transition.queries.checking import check_calendars, check_frame, check_values
from handfast.transition.queries.effects import amended, effect_of, framed, removed
from handfast.transition.queries.plans import activity_seen_by, plan_seen_by, rows_of, step_seen_by
from handfast.transition.queries.sharing import space_to_plan_in
from handfast.transition.queries.sides import is_internal
from handfast.transition.queries.templates import template_chosen
from handfast.transition.queries.working import today_of
from handfast.transition.refusals import ActivityRefused

router = Router(tags=["transition"])
router.add_router("", linking)
router.add_router("", bulk)
router.add_router("", sheets)
router.add_router("", agreed)
router.add_router("", standing)
router.add_router("", weeks)
router.add_router("", foresight)
router.add_router("", exports)
router.add_router("", moving)
router.add_router("", offers)
router.add_router("", waving)
router.add_router("", growing)
router.add_router("", estimating)
router.add_router("", templates)
router.add_router("", deliverables)
ENGAGEMENT = "/engagements/{uuid:engagement}"
ACTIVITY = "/activities/{uuid:activity}"


@router.get(f"{ENGAGEMENT}/plan", response=PlanOut)
def show_plan(request: ActorRequest, engagement: UUID) -> Plan:
    return plan_seen_by(request.actor, engagement)


@router.post(f"{ENGAGEMENT}/plan", response={201: PlanOut})
def post_plan(request: ActorRequest, engagement: UUID, given: PlanIn) -> Status[Plan]:
    deal = engagement_seen_by(request.actor, engagement)
    must(may_make_plan(request.actor, deal), "make the plan")
    check_values({"starts_on": given.starts_on})
    check_calendars(given.calendars, given.starts_on)
    if (given.size is None) == (given.template_id is None):
        raise ActivityRefused("one template makes the plan", [("size", "send either size or template_id")])
    template, own = template_chosen(request.actor, given.size or str(given.template_id))
    make_plan(
        request.actor, deal, template=template, own=own, starts_on=given.starts_on, calendars=given.calendars,
        at=request.at,
    )  # fmt: skip
    date_now(engagement, at=request.at)
    return Status(201, plan_seen_by(request.actor, engagement))


@router.put(f"{ENGAGEMENT}/plan", response=PlanOut)
def put_plan(request: ActorRequest, engagement: UUID, given: AmendPlanIn) -> Plan:
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "change the plan")
    changes = {name: one for name, one in given.dict(exclude={"as_seen"}).items() if one is not None}
    check_frame(plan, changes)
    effect_of(engagement, framed(changes))
    amend_plan(request.actor, plan, changes=changes, at=request.at, as_seen=given.as_seen)
    date_now(engagement, at=request.at)
    return plan_seen_by(request.actor, engagement)


@router.post(f"{ENGAGEMENT}/plan/baseline-proposal", response=PlanOut)
def post_baseline_proposal(request: ActorRequest, engagement: UUID, given: SeenIn) -> Plan:
    plan = plan_seen_by(request.actor, engagement)
    return propose_baseline(request.actor, plan, at=request.at, as_seen=given.as_seen)


@router.post(f"{ENGAGEMENT}/plan/baseline", response=PlanOut)
def post_baseline(request: ActorRequest, engagement: UUID, given: SignIn) -> Plan:
    plan = plan_seen_by(request.actor, engagement)
    must(may_agree_baseline(request.actor, plan), "agree to the baseline")
    return agree_baseline(request.actor, plan, typed=given.typed, at=request.at, as_seen=given.as_seen)


@router.get(f"{ENGAGEMENT}/plan/steps", response=list[StepOut])
def list_steps(request: ActorRequest, engagement: UUID) -> list[Step]:
    return list(plan_seen_by(request.actor, engagement).steps.all())


@router.put(f"{ENGAGEMENT}/plan/steps/{{uuid:step}}", response=StepOut)
def put_step(request: ActorRequest, engagement: UUID, step: UUID, given: StepIn) -> Step:
    found = step_seen_by(request.actor, engagement, step)
    changes = given.dict(exclude={"as_seen"}, exclude_none=True)
    if "criteria" in changes:
        known = {one["text"]: one for one in found.criteria}
        changes["criteria"] = [known.get(text, {"text": text}) for text in changes["criteria"]]
    return amend_step(request.actor, found, changes=changes, at=request.at, as_seen=given.as_seen)


@router.get(f"{ENGAGEMENT}/activities", response=list[ActivityOut])
def list_activities(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    rows = rows_of(plan_seen_by(request.actor, engagement))
    return [_told(one, rows.plan, rows.dates.get(one.pk)) for one in rows.activities]


@router.post(f"{ENGAGEMENT}/activities", response={201: ActivityOut})
def post_activity(request: ActorRequest, engagement: UUID, given: ActivityIn) -> Status[dict[str, Any]]:
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "add an activity")
    values = given.dict(exclude={"is_internal"})
    check_values(values)
    space = space_to_plan_in(request.actor, plan, is_internal=given.is_internal)
    made = add_activity(request.actor, space, plan=plan, values=values, at=request.at)
    return Status(201, _dated(request, made))


@router.get(ACTIVITY, response=ActivityOut)
def show_activity(request: ActorRequest, activity: UUID) -> dict[str, Any]:
    return _one(activity_seen_by(request.actor, activity))


@router.put(ACTIVITY, response=ActivityOut)
def put_activity(request: ActorRequest, activity: UUID, given: ChangesIn) -> dict[str, Any]:
    """New values, where they move nothing that the other side must accept; otherwise propose them."""
    found = activity_seen_by(request.actor, activity)
    must(may_amend_activity(request.actor, found), "change an activity that the other side leads")
    changes = changes_in(found, given)
    effect = effect_of(found.plan.engagement_id, amended(found.pk, changes))
    made = amend_activity(
        request.actor, found, changes=changes, effect=effect, at=request.at, as_seen=given.as_seen
    )
    return _dated(request, made)


@router.post(f"{ACTIVITY}/removal", response={204: None})
def post_removal(request: ActorRequest, activity: UUID, given: SeenIn) -> Status[None]:
    found = activity_seen_by(request.actor, activity)
    must(may_amend_activity(request.actor, found), "remove an activity that the other side leads")
    effect = effect_of(found.plan.engagement_id, removed(found.pk))
    remove_activity(request.actor, found, effect=effect, at=request.at, as_seen=given.as_seen)
    date_now(found.plan.engagement_id, at=request.at)
    return Status(204, None)


@router.post(f"{ACTIVITY}/removal/proposals", response={201: ChangeOut})
def post_removal_proposal(request: ActorRequest, activity: UUID, given: WishIn) -> Status[ProposedChange]:
    """Ask the other side to accept that an activity leaves the plan."""
    found = activity_seen_by(request.actor, activity)
    must(may_propose_change(request.actor, found), "propose a change")
    effect = effect_of(found.plan.engagement_id, removed(found.pk))
    made = propose_change(
        request.actor, found, what=ProposedChange.What.REMOVE, changes={}, effect=effect, reason=given.reason,
        at=request.at,
    )  # fmt: skip
    return Status(201, made)


@router.post(f"{ACTIVITY}/progress", response=ActivityOut)
def post_progress(request: ActorRequest, activity: UUID, given: ProgressIn) -> dict[str, Any]:
    found = activity_seen_by(request.actor, activity)
    on = today_of(request.actor, request.at)
    made = report_progress(request.actor, found, **given.dict(), on=on, at=request.at)
    return _dated(request, made)


@router.post(f"{ACTIVITY}/changes", response={201: ChangeOut})
def post_change(request: ActorRequest, activity: UUID, given: ChangesIn) -> Status[ProposedChange]:
    """Ask the other side to accept new values."""
    found = activity_seen_by(request.actor, activity)
    must(may_propose_change(request.actor, found), "propose a change")
    changes = changes_in(found, given)
    effect = effect_of(found.plan.engagement_id, amended(found.pk, changes))
    made = propose_change(
        request.actor, found, changes=changes, effect=effect, reason=given.reason, at=request.at,
        as_seen=given.as_seen,
    )  # fmt: skip
    return Status(201, made)


def _dated(request: ActorRequest, made: Activity) -> dict[str, Any]:
    date_now(made.plan.engagement_id, at=request.at)
    return _one(activity_seen_by(request.actor, made.pk))


def _one(found: Activity) -> dict[str, Any]:
    return _told(found, found.plan, rows_of(found.plan).dates.get(found.pk))


def _told(one: Activity, plan: Plan, dates: object) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ActivityOut.model_fields if hasattr(one, name)}
    one.plan = plan  # it is known: nothing is asked for it
    return told | {"is_internal": is_internal(one), "dates": dates}
