"""The operations on dependencies and relief. Annotations are values here: ninja reads them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.queries.entries import entry_seen_by
from handfast.readiness.actions import ask_relief, decline_relief, grant_relief, withdraw_relief
from handfast.readiness.models import Relief
from handfast.readiness.queries.dependencies import DependencyNow, dependencies_of, relief_seen_by
from handfast.readiness.reading.relief_said import ReliefSaid

router = Router(tags=["readiness"])
RELIEF = "/reliefs/{uuid:relief}"


class ReliefIn(Schema):
    """Calendar days by which the own dates move, why, and what it does to plan and service levels."""

    days: int
    reason: str
    effect: str


class ReliefGrantIn(Schema):
    """How many days are granted, with the reason where that is less than was asked."""

    days: int
    reason: str = ""
    as_seen: str | None = None


class ReliefAnswerIn(Schema):
    """Why it is declined."""

    reason: str
    as_seen: str | None = None


class ReliefWithdrawalIn(Schema):
    """The state in which the caller saw it."""

    as_seen: str | None = None


class ReliefOut(Schema):
    """A relief as it was asked and answered."""

    id: UUID
    name: str
    entry_id: UUID
    state: str
    days: int
    granted_days: int | None
    late_days: int
    plan_days: int | None
    reason: str
    effect: str
    answer: str
    asked_at: datetime
    asked_by_id: UUID
    answered_at: datetime | None
    seen_as: str


class DependencyOut(Schema):
    """A dependency as it stands; `plan_days` are working days by which the go-live moves, null where the plan cannot say."""

    id: UUID
    name: str
    title: str
    owed_by: str
    due_on: date | None
    delivered_on: date | None
    late_days: int
    holds_up: list[str]
    plan_days: int | None
    ask_until: date | None
    relief: ReliefOut | None


@router.get("/engagements/{uuid:engagement}/dependencies", response=list[DependencyOut])
def list_dependencies(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """What each side owes the other, the latest first."""
    deal = engagement_seen_by(request.actor, engagement)
    return [_told(one) for one in dependencies_of(request.actor, deal, at=request.at)]


@router.post("/dependencies/{uuid:dependency}/reliefs", response={201: ReliefOut})
def post_relief(request: ActorRequest, dependency: UUID, given: ReliefIn) -> Status[Relief]:
    """Ask to be relieved because it is late."""
    found = entry_seen_by(request.actor, dependency)
    said = ReliefSaid(given.days, given.reason, given.effect)
    return Status(201, ask_relief(request.actor, found, said=said, at=request.at))


@router.post(f"{RELIEF}/grant", response=ReliefOut)
def post_relief_grant(request: ActorRequest, relief: UUID, given: ReliefGrantIn) -> Relief:
    """Let the other side's dates move."""
    found = relief_seen_by(request.actor, relief)
    return grant_relief(
        request.actor, found, days=given.days, answer=given.reason, at=request.at, as_seen=given.as_seen
    )


@router.post(f"{RELIEF}/refusal", response=ReliefOut)
def post_relief_refusal(request: ActorRequest, relief: UUID, given: ReliefAnswerIn) -> Relief:
    """Do not, and say why."""
    found = relief_seen_by(request.actor, relief)
    return decline_relief(request.actor, found, answer=given.reason, at=request.at, as_seen=given.as_seen)


@router.post(f"{RELIEF}/withdrawal", response=ReliefOut)
def post_relief_withdrawal(request: ActorRequest, relief: UUID, given: ReliefWithdrawalIn) -> Relief:
    """Take back what was asked."""
    found = relief_seen_by(request.actor, relief)
    return withdraw_relief(request.actor, found, at=request.at, as_seen=given.as_seen)


def _told(one: DependencyNow) -> dict[str, Any]:
    return {
        "id": one.entry.pk, "name": one.entry.name, "title": one.entry.title, "owed_by": one.owed_by,
        "due_on": one.entry.due_on, "delivered_on": one.delivered_on, "late_days": one.late_days,
        "holds_up": [each.name for each in one.holds_up], "plan_days": one.plan_days, "ask_until": one.ask_until,
        "relief": one.relief,
    }  # fmt: skip
