"""A proposed version is agreed, declined, withdrawn, or put in force by one side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import TermsVersion
from handfast.contract.permissions import may_answer_terms, may_put_in_force, may_withdraw_terms
from handfast.contract.queries.parties import sides_of
from handfast.contract.queries.terms import terms_in_force
from handfast.contract.refusals import (
    DeclinedWithoutReason,
    NumberMistyped,
    OtherSideAnswers,
    TermsAnswered,
)
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import FieldsRefused

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor

State = TermsVersion.State
LONGEST_REASON = 4_000


@action(permits=may_answer_terms, records="terms.agreed")
def agree_terms(
    actor: Actor, version: TermsVersion, /, *, typed: str, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """The other side agrees; `typed` is the version's number. Raises TermsAnswered, NumberMistyped.

    One that was put in force alone can be countersigned while no later one has taken its place.
    """
    if version.state == State.NOT_COUNTERSIGNED:
        standing = terms_in_force(version.agreement)
        if standing is None or standing.pk != version.pk:
            raise TermsAnswered(f"a later version than {version.number} is in force: agree to that one")
    else:
        _check_waits(version)
    _check_typed(version, typed)
    later("contract.terms_agreed", version, due_at=at, actor=actor)
    return _answered(actor, version, State.AGREED, at)


@action(permits=may_answer_terms, records="terms.declined")
def decline_terms(
    actor: Actor, version: TermsVersion, /, *, reason: str, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """The other side does not agree, and says why. Raises TermsAnswered, DeclinedWithoutReason."""
    _check_waits(version)
    said = reason.strip()
    if not said:
        raise DeclinedWithoutReason("declining needs its reason", [("reason", "say what should be changed")])
    if len(said) > LONGEST_REASON or "\x00" in said:
        raise FieldsRefused(
            "the reason cannot be kept", [("reason", f"plain text, at most {LONGEST_REASON:,} characters")]
        )
    version.reason = said
    later("contract.terms_declined", version, due_at=at, actor=actor)
    return _answered(actor, version, State.DECLINED, at)


@action(permits=may_withdraw_terms, records="terms.withdrawn")
def withdraw_terms(
    actor: Actor, version: TermsVersion, /, *, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """The side that proposed takes it back before it is answered. Raises TermsAnswered."""
    _check_waits(version)
    return _answered(actor, version, State.WITHDRAWN, at)


@action(permits=may_put_in_force, records="terms.put_in_force_alone")
def put_in_force_alone(
    actor: Actor, version: TermsVersion, /, *, typed: str, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """Terms hold although nobody of the other side is in the system to agree; every page says so.

    Raises TermsAnswered, OtherSideAnswers, NumberMistyped.
    """
    _check_waits(version)
    sides = sides_of(version.agreement.engagement_id)
    other = sides.other_side(actor.organisation)
    if sides.is_in_the_system(other):
        raise OtherSideAnswers(f"{sides.names.get(other, other)} is here and can answer: wait for it")
    _check_typed(version, typed)
    return _answered(actor, version, State.NOT_COUNTERSIGNED, at)


def _check_waits(version: TermsVersion) -> None:
    if version.state != State.PROPOSED:
        raise TermsAnswered(
            f"version {version.number} was answered before: it is {version.get_state_display()}"
        )


def _check_typed(version: TermsVersion, typed: str) -> None:
    if typed.strip().lower().removeprefix("version").strip() != str(version.number):
        said = f"type {version.number}, the number of the version"
        raise NumberMistyped(said, [("typed", said)])


def _answered(actor: Actor, version: TermsVersion, state: str, at: datetime) -> TermsVersion:
    version.state = state
    version.answered_at, version.answered_by_id, version.answered_for_id = (
        at,
        actor.person,
        actor.organisation,
    )
    version.save(update_fields=["state", "reason", "answered_at", "answered_by_id", "answered_for_id"])
    return version
