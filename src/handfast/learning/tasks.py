"""What the worker does about learning: a test whose time is over is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.outbox import handles
from handfast.foundation.scope import entered
from handfast.learning.actions.sitting import SITTING_OVER, close_sitting
from handfast.learning.models import Sitting

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(SITTING_OVER)
def sitting_over(task: Task) -> None:
    """Nothing where it was handed in."""
    with entered(task.actor.reach):
        found = Sitting.objects.filter(pk=task.subject, closed_at__isnull=True).first()
        if found is not None:
            close_sitting(task.actor, found, at=task.now())
