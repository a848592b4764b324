"""Surveys as they are seen: of both sides and the own one's; whom they are sent to only the side that sends them sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from handfast.foundation.models import Space
from handfast.foundation.sight import the_one
from handfast.people.models import Membership, lasting
from handfast.surveys.models import Survey, SurveyInvitation

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def surveys_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Survey]:
    """All of an engagement that the actor reads, the newest first, each with how many have answered."""
    rows = Survey.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    told: QuerySet[Survey] = rows.select_related("engagement").annotate(answered=Count("answers"))
    return told.order_by("-drafted_at", "-number", "id")


def survey_seen_by(actor: Actor, survey: UUID) -> Survey:
    """One of them. Raises NotSeen."""
    rows = Survey.objects.filter(pk=survey, space_id__in=actor.reach.reads)
    found: Survey = the_one(rows.select_related("engagement", "space").annotate(answered=Count("answers")))
    return found


def invitations_seen_by(actor: Actor, survey: Survey) -> QuerySet[SurveyInvitation]:
    """Whom it is sent to, for the side that sends it; for the other side nobody."""
    rows = SurveyInvitation.objects.filter(survey=survey, space_id__in=actor.reach.reads)
    found: QuerySet[SurveyInvitation] = rows if actor.organisation == survey.sent_for_id else rows.none()
    return found


def groups_of(actor: Actor, survey: Survey) -> list[tuple[str, int]]:
    """Every group with how many are invited, for the side that sends it."""
    rows = invitations_seen_by(actor, survey).order_by("group").values_list("group")
    return [(group, count) for group, count in rows.annotate(count=Count("pk"))]


def next_number(space: Space, engagement: UUID) -> int:
    """Numbers run within a space, so that what one side asks for itself leaves no gap in what both read."""
    rows = Survey.objects.filter(space=space, engagement_id=engagement)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def members_to_ask(survey: Survey) -> QuerySet[Membership]:
    """Who of the engagement can be asked: everybody, of an internal survey the own side's people."""
    rows = Membership.objects.filter(lasting(), engagement_id=survey.engagement_id, person__is_active=True)
    is_own = Space.objects.filter(pk=survey.space_id, kind=Space.Kind.INTERNAL).exists()
    of_whom = Q(organisation_id=survey.sent_for_id) if is_own else Q()
    return (
        rows.filter(of_whom).select_related("person", "organisation").order_by("side", "person__name", "id")
    )
