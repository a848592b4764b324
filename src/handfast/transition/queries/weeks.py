"""The weeks of a plan: when each is frozen, and which there are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.foundation.refusals import Conflict
from handfast.foundation.sight import the_one
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.models import StatusReader, WeeklyStatus
from handfast.transition.queries.told import day_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

TELL_MOVES, MILESTONES_MOVED = "transition.tell_moves", "transition.milestones_moved"
FREEZE_WEEK, WEEK_FROZEN = "transition.freeze_week", "transition.week_frozen"
A_WEEK = timedelta(days=7)
FRIDAY, EVENING = 4, time(18)


def next_friday(plan: Plan, at: datetime) -> date:
    """The first Friday whose evening in the contract's zone is still to come."""
    today = day_in(plan, at)
    found = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    return found if evening_of(plan, found) > at else found + A_WEEK


def evening_of(plan: Plan, on: date) -> datetime:
    """Six in the evening of a day in the contract's zone."""
    return datetime.combine(on, EVENING, zone_named(plan.engagement.zone))


def next_evening(plan: Plan, at: datetime) -> date:
    """The day whose evening in the contract's zone is the next one."""
    today = day_in(plan, at)
    return today if evening_of(plan, today) > at else today + timedelta(days=1)


def freeze_key(plan: Plan, friday: date) -> str:
    """The row that freezes a week: the same however often it is planted."""
    return f"{FREEZE_WEEK}:{plan.pk}:{friday}"


def weeks_seen_by(actor: Actor, engagement: UUID) -> QuerySet[WeeklyStatus]:
    """The frozen weeks of the plan of an engagement, the latest first."""
    rows = WeeklyStatus.objects.filter(
        plan__engagement_id=engagement, space_id__in=actor.reach.reads, frozen_at__isnull=False
    )
    return rows.select_related("plan__engagement")


def week_seen_by(actor: Actor, engagement: UUID, week: UUID) -> WeeklyStatus:
    """One frozen week. Raises NotSeen."""
    found: WeeklyStatus = the_one(weeks_seen_by(actor, engagement).filter(pk=week))
    return found


def frozen_before(plan: Plan, friday: date) -> WeeklyStatus | None:
    """The last frozen week before a Friday."""
    rows = WeeklyStatus.objects.filter(plan=plan, frozen_at__isnull=False, ends_on__lt=friday)
    return rows.order_by("-ends_on").first()


def open_week(plan: Plan, friday: date) -> WeeklyStatus | None:
    """The week that is not frozen yet, where somebody has remarked on it."""
    return WeeklyStatus.objects.filter(plan=plan, ends_on=friday, frozen_at__isnull=True).first()


def reader_of(actor: Actor, plan: Plan) -> StatusReader | None:
    """The actor's own place on the list, None where they are not on it."""
    return StatusReader.objects.filter(plan=plan, person_id=actor.person).first()


def own_reader(actor: Actor, plan: Plan) -> StatusReader:
    """The same. Raises Conflict where they are not on it."""
    found = reader_of(actor, plan)
    if found is None:
        raise Conflict("the weekly status is not mailed to you")
    return found
