"""Leave a step of bringing in a running deal out, with the reason, and take it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.texts import line_fault
from handfast.journeys.models import SkippedStep
from handfast.journeys.permissions import may_skip_step, may_take_up_step
from handfast.journeys.queries.bringing import STEPS
from handfast.journeys.refusals import SkippedWithoutReason, StepSkipped, StepTakenUp, StepUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

LONGEST_REASON = 200


@action(permits=may_skip_step, records="step.skipped")
def skip_step(
    actor: Actor, engagement: Engagement, /, *, step: str, reason: str, at: datetime
) -> SkippedStep:
    """Say that this deal does not need a step. Raises StepUnknown, SkippedWithoutReason, StepSkipped."""
    if step not in STEPS:
        said = f"choose one of {', '.join(STEPS)}"
        raise StepUnknown(f"there is no step {step[:20]!r}: {said}", [("step", said)])
    if fault := line_fault(reason, most=LONGEST_REASON):
        raise SkippedWithoutReason(f"say why it is left out: {fault}", [("reason", fault)])
    if SkippedStep.objects.filter(engagement=engagement, step=step, taken_up_at__isnull=True).exists():
        raise StepSkipped("this step is left out already")
    made: SkippedStep = SkippedStep.objects.create(
        space_id=engagement.space_id,
        engagement=engagement,
        step=step,
        reason=reason.strip(),
        skipped_at=at,
        skipped_by_id=actor.person,
    )
    return made


@action(permits=may_take_up_step, records="skipped_step.taken_up")
def take_up_step(actor: Actor, skipped: SkippedStep, /, *, at: datetime) -> SkippedStep:
    """It is needed after all. Raises StepTakenUp."""
    if skipped.taken_up_at is not None:
        raise StepTakenUp("this step was taken up before")
    skipped.taken_up_at = at
    skipped.save(update_fields=["taken_up_at"])
    return skipped
