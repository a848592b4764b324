"""A new milestone of the plan for what was agreed and has none: where it stands, and what it waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handfast.transition.models import Activity, Link, Step
from handfast.transition.queries.closed import open_days_by_lead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.contract.models import AgreedMilestone
    from handfast.transition.models import Plan

BACK = timedelta(days=31)


def stand_in(
    plan: Plan,
    milestone: AgreedMilestone,
    *,
    shared: Sequence[Activity],
    links: Sequence[Link],
    steps: Sequence[str],
) -> tuple[Activity, list[Link]]:
    """The milestone and its links, not written yet; both sides lead it.

    It waits for whatever ends its step in the first wave, as the milestones of the template do. Without such work
    it stands on the agreed day until somebody says what it waits for.
    """
    step = milestone.step_key if milestone.step_key in steps else ""
    ends = _ends_of(step, shared, links)
    made = Activity(
        id=uuid4(), space_id=plan.space_id, plan=plan, key=f"agreed.{milestone.number}",
        position=max((one.position for one in (ends or shared)), default=0) + 1, name=milestone.name,
        kind=Activity.Kind.MILESTONE, lead=Step.Lead.JOINT, step_key=step, deadline_on=milestone.due_on,
        agreed=milestone, not_before_on=None if ends else _last_open_day(plan, milestone.due_on),
    )  # fmt: skip
    waits = [
        Link(space_id=plan.space_id, plan=plan, before_id=one.pk, after_id=made.pk, kind=Link.Kind.FS)
        for one in ends
    ]
    return made, waits


def _ends_of(step: str, shared: Sequence[Activity], links: Sequence[Link]) -> list[Activity]:
    """The work of a step that no other work of the step waits for."""
    work = {
        one.pk: one
        for one in shared
        if step and one.step_key == step and one.wave == 1 and one.kind == Activity.Kind.WORK
    }
    followed = {link.before_id for link in links if link.before_id in work and link.after_id in work}
    return [one for pk, one in work.items() if pk not in followed]


def _last_open_day(plan: Plan, on: date) -> date:
    """The day itself where both sides work, else the last one before on which they do: then it is not late at once."""
    open_on = open_days_by_lead(plan, on - BACK, on)["joint"]
    return max(open_on, default=on)
