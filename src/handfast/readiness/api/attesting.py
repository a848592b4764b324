"""The operations on words and waivers. Annotations are values here: ninja reads them."""

from uuid import UUID

from ninja import Router, Status

from handfast.foundation.web.doors import ActorRequest
from handfast.readiness.actions import approve_waiver, ask_waiver, attest, decline_waiver, end_waiver
from handfast.readiness.api.schemas import (
    AttestationOut,
    StillSeenIn,
    WaiverAnswerIn,
    WaiverIn,
    WaiverOut,
    WordIn,
)
from handfast.readiness.models import Attestation, Waiver
from handfast.readiness.queries.gates import criterion_seen_by, waiver_seen_by
from handfast.readiness.reading.said import WaiverSaid

router = Router(tags=["readiness"])
CRITERION, WAIVER = "/criteria/{uuid:criterion}", "/waivers/{uuid:waiver}"


@router.post(f"{CRITERION}/words", response={201: AttestationOut})
def post_word(request: ActorRequest, criterion: UUID, given: WordIn) -> Status[Attestation]:
    """Say that it holds, or that it does not, and on what that rests."""
    found = criterion_seen_by(request.actor, criterion)
    return Status(201, attest(request.actor, found, holds=given.holds, note=given.note, at=request.at))


@router.post(f"{CRITERION}/waivers", response={201: WaiverOut})
def post_waiver(request: ActorRequest, criterion: UUID, given: WaiverIn) -> Status[Waiver]:
    """Ask the other side to let it go for a time; asking approves it for the own side."""
    found = criterion_seen_by(request.actor, criterion)
    said = WaiverSaid(given.reason, given.risk, given.until_then, given.expires_on)
    return Status(201, ask_waiver(request.actor, found, said=said, at=request.at))


@router.post(f"{WAIVER}/approval", response=WaiverOut)
def post_waiver_approval(request: ActorRequest, waiver: UUID, given: StillSeenIn) -> Waiver:
    """Let it go too."""
    found = waiver_seen_by(request.actor, waiver)
    return approve_waiver(request.actor, found, at=request.at, as_seen=given.as_seen)


@router.post(f"{WAIVER}/refusal", response=WaiverOut)
def post_waiver_refusal(request: ActorRequest, waiver: UUID, given: WaiverAnswerIn) -> Waiver:
    """Do not let it go, and say why."""
    found = waiver_seen_by(request.actor, waiver)
    return decline_waiver(request.actor, found, answer=given.reason, at=request.at, as_seen=given.as_seen)


@router.post(f"{WAIVER}/end", response=WaiverOut)
def post_waiver_end(request: ActorRequest, waiver: UUID, given: StillSeenIn) -> Waiver:
    """Let the criterion bite again now."""
    found = waiver_seen_by(request.actor, waiver)
    return end_waiver(request.actor, found, at=request.at, as_seen=given.as_seen)
