"""The operations on links, freezes and proposed changes. Annotations are values here: ninja reads them."""

from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import (
    accept_change,
    accept_freeze,
    date_now,
    declare_freeze,
    decline_change,
    decline_freeze,
    lift_freeze,
    link_activities,
    propose_change,
    unlink_activities,
    withdraw_change,
)
from handfast.transition.actions.links import space_of_link
from handfast.transition.api.schemas import (
    ChangeOut,
    FreezeIn,
    FreezeOut,
    LinkIn,
    LinkOut,
    LinkWishIn,
    ReasonIn,
    WishIn,
)
from handfast.transition.models import Freeze, Link, ProposedChange
from handfast.transition.permissions import (
    may_answer_change,
    may_lift_freeze,
    may_manage_plan,
    may_propose_change,
    may_unlink,
)
from handfast.transition.queries.changing import link_said, proposed
from handfast.transition.queries.checking import check_lag, check_values
from handfast.transition.queries.effects import effect_of, frozen, linked, thawed, unlinked
from handfast.transition.queries.plans import (
    AnyLink,
    activity_seen_by,
    change_seen_by,
    changes_seen_by,
    freeze_seen_by,
    link_seen_by,
    plan_seen_by,
    rows_of,
)
from handfast.transition.queries.sharing import space_named
from handfast.transition.refusals import ActivityRefused

router = Router(tags=["transition"])
ENGAGEMENT = "/engagements/{uuid:engagement}"
What = ProposedChange.What


@router.get(f"{ENGAGEMENT}/links", response=list[LinkOut])
def list_links(request: ActorRequest, engagement: UUID) -> list[AnyLink]:
    return list(rows_of(plan_seen_by(request.actor, engagement)).links)


@router.post(f"{ENGAGEMENT}/links", response={201: LinkOut})
def post_link(request: ActorRequest, engagement: UUID, given: LinkIn) -> Status[Link]:
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("link activities: your role does not include it")
    before, after = (activity_seen_by(request.actor, one) for one in (given.before_id, given.after_id))
    if {before.plan_id, after.plan_id} != {plan.pk}:
        raise ActivityRefused("both stand in another plan", [("before_id", "choose of this plan")])
    if before.pk == after.pk:
        raise ActivityRefused("an activity does not wait for itself", [("before_id", "choose another")])
    check_lag(given.lag, given.lag_on)
    space = space_named(request.actor, space_of_link(before, after))
    link = Link(space=space, plan=plan, **given.dict())
    made = link_activities(
        request.actor, space, link=link, effect=effect_of(engagement, linked(link)), at=request.at
    )
    date_now(engagement, at=request.at)
    return Status(201, made)


@router.post("/links/{uuid:link}/removal", response={204: None})
def post_unlink(request: ActorRequest, link: UUID) -> Status[None]:
    found = link_seen_by(request.actor, link)
    if not may_unlink(request.actor, found):
        raise NotPermitted("unlink activities: your role does not include it")
    engagement = found.plan.engagement_id
    effect = effect_of(engagement, unlinked(found.pk))
    unlink_activities(request.actor, found, effect=effect, at=request.at)
    date_now(engagement, at=request.at)
    return Status(204, None)


@router.post(f"{ENGAGEMENT}/links/proposals", response={201: ChangeOut})
def post_link_proposal(request: ActorRequest, engagement: UUID, given: LinkWishIn) -> Status[ProposedChange]:
    """Ask the other side to accept that an activity waits for another."""
    plan = plan_seen_by(request.actor, engagement)
    after = activity_seen_by(request.actor, given.after_id)
    if after.plan_id != plan.pk or not may_propose_change(request.actor, after):
        raise NotPermitted("propose a link: of what both sides see, by a role that manages the plan")
    check_lag(given.lag, given.lag_on)
    link = Link(space_id=plan.space_id, plan=plan, **given.dict(exclude={"reason"}))
    made = propose_change(
        request.actor, after, what=What.LINK, changes=link_said(link),
        effect=effect_of(engagement, linked(link)), reason=given.reason, at=request.at,
    )  # fmt: skip
    return Status(201, made)


