"""A proposed version is agreed, declined, withdrawn, or put in force by one side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.actions.answering import answered, check_alone, checked_reason
from handfast.contract.models import TermsVersion
from handfast.contract.permissions import may_answer_terms, may_put_in_force, may_withdraw_terms
from handfast.contract.queries.terms import terms_in_force
from handfast.contract.refusals import (
    NumberMistyped,
    TermsAnswered,
)
from handfast.foundation.actions import action
from handfast.foundation.outbox import later

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor

State = TermsVersion.State


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
    return answered(actor, version, State.AGREED, at)


@action(permits=may_answer_terms, records="terms.declined")
def decline_terms(
    actor: Actor, version: TermsVersion, /, *, reason: str, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """The other side does not agree, and says why. Raises TermsAnswered, DeclinedWithoutReason."""
    _check_waits(version)
    version.reason = checked_reason(reason)
    later("contract.terms_declined", version, due_at=at, actor=actor)
    return answered(actor, version, State.DECLINED, at)


@action(permits=may_withdraw_terms, records="terms.withdrawn")
def withdraw_terms(
    actor: Actor, version: TermsVersion, /, *, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """The side that proposed takes it back before it is answered. Raises TermsAnswered."""
    _check_waits(version)
    return answered(actor, version, State.WITHDRAWN, at)


@action(permits=may_put_in_force, records="terms.put_in_force_alone")
def put_in_force_alone(
    actor: Actor, version: TermsVersion, /, *, typed: str, at: datetime, as_seen: str | None = None
) -> TermsVersion:
    """Terms hold although nobody of the other side is in the system to agree; every page says so.

    Raises TermsAnswered, OtherSideAnswers, NumberMistyped.
    """
    _check_waits(version)
    check_alone(actor, version.agreement.engagement_id)
    _check_typed(version, typed)
    return answered(actor, version, State.NOT_COUNTERSIGNED, at)


def _check_waits(version: TermsVersion) -> None:
    if version.state != State.PROPOSED:
        raise TermsAnswered(
            f"version {version.number} was answered before: it is {version.get_state_display()}"
        )


def _check_typed(version: TermsVersion, typed: str) -> None:
    if typed.strip().lower().removeprefix("version").strip() != str(version.number):
        said = f"type {version.number}, the number of the version"
        raise NumberMistyped(said, [("typed", said)])
