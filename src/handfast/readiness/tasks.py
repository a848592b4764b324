"""What the worker does for readiness: writes down how the criteria of a gate stand, where that has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.outbox import Rule, handles
from handfast.readiness.actions import note_standings
from handfast.readiness.models import Gate
from handfast.readiness.queries.laying import GATE_TOUCHED, JUDGE_GATE

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


def judge_gate(task: Task) -> None:
    """Evidence changes in every room: each hour it is looked at, and what a verb of this room touched at once."""
    rows = Gate.objects.filter(pk=task.subject).select_related("engagement")
    gate = rows.prefetch_related("engagement__parties").first()
    if gate is not None:
        note_standings(task.actor, gate, at=task.now())


handles(JUDGE_GATE, Rule(every=timedelta(hours=1)))(judge_gate)
handles(GATE_TOUCHED)(judge_gate)
