"""Hand authority to a colleague for some days, and end that early."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.languages import said_later
from handfast.foundation.models import Outgoing
from handfast.kernel.worktime.zones import zone_named
from handfast.people.models import Delegation, Membership, lasting
from handfast.people.permissions import may_end_delegation, may_hand_over
from handfast.people.queries.delegating import NAMED, NEVER
from handfast.people.refusals import DelegationEnded, DelegationRefused
from handfast.people.roles import capabilities_of

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

DELEGATION_BEGINS = "people.delegation_begins"
AUDITOR = "auditor"  # who judges what was done does nothing of it
LONGEST = timedelta(days=366)


@action(permits=may_hand_over, records="delegation.made")
def hand_over(
    actor: Actor,
    space: Space,
    /,
    *,
    to: UUID,
    words: Sequence[str],
    starts_on: date,
    ends_on: date,
    at: datetime,
) -> Delegation:
    """Hand what one may do in the engagement of this own space to a colleague's membership, for a half-open span.

    The days are those of one's own zone. What is handed on by somebody else is not one's own, and is never handed
    further. Raises DelegationRefused.
    """
    rows = Membership.objects.filter(
        lasting(),
        engagement_id__in=[space.engagement_id],
        organisation_id__in=[actor.organisation],
    ).select_related("person")
    mine, other = (
        rows.filter(person_id__in=[actor.person]).first(),
        rows.filter(pk=to, person__is_active=True).first(),
    )
    faults = []
    if mine is None or other is None or other.pk == mine.pk or AUDITOR in other.roles:
        faults.append(
            ("to", said_later("choose a colleague of your own organisation who is in this engagement"))
        )
    own = capabilities_of(mine.roles) - NEVER if mine else frozenset()
    if set(words) - NAMED.keys() or (words and set(words) - own):
        faults.append(("words", said_later("choose among what you may do yourself")))
    if not (FIRST <= starts_on < LAST) or not starts_on < ends_on <= starts_on + LONGEST:
        faults.append(
            (
                "ends_on",
                said_later("the first day on which you are back, after the first day away, within a year"),
            )
        )
    if faults or mine is None or other is None:
        raise DelegationRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    zone = zone_named(mine.person.zone)
    starts_at, ends_at = (datetime.combine(day, time(), zone) for day in (starts_on, ends_on))
    if ends_at <= at:
        raise DelegationRefused(
            "ends_on: these days are over", [("ends_on", said_later("these days are over"))]
        )
    made = Delegation.objects.create(
        membership=mine, delegate=other, journal_space_id=space.pk, words=sorted(set(words)), starts_on=starts_on,
        ends_on=ends_on, starts_at=starts_at, ends_at=ends_at, made_at=at,
    )  # fmt: skip
    _plant_notice(made, max(starts_at, at))
    return made


@action(permits=may_end_delegation, records="delegation.ended")
def end_delegation(actor: Actor, delegation: Delegation, /, *, at: datetime) -> Delegation:
    """It gives nothing from this moment on. Raises DelegationEnded."""
    if delegation.ended_at is not None or delegation.ends_at <= at:
        raise DelegationEnded("this delegation has ended already")
    delegation.ended_at = at
    delegation.save(update_fields=["ended_at"])
    return delegation


def _plant_notice(made: Delegation, due_at: datetime) -> None:
    """The row by which the delegate hears of it when it begins."""
    row = Outgoing(
        kind=DELEGATION_BEGINS, space_id=made.journal_space_id, subject_id=made.pk,
        organisation_id=made.membership.organisation_id, key=f"{DELEGATION_BEGINS}:{made.pk}", due_at=due_at,
    )  # fmt: skip
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)
