"""The box in which a gate is signed: the frozen evidence, each side's signature, and why it cannot be signed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.foundation.web.instants import both_zones
from handfast.people.models import Side
from handfast.people.queries import person_of
from handfast.people.roles import ROLES
from handfast.readiness.models import GateDecision
from handfast.readiness.permissions import signing_role
from handfast.readiness.queries.gates import decisions_of
from handfast.readiness.reading.snapshot import read_snapshot
from handfast.readiness.web.rows import signs_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.web.rows import Seeing
    from handfast.readiness.models import GateCondition, GateSignature
    from handfast.readiness.queries.readiness import GateStanding

State = GateDecision.State


@dataclass(frozen=True, slots=True)
class SideBox:
    """One side's place under a decision; `signed` says when, empty while it has not."""

    side: str
    name: str
    who: str
    role: str
    signed: str
    key: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """The decision that is being signed, or the last one that was decided; None before there is one."""

    decision: GateDecision | None
    boxes: tuple[SideBox, ...]
    conditions: tuple[tuple[GateCondition, str, bool], ...]
    released: str
    may_sign: bool
    earlier: Sequence[GateDecision]

    @property
    def is_open(self) -> bool:
        return self.decision is not None and self.decision.state == State.SIGNING

    @property
    def is_decided(self) -> bool:
        return self.decision is not None and self.decision.state == State.DECIDED


def signing_of(actor: Actor, deal: Engagement, standing: GateStanding, seen: Seeing, *, zone: str) -> Signing:
    """What the box shows to this reader."""
    standing.gate.engagement = deal
    every = decisions_of(standing.gate)
    now = next((one for one in every if one.state in (State.SIGNING, State.DECIDED)), None)
    signed = {one.side: one for one in now.signatures.all()} if now else {}
    zones = [zone, person_of(actor).zone]
    boxes = tuple(_box(side, deal, standing, signed.get(side), seen, zones) for side in Side.values)
    mine = party_of(deal, actor.organisation)
    role = signing_role(actor, standing.gate)
    is_ours = mine is not None and mine.side not in signed and role is not None
    conditions = tuple(
        (one, seen.name_of(one.owner_id), one.is_late(seen.today))
        for one in (now.conditions.all() if now else ())
    )
    return Signing(
        now, boxes, conditions, _released(now, standing),
        is_ours and now is not None and now.state == State.SIGNING,
        [one for one in every if one is not now],
    )  # fmt: skip


def _box(  # noqa: PLR0913, PLR0917 - what a box shows
    side: str, deal: Engagement, standing: GateStanding, one: GateSignature | None, seen: Seeing, zones: list[str]
) -> SideBox:  # fmt: skip
    party = next(each for each in deal.parties.all() if each.side == side)
    if one is None:
        return SideBox(
            side, party.name, "", signs_words(standing, side), "", "", party.organisation_id is None
        )
    role = ROLES[one.role].name if one.role in ROLES else ""
    return SideBox(
        side, party.name, seen.name_of(one.signed_by_id), role, f"{both_zones(one.signed_at, zones)}{', by mail' if one.is_by_mail else ''}",
        one.sha256[:12], is_absent=False,
    )  # fmt: skip


def _released(now: GateDecision | None, standing: GateStanding) -> str:
    """What the contract pays on it, by what was frozen where it was."""
    told = read_snapshot(now.snapshot)["decision"]["releases"] if now else None
    if told:
        return f"milestone {told['milestone']}, {told['payment']} {told['currency']}"
    agreed = standing.gate.agreed
    if now is not None or agreed is None or agreed.payment is None:
        return ""
    return f"milestone {agreed.number}, {agreed.payment:f} {agreed.currency}"
