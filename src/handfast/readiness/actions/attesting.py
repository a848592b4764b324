"""Give one's word on a criterion; ask for a waiver, answer it, end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.readiness.models import Attestation, Criterion, Waiver
from handfast.readiness.permissions import (
    may_answer_waiver,
    may_ask_waiver,
    may_attest,
    may_end_waiver,
)
from handfast.readiness.queries.gates import today_in
from handfast.readiness.queries.laying import GATE_TOUCHED
from handfast.readiness.reading.said import checked_answer, checked_note, checked_waiver
from handfast.readiness.refusals import AttestationRefused, CriterionDropped, WaiverAnswered

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.readiness.reading.said import WaiverSaid

State = Waiver.State
WAIVER_ASKED, WAIVER_ANSWERED = "readiness.waiver_asked", "readiness.waiver_answered"


@action(permits=may_attest, records="criterion.attested")
def attest(actor: Actor, criterion: Criterion, /, *, holds: bool, note: str, at: datetime) -> Attestation:
    """Say that it holds, or that it does not, and on what that rests. Raises AttestationRefused, CriterionDropped."""
    if not criterion.is_attested:
        fault = "this one is computed: its evidence says whether it holds"
        raise AttestationRefused(f"{criterion.name}: {fault}", [("holds", fault)])
    if criterion.dropped_at is not None:
        raise CriterionDropped(f"{criterion.name} was dropped: take it up again first")
    mine = party_of(criterion.engagement, actor.organisation)
    made: Attestation = Attestation.objects.create(
        space_id=criterion.space_id, criterion=criterion, holds=holds, note=checked_note(note),
        side=mine.side if mine else "", attested_at=at, attested_by_id=actor.person,
        attested_for_id=actor.organisation,
    )  # fmt: skip
    _touched(criterion, at)
    return made


@action(permits=may_ask_waiver, records="waiver.asked")
def ask_waiver(actor: Actor, criterion: Criterion, /, *, said: WaiverSaid, at: datetime) -> Waiver:
    """Ask the other side to let a criterion go for a time; asking approves it for the own side.

    Raises WaiverRefused, WaiverAnswered where one is asked for or holds, CriterionDropped. The criterion is locked.
    """
    if criterion.dropped_at is not None:
        raise CriterionDropped(f"{criterion.name} was dropped: there is nothing to waive")
    today = today_in(criterion.engagement, at)
    checked = checked_waiver(said, today)
    _end_what_expired(criterion, today)
    lasting = Waiver.objects.filter(criterion=criterion, state__in=(State.ASKED, State.APPROVED)).first()
    if lasting is not None:
        raise WaiverAnswered(f"{lasting.name} of {criterion.name} is {State(lasting.state).label} already")
    newest = Waiver.objects.filter(criterion=criterion).order_by("number").last()
    made: Waiver = Waiver.objects.create(
        space_id=criterion.space_id, criterion=criterion, number=newest.number + 1 if newest else 1,
        reason=checked.reason, risk=checked.risk, until_then=checked.until_then,
        expires_on=checked.expires_on, asked_at=at, asked_by_id=actor.person, asked_for_id=actor.organisation,
    )  # fmt: skip
    later(WAIVER_ASKED, made, due_at=at, actor=actor)
    return made


@action(permits=may_answer_waiver, records="waiver.approved")
def approve_waiver(actor: Actor, waiver: Waiver, /, *, at: datetime, as_seen: str | None = None) -> Waiver:
    """The other side lets it go too, until the day that was asked. Raises WaiverAnswered, Conflict."""
    return _answered(actor, waiver, State.APPROVED, "", at)


@action(permits=may_answer_waiver, records="waiver.declined")
def decline_waiver(
    actor: Actor, waiver: Waiver, /, *, answer: str, at: datetime, as_seen: str | None = None
) -> Waiver:
    """The other side does not let it go, and says why. Raises WaiverAnswered, WaiverRefused, Conflict."""
    return _answered(actor, waiver, State.DECLINED, checked_answer(answer, is_needed=True), at)


@action(permits=may_end_waiver, records="waiver.ended")
def end_waiver(actor: Actor, waiver: Waiver, /, *, at: datetime, as_seen: str | None = None) -> Waiver:
    """Let the criterion bite again before the day; one that is asked for is taken back. Raises WaiverAnswered, Conflict."""
    if waiver.state not in (State.ASKED, State.APPROVED):
        raise WaiverAnswered(f"{waiver.name} is {State(waiver.state).label}: it ends nothing")
    if waiver.state == State.ASKED:
        waiver.answered_at, waiver.answered_by_id, waiver.answered_for_id = (
            at,
            actor.person,
            actor.organisation,
        )
    waiver.state = State.ENDED
    waiver.save(update_fields=["state", "answered_at", "answered_by_id", "answered_for_id"])
    _touched(waiver.criterion, at)
    return waiver


def _answered(actor: Actor, waiver: Waiver, state: str, answer: str, at: datetime) -> Waiver:
    if waiver.state != State.ASKED:
        raise WaiverAnswered(f"{waiver.name} is {State(waiver.state).label}: look again")
    if today_in(waiver.criterion.engagement, at) > waiver.expires_on:
        raise WaiverAnswered(
            f"{waiver.name} was asked for until {waiver.expires_on}, which is over: ask anew"
        )
    waiver.state, waiver.answer = state, answer
    waiver.answered_at, waiver.answered_by_id, waiver.answered_for_id = at, actor.person, actor.organisation
    waiver.save()
    later(WAIVER_ANSWERED, waiver, due_at=at, actor=actor)
    _touched(waiver.criterion, at)
    return waiver


def _touched(criterion: Criterion, at: datetime) -> None:
    """Let the worker write down how it stands now."""
    later(GATE_TOUCHED, criterion.gate, due_at=at, key=f"{GATE_TOUCHED}:{criterion.gate_id}:{at.isoformat()}")


def _end_what_expired(criterion: Criterion, today: object) -> None:
    """What is over makes room for another."""
    rows = Waiver.objects.filter(criterion=criterion, state__in=(State.ASKED, State.APPROVED))
    rows.filter(expires_on__lt=today).update(state=State.ENDED)
