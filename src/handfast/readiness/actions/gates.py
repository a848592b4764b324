"""Lay out the gates of an engagement; add, amend, drop and take up criteria; note how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.contract.queries import milestones_in_force
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.people.models import Membership, lasting
from handfast.readiness.models import Criterion, CriterionStanding, Gate
from handfast.readiness.permissions import (
    may_keep_criterion,
    may_lay_gates,
    may_note_standings,
)
from handfast.readiness.queries.laying import JUDGE_GATE, gates_to_lay, place_in_plan
from handfast.readiness.queries.readiness import news_of
from handfast.readiness.reading.said import checked_criterion, unit_of
from handfast.readiness.refusals import CriterionDropped, CriterionRefused, GatesLaid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.readiness.reading.laid import CriterionLaid
    from handfast.readiness.reading.said import CriterionSaid


@action(permits=may_lay_gates, records="gates.laid_out")
def lay_out_gates(actor: Actor, engagement: Engagement, /, *, at: datetime) -> list[Gate]:
    """Write the default gates of the deal's size, with the criteria that the plan's steps ask. Raises GatesLaid.

    The engagement is locked: laid out twice at once, the second is refused.
    """
    if Gate.objects.filter(engagement=engagement).exists():
        raise GatesLaid("the gates are laid out already: add criteria to them, or amend those that are there")
    laid = gates_to_lay(engagement)
    if not laid:
        raise GatesLaid(
            "no step of the plan asks for a criterion: make the plan first, from a template or your own"
        )
    agreed = {one.step_key: one for one in milestones_in_force(engagement.pk) if one.step_key}
    made: list[Gate] = []
    criteria: list[Criterion] = []
    for number, one in enumerate(laid, 1):
        gate = Gate(
            space_id=engagement.space_id, engagement=engagement, number=number, name=one.name,
            step_keys=list(one.step_keys), client_roles=list(one.client_roles),
            provider_roles=list(one.provider_roles), activity_id=place_in_plan(engagement, one.step_keys),
            agreed=next((agreed[key] for key in reversed(one.step_keys) if key in agreed), None),
            created_at=at, changed_at=at, changed_by_id=actor.person,
        )  # fmt: skip
        made.append(gate)
        criteria += _criteria(actor, gate, one.criteria, len(criteria), at)
    Gate.objects.bulk_create(made)
    Criterion.objects.bulk_create(criteria)
    for gate in made:
        later(JUDGE_GATE, gate, due_at=at)
    return made


def _criteria(
    actor: Actor, gate: Gate, laid: Iterable[CriterionLaid], before: int, at: datetime
) -> list[Criterion]:
    return [
        Criterion(
            space_id=gate.space_id, engagement_id=gate.engagement_id, gate=gate, number=number,
            step_key=one.step_key, text=one.text, proof=one.proof, compare=one.compare, needs=one.needs,
            unit=one.unit, is_blocking=one.is_blocking, attests_side=one.attests_side,
            attests_role=one.attests_role, fresh_days=one.fresh_days, created_at=at, changed_at=at,
            changed_by_id=actor.person,
        )
        for number, one in enumerate(laid, before + 1)
    ]  # fmt: skip


@action(permits=may_lay_gates, records="criterion.added")
def add_criterion(
    actor: Actor, engagement: Engagement, /, *, gate: Gate, said: CriterionSaid, at: datetime
) -> Criterion:
    """Ask one thing more of one of its gates. Raises CriterionRefused.

    The engagement is locked, so that two who add at once get numbers in turn.
    """
    checked = checked_criterion(said, gate.step_keys)
    _check_owner(checked.owner_id, gate.engagement_id)
    last = (
        Criterion.objects.filter(space_id=gate.space_id, engagement_id=gate.engagement_id)
        .order_by("number")
        .last()
    )
    made: Criterion = Criterion(
        space_id=gate.space_id, engagement_id=gate.engagement_id, gate=gate,
        number=last.number + 1 if last else 1, created_at=at, changed_at=at, changed_by_id=actor.person,
        **_columns(checked),
    )  # fmt: skip
    made.save(force_insert=True)
    return made


@action(permits=may_keep_criterion, records="criterion.amended")
def amend_criterion(
    actor: Actor, criterion: Criterion, /, *, said: CriterionSaid, at: datetime, as_seen: str | None = None
) -> Criterion:
    """Let it say something else. Raises CriterionRefused, CriterionDropped, Conflict."""
    _check_judged(criterion)
    checked = checked_criterion(said, criterion.gate.step_keys)
    if checked.owner_id != criterion.owner_id:
        _check_owner(checked.owner_id, criterion.engagement_id)
    columns = _columns(checked)
    for name, value in columns.items():
        setattr(criterion, name, value)
    return _kept(actor, criterion, at, *columns)


@action(permits=may_keep_criterion, records="criterion.dropped")
def drop_criterion(
    actor: Actor, criterion: Criterion, /, *, at: datetime, as_seen: str | None = None
) -> Criterion:
    """It is asked no longer; one that blocks is waived instead, by both. Raises CriterionDropped, CriterionRefused."""
    _check_judged(criterion)
    if criterion.is_blocking:
        fault = "one that blocks is waived by both sides, or first made not to block"
        raise CriterionRefused(f"{criterion.name} stays: {fault}", [("is_blocking", fault)])
    criterion.dropped_at = at
    return _kept(actor, criterion, at, "dropped_at")


@action(permits=may_keep_criterion, records="criterion.taken_up")
def take_up_criterion(
    actor: Actor, criterion: Criterion, /, *, at: datetime, as_seen: str | None = None
) -> Criterion:
    """It is asked again. Raises CriterionDropped where it was not dropped."""
    if criterion.dropped_at is None:
        raise CriterionDropped(f"{criterion.name} was not dropped")
    criterion.dropped_at = None
    return _kept(actor, criterion, at, "dropped_at")


@action(permits=may_note_standings, records="gate.judged")
def note_standings(_actor: Actor, gate: Gate, /, *, at: datetime) -> Gate:
    """Write down how its criteria stand, where that has changed since it was written last."""
    new = news_of(gate, at=at)
    CriterionStanding.objects.bulk_create(
        CriterionStanding(
            space_id=gate.space_id, criterion=one.criterion, standing=one.standing, measured=one.kept,
            said=one.said, since_at=at,
        )
        for one in new
    )  # fmt: skip
    return gate


def _columns(said: CriterionSaid) -> dict[str, Any]:
    names = (
        "text", "proof", "compare", "needs", "is_blocking", "step_key", "attests_side", "attests_role",
        "owner_id", "due_on", "expected_on", "fresh_days",
    )  # fmt: skip
    return {name: getattr(said, name) for name in names} | {"unit": unit_of(said.proof)}


def _check_judged(criterion: Criterion) -> None:
    if criterion.dropped_at is not None:
        raise CriterionDropped(f"{criterion.name} was dropped: take it up again first")


def _check_owner(owner: UUID | None, engagement: UUID) -> None:
    if owner is None:
        return
    if not Membership.objects.filter(lasting(), engagement_id=engagement, person_id=owner).exists():
        fault = "choose one of the engagement's people"
        raise CriterionRefused(f"the criterion is not kept: owner_id: {fault}", [("owner_id", fault)])


def _kept(actor: Actor, criterion: Criterion, at: datetime, *columns: str) -> Criterion:
    criterion.version += 1
    criterion.changed_at, criterion.changed_by_id = at, actor.person
    criterion.save(update_fields=[*columns, "version", "changed_at", "changed_by_id"])
    return criterion
