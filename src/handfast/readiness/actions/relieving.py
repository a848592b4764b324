"""Ask to be relieved because the other side delivered late, and answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.readiness.models import Relief
from handfast.readiness.permissions import may_answer_relief, may_ask_relief, may_withdraw_relief
from handfast.readiness.queries.dependencies import dependency_now
from handfast.readiness.queries.gates import today_in
from handfast.readiness.reading.relief_said import checked_grant, checked_refusal, checked_relief, refused
from handfast.readiness.refusals import ReliefAnswered

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.readiness.queries.dependencies import DependencyNow
    from handfast.readiness.reading.relief_said import ReliefSaid

State = Relief.State
RELIEF_ASKED, RELIEF_ANSWERED = "readiness.relief_asked", "readiness.relief_answered"


@action(permits=may_ask_relief, records="relief.asked")
def ask_relief(actor: Actor, entry: RegisterEntry, /, *, said: ReliefSaid, at: datetime) -> Relief:
    """Ask that the own dates move because a dependency is late; how late, and what it does to the plan, is frozen.

    The dependency is locked, so that of two who ask at once the second finds it asked. Raises ReliefRefused where it is not
    late or the clause's last day is over, ReliefAnswered.
    """
    checked, now = checked_relief(said), dependency_now(entry, at=at)
    lasting = Relief.objects.filter(entry=entry, state__in=(State.ASKED, State.GRANTED)).first()
    if lasting is not None:
        raise ReliefAnswered(f"{lasting.name} for {entry.name} is {State(lasting.state).label} already")
    _check_late(now, entry, at)
    newest = (
        Relief.objects.filter(space_id=entry.space_id, engagement_id=entry.engagement_id)
        .order_by("number")
        .last()
    )
    made: Relief = Relief.objects.create(
        space_id=entry.space_id, engagement_id=entry.engagement_id, entry=entry,
        number=newest.number + 1 if newest else 1, days=checked.days, reason=checked.reason, effect=checked.effect,
        late_days=now.late_days, plan_days=now.plan_days, asked_at=at, asked_by_id=actor.person,
        asked_for_id=actor.organisation,
    )  # fmt: skip
    later(RELIEF_ASKED, made, due_at=at, actor=actor)
    return made


@action(permits=may_answer_relief, records="relief.granted")
def grant_relief(
    actor: Actor, relief: Relief, /, *, days: int, answer: str, at: datetime, as_seen: str | None = None
) -> Relief:
    """Let the other side's dates move by so many days, with the reason where it is less than was asked.

    Raises ReliefRefused, ReliefAnswered, Conflict.
    """
    _check_asked(relief)
    relief.answer = checked_grant(days, answer, relief.days)
    relief.granted_days = days
    return _answered(actor, relief, State.GRANTED, at)


@action(permits=may_answer_relief, records="relief.declined")
def decline_relief(
    actor: Actor, relief: Relief, /, *, answer: str, at: datetime, as_seen: str | None = None
) -> Relief:
    """Say why it is not granted. Raises ReliefRefused, ReliefAnswered, Conflict."""
    _check_asked(relief)
    relief.answer = checked_refusal(answer)
    return _answered(actor, relief, State.DECLINED, at)


@action(permits=may_withdraw_relief, records="relief.withdrawn")
def withdraw_relief(actor: Actor, relief: Relief, /, *, at: datetime, as_seen: str | None = None) -> Relief:
    """Take back what was asked, while it is not answered. Raises ReliefAnswered, Conflict."""
    _check_asked(relief)
    relief.state = State.WITHDRAWN
    relief.save(update_fields=["state"])
    return relief


def _check_late(now: DependencyNow, entry: RegisterEntry, at: datetime) -> None:
    if not now.late_days:
        due = f"due on {entry.due_on:%-d %B %Y}" if entry.due_on else "without a day on which it is due"
        raise refused("no relief is asked for", [("entry", f"{entry.name} is not late: it is {due}")])
    if now.ask_until is not None and today_in(entry.engagement, at) > now.ask_until:
        fault = f"the clause lets it be asked for until {now.ask_until:%-d %B %Y}, which is over"
        raise refused("no relief is asked for", [("entry", fault)])


def _check_asked(relief: Relief) -> None:
    if relief.state != State.ASKED:
        raise ReliefAnswered(f"{relief.name} is {State(relief.state).label}: look again")


def _answered(actor: Actor, relief: Relief, state: str, at: datetime) -> Relief:
    relief.state = state
    relief.answered_at, relief.answered_by_id, relief.answered_for_id = at, actor.person, actor.organisation
    relief.save()
    later(RELIEF_ANSWERED, relief, due_at=at, actor=actor)
    return relief
