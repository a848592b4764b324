"""What the worker does for a person and their organisation, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from handfast.foundation.models import Outgoing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def tasks_seen_by(actor: Actor) -> QuerySet[Outgoing]:
    """The rows of the actor's organisation in spaces that they read, without those that go to somebody else.

    A sample that is being loaded has no space yet: its own id stands for one, and only its person asks for it.
    """
    mine, nobodys = Q(person_id__in=[actor.person]), Q(person_id__isnull=True)
    here = Q(space_id__in=actor.reach.reads, organisation_id__in=[actor.organisation]) & (mine | nobodys)
    loading = Q(space_id=F("pk"), organisation_id__isnull=True) & mine
    return Outgoing.objects.filter(here | loading).order_by("-due_at", "pk")
