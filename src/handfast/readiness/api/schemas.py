"""What the operations of readiness take and give."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema


class GateIn(Schema):
    """A gate: over which steps of the plan, who signs for each side, and the milestone of the contract that it pays."""

    name: str
    step_keys: list[str] = Field(default_factory=list)
    client_roles: list[str] = Field(default_factory=list)
    provider_roles: list[str] = Field(default_factory=list)
    agreed_id: UUID | None = None


class AmendedGateIn(GateIn):
    """All that it says from now on, and what was seen of it."""

    as_seen: str


class CriterionIn(Schema):
    """A criterion as it is worded. `needs` is a number: a share from 0 to 1, 1 for yes; `proof` one of the catalogue or `attestation`."""

    text: str
    proof: str = "attestation"
    compare: str = "="
    needs: Decimal = Decimal(1)
    is_blocking: bool = True
    step_key: str = ""
    attests_side: str = ""
    attests_role: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    expected_on: date | None = None
    fresh_days: int | None = None


class AmendedCriterionIn(CriterionIn):
    """All that it says from now on, and what was seen of it."""

    as_seen: str


class StillSeenIn(Schema):
    """What was seen of a thing: where it has changed since, nothing is done."""

    as_seen: str | None = None


class WordIn(Schema):
    """Somebody's word on a criterion, and on what it rests."""

    holds: bool
    note: str


class WaiverIn(Schema):
    """Why a criterion is let go, what can happen, what is done until then, and the last day on which it holds."""

    reason: str
    risk: str
    until_then: str
    expires_on: date


class WaiverAnswerIn(StillSeenIn):
    """Why a waiver is not given."""

    reason: str


class GateConditionIn(Schema):
    """What has still to be done, by whom and by when."""

    text: str
    owner_id: UUID
    due_on: date


class GateDecisionIn(StillSeenIn):
    """What is proposed: `go`, `conditional` with conditions, or `no-go` with the day of the next try."""

    outcome: str
    note: str = ""
    conditions: list[GateConditionIn] = Field(default_factory=list)
    repeat_on: date | None = None


class GateSigningIn(Schema):
    """The digest of the frozen evidence that is signed."""

    sha256: str


class GateRefusalIn(Schema):
    """Why a side does not sign."""

    reason: str


class FulfilmentIn(StillSeenIn):
    """What was done about a condition."""

    note: str


class LackOut(Schema):
    """One thing that is missing."""

    said: str
    id: UUID | None


class WaiverOut(Schema):
    """A waiver; it holds while it is `approved` and its last day is not over."""

    id: UUID
    name: str
    criterion_id: UUID
    reason: str
    risk: str
    until_then: str
    expires_on: date
    state: str
    asked_for_id: UUID
    answered_for_id: UUID | None
    answer: str
    seen_as: str


class AttestationOut(Schema):
    """Somebody's word on a criterion."""

    id: UUID
    criterion_id: UUID
    holds: bool
    note: str
    side: str
    attested_at: datetime
    attested_by_id: UUID


class CriterionOut(Schema):
    """A criterion as it is kept."""

    id: UUID
    gate_id: UUID
    number: int
    name: str
    text: str
    step_key: str
    proof: str
    compare: str
    needs: Decimal
    unit: str
    is_blocking: bool
    attests_side: str
    attests_role: str
    owner_id: UUID | None
    due_on: date | None
    expected_on: date | None
    fresh_days: int | None
    dropped_at: datetime | None
    seen_as: str


class JudgedOut(CriterionOut):
    """A criterion as it stands now; `measured` is exact, as a fraction in its lowest terms, None where there is nothing to count."""

    standing: str
    measured: str | None
    said: str
    evidence_at: datetime | None
    lacking: list[LackOut]
    waiver: WaiverOut | None


class SignatureOfGateOut(Schema):
    """One side's signature."""

    side: str
    role: str
    sha256: str
    is_by_mail: bool
    signed_at: datetime
    signed_by_id: UUID


class GateConditionOut(Schema):
    """A condition of a decision."""

    id: UUID
    number: int
    text: str
    owner_id: UUID
    due_on: date
    fulfilled_at: datetime | None
    note: str
    seen_as: str


class GateDecisionOut(Schema):
    """A decision; `sha256` is of the letters of its snapshot."""

    id: UUID
    number: int
    outcome: str
    note: str
    repeat_on: date | None
    sha256: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
    reason: str
    signatures: list[SignatureOfGateOut]
    conditions: list[GateConditionOut]


class GateOut(Schema):
    """A gate as it stands; `is_ready` says that nothing keeps it shut."""

    id: UUID
    number: int
    name: str
    step_keys: list[str]
    client_roles: list[str]
    provider_roles: list[str]
    state: str
    is_ready: bool
    blocking: int
    seen_as: str


class GateWithCriteriaOut(GateOut):
    """A gate with its criteria and its decisions, the last first."""

    criteria: list[JudgedOut]
    decisions: list[GateDecisionOut]


class ProofOut(Schema):
    """A query of the catalogue that a criterion can use."""

    key: str
    name: str
    unit: str
    evidence: str
    definition: str
