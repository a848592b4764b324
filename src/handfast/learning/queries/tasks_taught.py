"""The tasks of the process inventory that a topic may be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.governance.models import RegisterEntry
from handfast.learning.models import Topic

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement

INVENTORY, LEFT_OUT, STOPPED = "processes", "out-of-scope", "stop"


def tasks_of(deal: Engagement, kept: Topic | None = None) -> list[RegisterEntry]:
    """Those that both sides see, that are in scope and not to be stopped, and that no topic is about but `kept`."""
    here = {"engagement": deal, "space_id": deal.space_id}
    taught = Topic.objects.filter(**here, process__isnull=False)
    others = taught.exclude(pk=kept.pk) if kept else taught
    rows = RegisterEntry.objects.filter(**here, register=INVENTORY).exclude(
        pk__in=others.values("process_id")
    )
    in_scope = rows.exclude(state=LEFT_OUT).order_by("number")
    return [one for one in in_scope if one.own.get("decision") != STOPPED]