@router.post("/links/{uuid:link}/removal/proposals", response={201: ChangeOut})
def post_unlink_proposal(request: ActorRequest, link: UUID, given: WishIn) -> Status[ProposedChange]:
    """Ask the other side to accept that an activity no longer waits for another."""
    found = link_seen_by(request.actor, link)
    after = activity_seen_by(request.actor, found.after_id)
    if not may_propose_change(request.actor, after):
        raise NotPermitted("propose to unlink: of what both sides see, by a role that manages the plan")
    made = propose_change(
        request.actor, after, what=What.UNLINK, changes=link_said(found),
        effect=effect_of(found.plan.engagement_id, unlinked(found.pk)), reason=given.reason, at=request.at,
    )  # fmt: skip
    return Status(201, made)


@router.get(f"{ENGAGEMENT}/freezes", response=list[FreezeOut])
def list_freezes(request: ActorRequest, engagement: UUID) -> list[Freeze]:
    return list(plan_seen_by(request.actor, engagement).freezes.all())


@router.post(f"{ENGAGEMENT}/freezes", response={201: FreezeOut})
def post_freeze(request: ActorRequest, engagement: UUID, given: FreezeIn) -> Status[Freeze]:
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("declare a freeze: your role does not include it")
    said = given.dict(exclude={"as_seen"})
    check_values({name: said[name] for name in ("name", "first_on", "end_on")})
    effect = effect_of(engagement, frozen(Freeze(space_id=plan.space_id, plan=plan, **said)))
    made = declare_freeze(request.actor, plan, **said, effect=effect, at=request.at, as_seen=given.as_seen)
    date_now(engagement, at=request.at)
    return Status(201, made)


@router.post("/freezes/{uuid:freeze}/lifting", response={204: None})
def post_lifting(request: ActorRequest, freeze: UUID) -> Status[None]:
    found = freeze_seen_by(request.actor, freeze)
    if not may_lift_freeze(request.actor, found):
        raise NotPermitted("lift a freeze: your role or your side does not include it")
    engagement = found.plan.engagement_id
    lift_freeze(request.actor, found, effect=effect_of(engagement, thawed(found.pk)), at=request.at)
    date_now(engagement, at=request.at)
    return Status(204, None)


@router.post("/freezes/{uuid:freeze}/acceptance", response={204: None})
def post_freeze_acceptance(request: ActorRequest, freeze: UUID) -> Status[None]:
    found = freeze_seen_by(request.actor, freeze)
    accept_freeze(request.actor, found, at=request.at)
    date_now(found.plan.engagement_id, at=request.at)
    return Status(204, None)


@router.post("/freezes/{uuid:freeze}/refusal", response=FreezeOut)
def post_freeze_refusal(request: ActorRequest, freeze: UUID, given: ReasonIn) -> Freeze:
    return decline_freeze(
        request.actor, freeze_seen_by(request.actor, freeze), reason=given.reason, at=request.at
    )


@router.get(f"{ENGAGEMENT}/changes", response=list[ChangeOut])
def list_changes(request: ActorRequest, engagement: UUID) -> list[ProposedChange]:
    engagement_seen_by(request.actor, engagement)
    return list(changes_seen_by(request.actor, plan_seen_by(request.actor, engagement)))


@router.post("/changes/{uuid:change}/acceptance", response=ChangeOut)
def post_acceptance(request: ActorRequest, change: UUID) -> ProposedChange:
    found = change_seen_by(request.actor, change)
    if not may_answer_change(request.actor, found):
        raise NotPermitted("accept a change: your role or your side does not include it")
    effect = effect_of(found.activity.plan.engagement_id, proposed(found))
    accept_change(request.actor, found, effect=effect, at=request.at)
    date_now(found.activity.plan.engagement_id, at=request.at)
    return change_seen_by(request.actor, change)


@router.post("/changes/{uuid:change}/refusal", response=ChangeOut)
def post_refusal(request: ActorRequest, change: UUID, given: ReasonIn) -> ProposedChange:
    return decline_change(
        request.actor, change_seen_by(request.actor, change), reason=given.reason, at=request.at
    )


@router.post("/changes/{uuid:change}/withdrawal", response=ChangeOut)
def post_withdrawal(request: ActorRequest, change: UUID) -> ProposedChange:
    return withdraw_change(request.actor, change_seen_by(request.actor, change), at=request.at)
