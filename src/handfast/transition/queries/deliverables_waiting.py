"""What of the deliverables waits for an actor: to be reviewed, to be handed in, to be agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from handfast.engagement.models import Party
from handfast.people.models import Membership, lasting
from handfast.transition.models import Deliverable
from handfast.transition.queries.deliverables import deemed_by

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor

State = Deliverable.State


def reviews_of(actor: Actor, *, at: datetime) -> QuerySet[Deliverable]:
    """Under review by the actor's side: by the actor as the one who is asked, or by nobody who is asked and still here.

    In a sample nobody answers, so its reviews do not end.
    """
    here = Membership.objects.filter(
        lasting(), engagement_id=OuterRef("engagement_id"), person_id=OuterRef("reviewer_id")
    )
    rows = _reviewed_by(actor).filter(~deemed_by(at) | Q(engagement__is_sample=True), state=State.SUBMITTED)
    return rows.filter(Q(reviewer_id__in=_asked(actor)) | ~Exists(here))


def _asked(actor: Actor) -> list[object]:
    """The actor, and those for whom they stand in as a reviewer."""
    others = (one.person for one in actor.stand_ins if "review-deliverables" in one.words)
    return [actor.person, *others]


def hand_ins_of(actor: Actor, *, before: date) -> QuerySet[Deliverable]:
    """What the actor hands in by name, late or due before a day."""
    rows: QuerySet[Deliverable] = Deliverable.objects.filter(
        space_id__in=actor.reach.reads,
        engagement_id__in=_where(actor, "report-progress"),
        owner_id=actor.person,
        owner_id__isnull=False,
        state__in=Deliverable.TO_HAND_IN,
        due_on__lt=before,
    )
    return rows


def silences_asked_of(actor: Actor) -> QuerySet[Deliverable]:
    """Where the other side asks that no answer in time is an acceptance."""
    return _reviewed_by(actor).filter(
        state__in=Deliverable.TO_HAND_IN, is_silence_acceptance=True, is_silence_agreed=False
    )


def _reviewed_by(actor: Actor) -> QuerySet[Deliverable]:
    """Those of the other side, where the actor reviews for their own."""
    mine = Party.objects.filter(
        engagement_id=OuterRef("engagement_id"), organisation_id=actor.organisation
    ).exclude(side=OuterRef("submits_side"))
    rows: QuerySet[Deliverable] = Deliverable.objects.filter(
        Exists(mine),
        space_id__in=actor.reach.reads,
        engagement_id__in=_where(actor, "review-deliverables"),
    )
    return rows


def _where(actor: Actor, capability: str) -> list[object]:
    return [one for one in actor.capabilities if actor.can(capability, one)]
