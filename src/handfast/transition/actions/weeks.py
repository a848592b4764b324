"""Freeze the status of a week, remark on it before, and get it by mail."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import rfc8785

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.transition.models import StatusReader, WeeklyStatus
from handfast.transition.permissions import may_freeze_week, may_leave_readers, may_read_weeks, may_remark
from handfast.transition.queries.sides import side_of
from handfast.transition.queries.weeks import FREEZE_WEEK, WEEK_FROZEN, evening_of, freeze_key, next_friday
from handfast.transition.refusals import StatusRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

MOST_LETTERS = 1000


def plant_week(plan: Plan, at: datetime) -> None:
    """The row that freezes the week to come; planted again it is the same row."""
    friday = next_friday(plan, at)
    later(FREEZE_WEEK, plan, due_at=evening_of(plan, friday), key=freeze_key(plan, friday))


@action(permits=may_freeze_week, records="weekly_status.frozen")
def freeze_week(
    actor: Actor, plan: Plan, /, *, ends_on: date, body: dict[str, Any], at: datetime
) -> WeeklyStatus:
    """Keep the body of a week with its digest, once; what people remarked goes into it."""
    week: WeeklyStatus
    week, _ = WeeklyStatus.objects.get_or_create(space_id=plan.space_id, plan=plan, ends_on=ends_on)
    if week.frozen_at is None:
        week.body = body | {"remarks": {side: one["text"] for side, one in week.remarks.items()}}
        week.digest = sha256(rfc8785.dumps(week.body)).hexdigest()
        week.frozen_at = at
        week.save(update_fields=["body", "digest", "frozen_at"])
        later(WEEK_FROZEN, week, due_at=at, actor=actor)
    return week


@action(permits=may_remark, records="weekly_status.remarked")
def remark_on_week(actor: Actor, plan: Plan, /, *, text: str, at: datetime) -> WeeklyStatus:
    """Write the own side's remark on the week that is not frozen yet; empty takes it back. Raises StatusRefused."""
    text = text.strip()
    if len(text) > MOST_LETTERS:
        raise StatusRefused("this is too long", [("text", f"write at most {MOST_LETTERS} characters")])
    week: WeeklyStatus
    week, _ = WeeklyStatus.objects.get_or_create(
        space_id=plan.space_id, plan=plan, ends_on=next_friday(plan, at)
    )
    side = side_of(actor, plan)
    kept = {name: one for name, one in week.remarks.items() if name != side}
    week.remarks = kept | ({side: {"text": text, "by": str(actor.person)}} if text else {})
    week.save(update_fields=["remarks"])
    return week


@action(permits=may_read_weeks, records="status_reader.added")
def ask_for_weeks(actor: Actor, plan: Plan, /, *, at: datetime) -> StatusReader:
    """Put oneself on the list of those who get the weekly status by mail. Raises Conflict where one is on it."""
    if StatusReader.objects.filter(plan=plan, person_id=actor.person).exists():
        raise Conflict("the weekly status is mailed to you already")
    made: StatusReader = StatusReader.objects.create(
        space_id=plan.space_id, plan=plan, person_id=actor.person, asked_at=at
    )
    return made


@action(permits=may_leave_readers, records="status_reader.removed")
def stop_weeks(actor: Actor, reader: StatusReader, /, *, at: datetime) -> StatusReader:
    """Take oneself off the list."""
    kept = reader.pk
    reader.delete()
    reader.pk = kept  # the entry names the place that was
    return reader
