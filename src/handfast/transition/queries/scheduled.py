"""The schedule of a plan, and the few that were computed last: who previews a change asks for the same one again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.schedule import Schedule

KEPT = 4
_LAST: deque[Schedule] = deque(maxlen=KEPT)


def scheduled(plan: Plan) -> Schedule:
    """As `schedule`; a plan that is equal in everything has the same answer. Raises PlanRefused."""
    for found in tuple(_LAST):
        if found.plan == plan:
            return found
    made = schedule(plan)
    _LAST.append(made)
    return made
