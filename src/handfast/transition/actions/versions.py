"""Every shared change of the plan raises its version, once: of two at one moment one is first, the other looks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.fence import Spaced
    from handfast.transition.queries.effects import Effect

DATE_PLAN = "transition.date_plan"


def count_change(
    plan: Plan, changed: Spaced, *, actor: Actor, at: datetime, effect: Effect | None = None
) -> None:
    """Count a change of `changed`, and ask for new dates. Raises Conflict where `effect` was of an older version.

    A change of what is internal leaves no trace in the shared row: how often one side changes its own business is
    its own business.
    """
    if changed.space_id == plan.space_id:
        rows = Plan.objects.filter(pk=plan.pk)
        if effect is not None:
            rows = rows.filter(version=effect.version)
        if not rows.update(version=F("version") + 1):
            raise Conflict("the plan has changed since you opened it: look again, nothing was saved")
        plan.refresh_from_db(fields=["version"])
    later(DATE_PLAN, plan, due_at=at, actor=actor, key=f"{DATE_PLAN}:{changed.pk}:{at.isoformat()}")
