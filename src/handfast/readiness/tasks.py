"""What the worker does for readiness: writes down how the criteria of a gate stand, where that has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.models import Contents
from handfast.foundation.outbox import Rule, handles
from handfast.readiness.actions import note_standings
from handfast.readiness.models import Gate
from handfast.readiness.queries.laying import GATE_TOUCHED, JUDGE_GATE
from handfast.readiness.queries.readiness import has_news

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.outbox import Task

EVERY = timedelta(minutes=5)
NEWEST = 40


def judge_gate(task: Task) -> None:
    """What a verb of this room touched at once, and what grows old by itself once an hour; a journal without news has none."""
    rows = Gate.objects.filter(pk=task.subject).select_related("engagement")
    gate = rows.prefetch_related("engagement__parties").first()
    if gate is not None and has_news(gate, at=task.now()):
        note_standings(task.actor, gate, at=task.now())


def look_at_gate(task: Task) -> None:
    """Evidence changes in every room: a gate is judged where any verb was done in its space since it was looked at last."""
    at, space = task.now(), task.row.space_id
    is_hourly = timedelta(minutes=at.minute) < EVERY
    if space is not None and (is_hourly or _was_moved(space, since=at - 2 * EVERY)):
        judge_gate(task)


def _was_moved(space: UUID, *, since: datetime) -> bool:
    """Whether something but a judgement is among the newest of the space's journal, and is that new."""
    rows = Contents.objects.filter(space_id=space).order_by("-entry__sequence")[:NEWEST]
    return any(at > since and verb != "gate.judged" for verb, at in rows.values_list("action", "at"))


handles(JUDGE_GATE, Rule(every=EVERY))(look_at_gate)
handles(GATE_TOUCHED)(judge_gate)
