"""Plan a deliverable, amend it, agree how it is reviewed, and withdraw it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.models import Deliverable
from handfast.transition.permissions import (
    may_amend_deliverable,
    may_plan_deliverable,
    may_review_deliverable,
    may_withdraw_deliverable,
)
from handfast.transition.queries.deliverable_moves import (
    REVIEW_TERMS,
    check_people,
    check_stands,
    check_terms_free,
)
from handfast.transition.reading.deliverables import checked_deliverable
from handfast.transition.refusals import DeliverableState, DeliverableUnchanged

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.transition.reading.deliverables import DeliverableSaid

State = Deliverable.State
SILENCE_ASKED = "transition.silence_asked"


@action(permits=may_plan_deliverable, records="deliverable.planned")
def plan_deliverable(
    actor: Actor, engagement: Engagement, /, *, said: DeliverableSaid, at: datetime
) -> Deliverable:
    """Plan a deliverable; the engagement is locked, so that two planned at once get numbers in turn.

    Where the side that hands it in says that silence counts, the reviewing side has to agree first. Raises
    DeliverableRefused.
    """
    checked = checked_deliverable(said)
    check_people(checked, engagement.pk)
    last = Deliverable.objects.filter(engagement=engagement).order_by("number").last()
    made = Deliverable(
        space_id=engagement.space_id,
        engagement=engagement,
        number=last.number + 1 if last else 1,
        created_at=at,
        created_by_id=actor.person,
        changed_at=at,
        changed_by_id=actor.person,
        **asdict(checked),
    )
    made.is_silence_agreed = _agrees(actor, made)
    made.save(force_insert=True)
    _ask_about_silence(actor, made, at)
    return made


@action(permits=may_amend_deliverable, records="deliverable.amended")
def amend_deliverable(
    actor: Actor,
    deliverable: Deliverable,
    /,
    *,
    said: DeliverableSaid,
    at: datetime,
    as_seen: str | None = None,
) -> Deliverable:
    """Let what is not under review say something else.

    Raises DeliverableRefused, DeliverableUnchanged, DeliverableState, ReviewOver, ReviewTermsAgreed, Conflict.
    """
    check_stands(deliverable, Deliverable.TO_HAND_IN, at, then="amended")
    columns = asdict(checked_deliverable(said))
    if all(getattr(deliverable, name) == value for name, value in columns.items()):
        raise DeliverableUnchanged(f"{deliverable.name} says that already: change something first")
    check_people(said, deliverable.engagement_id, deliverable)
    check_terms_free(deliverable, said)
    is_asked = any(getattr(deliverable, name) != columns[name] for name in REVIEW_TERMS)
    for name, value in columns.items():
        setattr(deliverable, name, value)
    if is_asked:
        deliverable.is_silence_agreed = _agrees(actor, deliverable)
        _ask_about_silence(actor, deliverable, at)
    return keep_deliverable(actor, deliverable, at, *columns, "is_silence_agreed")


@action(permits=may_review_deliverable, records="deliverable.silence_agreed")
def agree_to_silence(
    actor: Actor, deliverable: Deliverable, /, *, at: datetime, as_seen: str | None = None
) -> Deliverable:
    """The reviewing side agrees that no answer in time is an acceptance, from the next time that it is handed in.

    Raises DeliverableState, ReviewOver, Conflict.
    """
    check_stands(deliverable, Deliverable.TO_HAND_IN, at, then="agreed on")
    if not deliverable.is_silence_acceptance or deliverable.is_silence_agreed:
        raise DeliverableState(f"{deliverable.name}: there is nothing to agree about its review")
    deliverable.is_silence_agreed = True
    return keep_deliverable(actor, deliverable, at, "is_silence_agreed")


@action(permits=may_withdraw_deliverable, records="deliverable.withdrawn")
def withdraw_deliverable(
    actor: Actor, deliverable: Deliverable, /, *, at: datetime, as_seen: str | None = None
) -> Deliverable:
    """It is not owed any more. What is under review is answered instead. Raises DeliverableState, ReviewOver."""
    check_stands(deliverable, Deliverable.TO_HAND_IN, at, then="withdrawn")
    deliverable.state = State.WITHDRAWN
    return keep_deliverable(actor, deliverable, at, "state")


@action(permits=may_withdraw_deliverable, records="deliverable.brought_back")
def bring_back_deliverable(
    actor: Actor, deliverable: Deliverable, /, *, at: datetime, as_seen: str | None = None
) -> Deliverable:
    """It is owed again, as it stood before. Raises DeliverableState."""
    check_stands(deliverable, (State.WITHDRAWN,), at, then="brought back")
    deliverable.state = State.REJECTED if deliverable.round else State.PLANNED
    return keep_deliverable(actor, deliverable, at, "state")


def keep_deliverable(actor: Actor, deliverable: Deliverable, at: datetime, *columns: str) -> Deliverable:
    """Write what a verb has changed, with who and when."""
    deliverable.version += 1
    deliverable.changed_at, deliverable.changed_by_id = at, actor.person
    deliverable.save(update_fields=[*columns, "version", "changed_at", "changed_by_id"])
    return deliverable


def _agrees(actor: Actor, deliverable: Deliverable) -> bool:
    """Whether whoever says that silence counts speaks for the side that it binds, and may review for it."""
    is_bound = actor.organisation == deliverable.reviews_for_id
    may = actor.can("review-deliverables", deliverable.engagement_id)
    return deliverable.is_silence_acceptance and is_bound and may


def _ask_about_silence(actor: Actor, deliverable: Deliverable, at: datetime) -> None:
    if deliverable.is_silence_acceptance and not deliverable.is_silence_agreed:
        key = f"{SILENCE_ASKED}:{deliverable.pk}:{deliverable.version}"
        later(SILENCE_ASKED, deliverable, due_at=at, key=key, actor=actor)
