"""Date the plan: what the schedule answers, written for each side as far as it may see it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.actor import Actor
from handfast.foundation.models import Space
from handfast.foundation.outbox import later
from handfast.foundation.scope import Reach
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.transition.actions.moves import plant_telling
from handfast.transition.actions.weeks import plant_week
from handfast.transition.models import Dates
from handfast.transition.permissions import may_date_internally, may_date_plan
from handfast.transition.queries.answers import answers_of, is_still_asked
from handfast.transition.queries.job import plan_at_job, undated
from handfast.transition.queries.outlook import SIMULATE_PLAN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.transition.models import Plan
    from handfast.transition.queries.answers import Answer, Answers
    from handfast.transition.queries.job import PlanJob

TOLD = (
    "starts_at", "ends_at", "latest_ends_at", "float_us", "free_float_us", "day_us", "is_critical", "is_late", "why",
    "bound_to_id",
)  # fmt: skip
BATCH = 200
_values = attrgetter(*TOLD)


def date_now(engagement: UUID, *, at: datetime) -> None:
    """Compute the plan of an engagement over both sides' spaces, and keep its dates. Raises NotSeen, ActivityRefused.

    It runs in the reach of the job, whoever asks, so it hands nothing back: whoever asked reads the dates that
    their own reach sees. A space whose dates stay as they are gets no entry in its journal, since that would tell
    one side when the other changes its own business.
    """
    with plan_at_job(engagement) as job:
        try:
            answers = answers_of(job.plan, job.spaces)
        except PlanRefused as refused:
            raise undated() from refused
        if job.plan.dated_version != job.plan.version or _differs(job.plan, job.plan.space_id, answers):
            date_plan(_worker(job, job.plan.space_id), job.plan, answers=answers, at=at)
        for space in Space.objects.filter(pk__in=set(job.spaces) - {job.plan.space_id}):
            if _differs(job.plan, space.pk, answers):
                date_internally(_worker(job, space.pk), space, plan=job.plan, answers=answers, at=at)


def _worker(job: PlanJob, space: UUID) -> Actor:
    """Nobody by name: it reads what the job reads, and writes one space."""
    return Actor(None, None, Reach(job.reach.reads, frozenset({space}), job.reach.tables))


@action(permits=may_date_plan, records="plan.dated")
def date_plan(actor: Actor, plan: Plan, /, *, answers: Answers, at: datetime) -> Plan:
    """Write what both sides are told; answers to an older plan are dropped, since newer ones will come."""
    if plan.version == answers.version and is_still_asked(plan, answers):
        _write(plan, plan.space_id, answers.told_in(plan.space_id))
        plan.dated_version, plan.dated_at = plan.version, at
        plan.save(update_fields=["dated_version", "dated_at"])
        plant_telling(plan, at)
        plant_week(plan, at)  # also of a plan that was made before weeks were frozen
        later(SIMULATE_PLAN, plan, due_at=at, actor=actor, key=f"{SIMULATE_PLAN}:{plan.pk}:{at.isoformat()}")
    return plan


@action(permits=may_date_internally, records="plan.dated_internally")
def date_internally(actor: Actor, space: Space, /, *, plan: Plan, answers: Answers, at: datetime) -> Space:
    """Write what one side is told in its own space; answers to an older plan are dropped."""
    if is_still_asked(plan, answers):
        _write(plan, space.pk, answers.told_in(space.pk))
    return space


def _kept(plan: Plan, space: UUID) -> dict[UUID, tuple[object, ...]]:
    """What is told now of each activity, in the order of TOLD: read as values, since a plan has a thousand."""
    rows = Dates.objects.filter(plan=plan, space_id=space).values_list("activity_id", *TOLD)
    return {activity: tuple(told) for activity, *told in rows}


def _differs(plan: Plan, space: UUID, answers: Answers) -> bool:
    kept, told = _kept(plan, space), answers.told_in(space)
    return len(kept) != len(told) or any(kept.get(one.activity_id) != _values(one) for one in told)


def _row(plan: Plan, answer: Answer) -> Dates:
    told = dict(zip(TOLD, _values(answer), strict=True))
    return Dates(plan_id=plan.pk, space_id=answer.space_id, activity_id=answer.activity_id, **told)


def _write(plan: Plan, space: UUID, told: Sequence[Answer]) -> None:
    """Only what differs, in one statement a batch: a case for each row and field would take seconds."""
    kept = _kept(plan, space)
    changed = [_row(plan, one) for one in told if kept.pop(one.activity_id, None) != _values(one)]
    Dates.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["space", "activity_id"],
        update_fields=list(TOLD),
    )  # fmt: skip
    if kept:
        Dates.objects.filter(plan=plan, space_id=space, activity_id__in=list(kept)).delete()
