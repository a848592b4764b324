"""Deliverables as they are seen, and where they stand by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q

from handfast.evidence.queries.things import Finder, Thing
from handfast.foundation.sight import the_one
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.models import Deliverable, ReviewRound

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

KIND, PAGE, PREFIX = "deliverable", "transition:deliverable", "DL-"
MOST_DIGITS = 9
State = Deliverable.State


def deliverables_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Deliverable]:
    """All of an engagement, by their days."""
    rows: QuerySet[Deliverable] = Deliverable.objects.filter(
        engagement_id=engagement, space_id__in=actor.reach.reads
    )
    return rows


def deliverable_seen_by(actor: Actor, deliverable: UUID) -> Deliverable:
    """One of them, with its engagement. Raises NotSeen."""
    rows = Deliverable.objects.filter(pk=deliverable, space_id__in=actor.reach.reads)
    found: Deliverable = the_one(rows.select_related("engagement").prefetch_related("engagement__parties"))
    return found


def rounds_of(deliverable: Deliverable) -> list[ReviewRound]:
    """Every time that it was handed in, the last first."""
    return list(ReviewRound.objects.filter(deliverable=deliverable).order_by("-number"))


def clock_of(deal: Engagement, at: datetime) -> datetime:
    """By which instant reviews end: now, and of a sample that of its newest change, since nobody answers in it."""
    if not deal.is_sample:
        return at
    newest = Deliverable.objects.filter(space_id=deal.space_id).aggregate(newest=Max("changed_at"))["newest"]
    return min(at, newest or at)


def day_of_clock(deal: Engagement, clock: datetime) -> date:
    """The day by which something is late, in the contract's zone."""
    return clock.astimezone(zone_named(deal.zone)).date()


def over_by(clock: datetime) -> Q:
    """Whose review has ended without an answer."""
    return Q(state=State.SUBMITTED, review_ends_at__lte=clock)


def deemed_by(clock: datetime) -> Q:
    """What silence has accepted, whether the worker has written it down or not."""
    return over_by(clock) & Q(is_silence_acceptance=True, is_silence_agreed=True)


def states_by(clock: datetime, states: Sequence[str]) -> Q:
    """Which stand so by the clock."""
    kept = Q(state__in=states) & ~deemed_by(clock)
    return kept | deemed_by(clock) if State.DEEMED in states else kept


def standing_of(one: Deliverable, clock: datetime) -> dict[str, Any]:
    """What it says, with its state by the clock."""
    names = (
        "number", "name", "title", "text", "submits_side", "owner_id", "reviewer_id", "due_on", "review_days",
        "is_silence_acceptance", "is_silence_agreed", "round", "review_ends_at", "seen_as",
    )  # fmt: skip
    state = one.state_at(clock)
    is_deemed = state == State.DEEMED
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk,
        "state": state,
        "decided_at": one.review_ends_at if is_deemed else one.decided_at,
        "is_review_overdue": one.is_review_over(clock) and not is_deemed,
    }


def deliverable_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """For comments, files and links: those of these ids that the actor sees."""
    rows = Deliverable.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [thing_of(one) for one in rows.select_related("space")]


def deliverable_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The one that is called so, as `DL-3`."""
    number = number_in(text)
    if number is None:
        return None
    rows = deliverables_seen_by(actor, engagement).filter(number=number)
    found = rows.select_related("space").first()
    return thing_of(found) if found else None


def number_in(text: str) -> int | None:
    """The number that a text names, as `DL-3`."""
    digits = text.strip().upper().removeprefix(PREFIX)
    is_named = text.strip().upper().startswith(PREFIX)
    is_number = is_named and digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if is_number else None


def thing_of(one: Deliverable) -> Thing:
    return Thing(KIND, one.pk, one.engagement_id, one.space, f"{one.name}, {one.title}", PAGE)


FINDER = Finder(PAGE, deliverable_things, deliverable_numbered)
