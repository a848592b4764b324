"""What a deal's gates begin with, and where each stands in its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.readiness.reading.laid import GateLaid, gates_for
from handfast.transition.models import Activity, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.engagement.models import Engagement

# The kinds of rows in the outbox: each hour, and once because a verb touched it.
JUDGE_GATE, GATE_TOUCHED = "readiness.judge_gate", "readiness.gate_touched"
# In which activity of the templates a go-live is decided; of other gates it is the milestone of their last step.
DECIDES = {"realignment": "go_live.decide", "go_live": "golive.ready"}


def gates_to_lay(deal: Engagement) -> list[GateLaid]:
    """By the steps of its plan; none where it has no plan."""
    rows = Step.objects.filter(plan__engagement=deal, space_id=deal.space_id)
    return gates_for(deal.size, {one.key: (one.lead, one.criteria) for one in rows})


def steps_of_plan(deal: Engagement) -> list[str]:
    """The keys of the plan's steps, in their order."""
    rows = Step.objects.filter(plan__engagement=deal, space_id=deal.space_id)
    return list(rows.order_by("number", "key").values_list("key", flat=True))


def place_in_plan(deal: Engagement, steps: Sequence[str]) -> UUID | None:
    """The activity that dates a gate: where it is decided, else the last milestone of its steps."""
    rows = Activity.objects.filter(
        plan__engagement=deal, space_id=deal.space_id, removed_at__isnull=True, wave=1
    )
    decided = rows.filter(key__in=[DECIDES[key] for key in steps if key in DECIDES]).first()
    points = rows.filter(step_key__in=list(steps)).exclude(kind=Activity.Kind.WORK)
    found = decided or points.order_by("-position").first()
    return found.pk if found else None
