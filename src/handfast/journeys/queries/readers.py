"""Who is to hear of what happened: who can answer it, who is named; and whether they still see it when it is sent."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from handfast.evidence.models import Mention
from handfast.foundation.scope import reached_by_job
from handfast.people.models import Membership, lasting
from handfast.people.queries import actor_for
from handfast.people.roles import capabilities_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Deliverable, ReviewRound


def members_who_can(capability: str, engagement: UUID) -> list[Membership]:
    """The members of both sides of an engagement whose roles give the capability."""
    return [one for one in _members(engagement) if capability in capabilities_of(one.roles)]


def members_named(persons: Sequence[UUID], engagement: UUID, organisation: UUID | None) -> list[Membership]:
    """Those of an engagement by their ids, each once; of one organisation only, where a space is its own."""
    rows = _members(engagement).filter(person_id__in=persons)
    if organisation is not None:
        rows = rows.filter(organisation_id=organisation)
    return list({one.person_id: one for one in rows}.values())


def member_told(person: UUID, engagement: UUID, organisation: UUID) -> Membership | None:
    """The person's membership, while it lasts and they can sign in."""
    return _members(engagement).filter(person_id=person, organisation_id=organisation).first()


def reviewers_of(deliverable: Deliverable) -> list[Membership]:
    """Whoever is asked to review it by name; else, or where they left, all who review for that side."""
    able = [
        one
        for one in members_who_can("review-deliverables", deliverable.engagement_id)
        if one.side == deliverable.reviews_side
    ]
    return [one for one in able if one.person_id == deliverable.reviewer_id] or able


def submitters_of(one: ReviewRound) -> list[Membership]:
    """Whoever handed it in and whoever owns it; where neither is here any more, all who report for that side."""
    able = [
        member
        for member in members_who_can("report-progress", one.deliverable.engagement_id)
        if member.side == one.deliverable.submits_side
    ]
    asked = (one.submitted_by_id, one.deliverable.owner_id)
    return [member for member in able if member.person_id in asked] or able


@contextmanager
def read_as(member: Membership) -> Iterator[Actor]:
    """Within, the worker reads what the person reads at this moment for this organisation, and writes nothing."""
    actor = actor_for(member.person, member.organisation_id)
    with reached_by_job("tell a reader", actor.reach.reads):
        yield actor


def mention_waits(member: Membership, comment: UUID) -> bool:
    """Whether the person still reads a comment that mentions them, and has not said that they have seen it."""
    with read_as(member) as actor:
        return Mention.objects.filter(
            space_id__in=actor.reach.reads,
            comment_id=comment,
            person_id=member.person_id,
            seen_at__isnull=True,
            comment__withdrawn_at__isnull=True,
        ).exists()


def _members(engagement: UUID) -> QuerySet[Membership]:
    rows = Membership.objects.filter(lasting(), engagement_id=engagement, person__is_active=True)
    return rows.select_related("person", "organisation").order_by("began_at", "id")
