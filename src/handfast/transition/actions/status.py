"""Set the standing of a step over the computed one, and lift it again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.transition.models import Activity, StepStatus
from handfast.transition.permissions import may_lift_rag, may_override_rag
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.sides import side_of
from handfast.transition.queries.standing import standing_of
from handfast.transition.queries.told import today_in
from handfast.transition.refusals import StatusLapsed, StatusRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Step

LONGEST = timedelta(days=28)  # four weekly statuses: what still misleads then has a cause in the plan
MOST_LETTERS = 2000


@action(permits=may_override_rag, records="step_status.set")
def override_rag(
    actor: Actor,
    step: Step,
    /,
    *,
    wave: int,
    rag: str,
    reason: str,
    path_to_green: str,
    until_on: date,
    at: datetime,
) -> StepStatus:
    """Say another colour than the computed one, which stays beside it. It lapses by itself. Raises StatusRefused."""
    plan = step.plan
    on = today_in(plan, at)
    faults = [
        (name, f"write 1 to {MOST_LETTERS} characters")
        for name, text in (("reason", reason), ("path_to_green", path_to_green))
        if not 0 < len(text.strip()) <= MOST_LETTERS
    ]
    if rag not in StepStatus.Rag.values:
        faults.append(("rag", f"choose one of {', '.join(StepStatus.Rag.values)}"))
    if not on <= until_on <= on + LONGEST:
        faults.append(("until_on", f"write {on} to {on + LONGEST}: it lapses by itself"))
    shared = Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True)
    if not shared.filter(step_key=step.key, wave=wave).exists():
        faults.append(("wave", "the step has no activity in this wave"))
    if faults:
        raise StatusRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    computed = next(
        (
            one.computed.colour
            for one in standing_of(rows_of(plan), on=on).steps
            if (one.step.pk, one.wave) == (step.pk, wave)
        ),
        "unrated",
    )
    if rag == computed:
        raise StatusRefused(
            f"it is {rag} as computed: nothing is overridden", [("rag", "choose another colour")]
        )
    made: StepStatus = StepStatus.objects.create(
        space_id=step.space_id, step=step, wave=wave, rag=rag, computed=computed, reason=reason.strip(),
        path_to_green=path_to_green.strip(), until_on=until_on, set_at=at, set_by_id=actor.person,
        set_for_id=actor.organisation, set_side=side_of(actor, plan),
    )  # fmt: skip
    return made


@action(permits=may_lift_rag, records="step_status.lifted")
def lift_rag(actor: Actor, status: StepStatus, /, *, at: datetime) -> StepStatus:
    """Let the computed colour stand again. Raises StatusLapsed."""
    if not status.holds_on(today_in(status.step.plan, at)):
        raise StatusLapsed("it holds no more: the computed colour stands")
    status.lifted_at = at
    status.save(update_fields=["lifted_at"])
    return status
