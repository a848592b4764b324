"""The operations of bringing in a running deal. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.journeys.actions import skip_step, take_up_step
from handfast.journeys.models import SkippedStep
from handfast.journeys.queries.bringing import bringing_in, skipped_seen_by

router = Router(tags=["journeys"])
ALL = "/engagements/{uuid:engagement}/bring-in"


class BringingStepOut(Schema):
    """A step: done, partly or open, and what is there; `skipped` is the id under which it was left out, and why."""

    step: str
    title: str
    state: str
    said: str
    minutes: int
    skipped: UUID | None
    reason: str


class SkippedStepIn(Schema):
    """Which step is left out, and why."""

    step: str = ""
    reason: str = ""


class SkippedStepOut(Schema):
    """A step that is left out, or was."""

    id: UUID
    step: str
    reason: str


@router.get(ALL, response=list[BringingStepOut])
def list_steps(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """The steps that a deal of this size needs, in their order."""
    deal = engagement_seen_by(request.actor, engagement)
    return [
        {
            "step": one.step.key, "title": one.step.title, "state": one.state, "said": one.said,
            "minutes": one.step.minutes, "skipped": one.skipped.pk if one.skipped else None,
            "reason": one.skipped.reason if one.skipped else "",
        }
        for one in bringing_in(request.actor, deal, at=request.at)
    ]  # fmt: skip


@router.post(f"{ALL}/skipped", response={201: SkippedStepOut})
def post_skip(request: ActorRequest, engagement: UUID, given: SkippedStepIn) -> Status[SkippedStep]:
    deal = engagement_seen_by(request.actor, engagement)
    return Status(201, skip_step(request.actor, deal, step=given.step, reason=given.reason, at=request.at))


@router.post(f"{ALL}/skipped/{{uuid:skipped}}/return", response=SkippedStepOut)
def post_take_up(request: ActorRequest, engagement: UUID, skipped: UUID) -> SkippedStep:
    return take_up_step(request.actor, skipped_seen_by(request.actor, engagement, skipped), at=request.at)
