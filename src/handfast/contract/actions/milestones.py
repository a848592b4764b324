"""Propose a milestone, or another in the place of an agreed one, and answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.actions.answering import answered, check_alone, checked_reason
from handfast.contract.models import AgreedMilestone
from handfast.contract.permissions import (
    may_answer_milestone,
    may_propose_milestone,
    may_put_milestone_in_force,
    may_replace_milestone,
    may_withdraw_milestone,
)
from handfast.contract.queries.parties import sides_of
from handfast.contract.reading.milestones import checked_milestone
from handfast.contract.refusals import (
    MilestoneAnswered,
    MilestoneNotInForce,
    MilestoneWaiting,
)
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.reading.milestones import MilestoneSaid
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

State = AgreedMilestone.State


@action(permits=may_propose_milestone, records="milestone.proposed")
def propose_milestone(
    actor: Actor,
    engagement: Engagement,
    /,
    *,
    said: MilestoneSaid,
    at: datetime,
    replaces: AgreedMilestone | None = None,
) -> AgreedMilestone:
    """Propose a milestone; `replaces` is the agreed one in whose place it is to stand.

    Raises MilestoneRefused, MilestoneNotInForce, MilestoneWaiting.
    """
    checked = checked_milestone(said, engagement.currency)
    if replaces is not None:
        _check_replaceable(engagement, replaces)
    last = AgreedMilestone.objects.filter(engagement=engagement).order_by("number").last()
    milestone: AgreedMilestone = AgreedMilestone.objects.create(
        space_id=engagement.space_id,
        engagement=engagement,
        number=last.number + 1 if last else 1,
        name=checked.name,
        due_on=checked.due_on,
        payment=checked.payment,
        currency=engagement.currency if checked.payment is not None else "",
        clause=checked.clause,
        step_key=checked.step_key,
        replaces=replaces,
        proposed_at=at,
        proposed_by_id=actor.person,
        proposed_for_id=actor.organisation,
        proposed_side=_side_of(actor, engagement),
    )
    later("contract.milestone_proposed", milestone, due_at=at, actor=actor)
    return milestone


@action(permits=may_answer_milestone, records="milestone.agreed")
def agree_milestone(
    actor: Actor, milestone: AgreedMilestone, /, *, at: datetime, as_seen: str | None = None
) -> AgreedMilestone:
    """The other side agrees; what it replaces holds no more. Raises MilestoneAnswered, MilestoneNotInForce.

    One that was put in force alone can be countersigned while no other has taken its place.
    """
    is_countersigned = milestone.state == State.NOT_COUNTERSIGNED
    if not is_countersigned:
        _check_waits(milestone)
    agreed = answered(actor, milestone, State.AGREED, at)
    if not is_countersigned and milestone.replaces is not None:
        replace_milestone(actor, milestone.replaces, by=agreed, at=at)
    later("contract.milestone_agreed", milestone, due_at=at, actor=actor)
    return agreed


@action(permits=may_answer_milestone, records="milestone.declined")
def decline_milestone(
    actor: Actor, milestone: AgreedMilestone, /, *, reason: str, at: datetime, as_seen: str | None = None
) -> AgreedMilestone:
    """The other side does not agree, and says why. Raises MilestoneAnswered, DeclinedWithoutReason."""
    _check_waits(milestone)
    milestone.reason = checked_reason(reason)
    later("contract.milestone_declined", milestone, due_at=at, actor=actor)
    return answered(actor, milestone, State.DECLINED, at)


@action(permits=may_withdraw_milestone, records="milestone.withdrawn")
def withdraw_milestone(
    actor: Actor, milestone: AgreedMilestone, /, *, at: datetime, as_seen: str | None = None
) -> AgreedMilestone:
    """The side that proposed takes it back before it is answered. Raises MilestoneAnswered."""
    _check_waits(milestone)
    return answered(actor, milestone, State.WITHDRAWN, at)


@action(permits=may_put_milestone_in_force, records="milestone.put_in_force_alone")
def put_milestone_in_force(
    actor: Actor, milestone: AgreedMilestone, /, *, at: datetime, as_seen: str | None = None
) -> AgreedMilestone:
    """It holds although nobody of the other side is in the system to agree; every page says so.

    Raises MilestoneAnswered, OtherSideAnswers, MilestoneNotInForce.
    """
    _check_waits(milestone)
    check_alone(actor, milestone.engagement_id)
    held = answered(actor, milestone, State.NOT_COUNTERSIGNED, at)
    if milestone.replaces is not None:
        replace_milestone(actor, milestone.replaces, by=held, at=at)
    return held


@action(permits=may_replace_milestone, records="milestone.replaced")
def replace_milestone(
    actor: Actor, milestone: AgreedMilestone, /, *, by: AgreedMilestone, at: datetime
) -> AgreedMilestone:
    """Let an agreed milestone give way to the one that was agreed in its place. Raises MilestoneNotInForce."""
    if not milestone.is_in_force or by.replaces_id != milestone.pk or not by.is_in_force:
        raise _not_in_force(milestone)
    milestone.state = State.REPLACED
    milestone.save(update_fields=["state"])
    return milestone


def _side_of(actor: Actor, engagement: Engagement) -> str:
    organisation = actor.organisation
    return sides_of(engagement.pk).side_of.get(organisation, "") if organisation else ""


def _check_replaceable(engagement: Engagement, replaces: AgreedMilestone) -> None:
    """Raises NotSeen, MilestoneNotInForce, MilestoneWaiting."""
    standing = AgreedMilestone.objects.filter(pk=replaces.pk, engagement=engagement).first()
    if standing is None:
        raise NotSeen
    if not standing.is_in_force:
        raise _not_in_force(standing)
    waiting = AgreedMilestone.objects.filter(replaces=standing, state=State.PROPOSED).first()
    if waiting is not None:
        raise MilestoneWaiting(
            f"M-{waiting.number} waits to stand in the place of M-{standing.number}: it is answered or withdrawn "
            "before another is proposed"
        )


def _not_in_force(milestone: AgreedMilestone) -> MilestoneNotInForce:
    return MilestoneNotInForce(
        f"M-{milestone.number} is {milestone.get_state_display()}: only what is agreed is amended, look again"
    )


def _check_waits(milestone: AgreedMilestone) -> None:
    if milestone.state != State.PROPOSED:
        raise MilestoneAnswered(
            f"M-{milestone.number} was answered before: it is {milestone.get_state_display()}"
        )
