"""The operations on decisions that are asked of somebody. Annotations are values here: ninja reads them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.foundation.web.doors import ActorRequest
from handfast.governance.actions import ask_decision, give_decision
from handfast.governance.models import DecisionRequest
from handfast.governance.queries.decisions import request_seen_by, requests_seen_by
from handfast.governance.queries.entries import entry_seen_by
from handfast.governance.reading.frozen import three_lines

router = Router()
REQUESTS = "/entries/{uuid:item}/decision-requests"


class DecisionAskedIn(Schema):
    """Of whom it is asked, what happens if nobody answers by its day, and what was seen of the entry."""

    person_id: UUID
    if_silent: str
    as_seen: str


class DecisionIn(Schema):
    """The decision, and the digest of the lines that it is about."""

    answer: Literal["approved", "rejected"]
    reason: str = ""
    sha256: str


class DecisionRequestOut(Schema):
    """A decision as it was asked; `sha256_now` is the digest of what it says by now."""

    id: UUID
    entry_id: UUID
    person_id: UUID
    if_silent: str
    sha256: str
    sha256_now: str
    asked_at: datetime
    asked_by_id: UUID
    answer: str
    reason: str
    answered_at: datetime | None
    is_by_mail: bool


@router.get(REQUESTS, response=list[DecisionRequestOut])
def decision_requests(request: ActorRequest, item: UUID) -> list[dict[str, Any]]:
    """Of whom the decision was asked, the latest first."""
    found = entry_seen_by(request.actor, item)
    return [_told(one) for one in requests_seen_by(request.actor, found).select_related("entry__engagement")]


@router.post(REQUESTS, response={201: DecisionRequestOut})
def post_decision_request(
    request: ActorRequest, item: UUID, given: DecisionAskedIn
) -> Status[dict[str, Any]]:
    """Ask it of somebody by name: they get a link by mail that needs no sign-in."""
    found = entry_seen_by(request.actor, item)
    made = ask_decision(
        request.actor,
        found,
        person=given.person_id,
        if_silent=given.if_silent,
        at=request.at,
        as_seen=given.as_seen,
    )
    return Status(201, _told(made))


@router.post("/decision-requests/{uuid:decision_request}/answer", response=DecisionRequestOut)
def post_decision(request: ActorRequest, decision_request: UUID, given: DecisionIn) -> dict[str, Any]:
    """Decide, where it is asked of the caller."""
    found = request_seen_by(request.actor, decision_request)
    made = give_decision(
        request.actor,
        found,
        answer=given.answer,
        reason=given.reason,
        sha256=given.sha256,
        is_by_mail=False,
        at=request.at,
    )
    return _told(made)


def _told(one: DecisionRequest) -> dict[str, Any]:
    return {
        "id": one.pk, "entry_id": one.entry_id, "person_id": one.person_id, "if_silent": one.if_silent, "sha256": one.sha256,
        "sha256_now": three_lines(one.entry, one.if_silent).sha256, "asked_at": one.asked_at, "asked_by_id": one.asked_by_id,
        "answer": one.answer, "reason": one.reason, "answered_at": one.answered_at, "is_by_mail": one.is_by_mail,
    }  # fmt: skip
