"""Report what has happened: started, what remains, finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Plan
from handfast.transition.permissions import may_report_progress
from handfast.transition.queries.checking import check_values
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity


@action(permits=may_report_progress, records="activity.progressed")
def report_progress(
    actor: Actor,
    activity: Activity,
    /,
    *,
    started_on: date | None,
    finished_on: date | None,
    remaining: str,
    on: date,
    at: datetime,
    as_seen: str | None = None,
) -> Activity:
    """Write down the facts of an activity as of the evening of `on`. What moves by them is a forecast, no proposal.

    Raises ActivityRefused where the days contradict each other.
    """
    check_values({"started_on": started_on, "finished_on": finished_on, "remaining": remaining})
    if started_on is None and (finished_on is not None or remaining):
        raise ActivityRefused("what has not started has no end yet", [("started_on", "say when it started")])
    if started_on is not None and started_on > on:
        raise ActivityRefused("a start in the future is a plan", [("started_on", f"write {on} or earlier")])
    if started_on is not None and finished_on is not None and not started_on <= finished_on <= on:
        raise ActivityRefused(
            "it finishes after it starts, and not in the future",
            [("finished_on", f"write {started_on} to {on}")],
        )
    if finished_on is not None and remaining:
        raise ActivityRefused("nothing remains of what is finished", [("remaining", "leave it empty")])
    activity.started_on, activity.finished_on, activity.remaining = started_on, finished_on, remaining
    activity.version += 1
    activity.save(update_fields=["started_on", "finished_on", "remaining", "version"])
    plan = activity.plan
    if activity.space_id == plan.space_id and (plan.as_of_on is None or plan.as_of_on < on):
        Plan.objects.filter(pk=plan.pk).update(as_of_on=on)
    count_change(plan, activity, actor=actor, at=at)
    return activity
