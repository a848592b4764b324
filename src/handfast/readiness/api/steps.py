"""The operation that tells the steps. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.readiness.queries.steps import steps_of

router = Router(tags=["readiness"])


class KeptRegisterOut(Schema):
    """A register of a step: how many entries the caller reads, and how many of them are not done, or late."""

    register_key: str
    name: str
    total: int
    open: int
    late: int


class StepNowOut(Schema):
    """A step: how many criteria are asked of it and hold, and how many activities both sides plan and finished."""

    key: str
    number: int
    name: str
    lead: str
    standing: str
    criteria: int
    holding: int
    planned: int
    done: int
    registers: list[KeptRegisterOut]


@router.get("/engagements/{uuid:engagement}/steps", response=list[StepNowOut])
def list_steps(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Every step as it stands, with the registers that it leaves behind."""
    deal = engagement_seen_by(request.actor, engagement)
    return [
        {
            "key": one.standing.key, "number": one.standing.number, "name": one.standing.name,
            "lead": one.standing.lead, "standing": one.standing.worst, "criteria": len(one.standing.judged),
            "holding": one.met, "planned": one.planned, "done": one.done,
            "registers": [
                {
                    "register_key": kept.register.key, "name": str(kept.register.name), "total": kept.total,
                    "open": kept.open, "late": kept.late,
                }
                for kept in one.kept
            ],
        }
        for one in steps_of(request.actor, deal, at=request.at).steps
    ]  # fmt: skip
