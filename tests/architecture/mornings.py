"""The daily mail of everybody, on the morning after the day of which the deals tell."""

from __future__ import annotations

from datetime import UTC, datetime

from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import Task
from handfast.foundation.scope import entered
from handfast.journeys.digesting import mail_digest
from handfast.people.actions.mailing import MAIL_DIGEST

MORNING = datetime(2026, 4, 17, 8, tzinfo=UTC)


def mail_digests() -> None:
    """As the worker does it, whenever their rows are due."""
    for row in Outgoing.objects.filter(kind=MAIL_DIGEST):
        task = Task(row, lambda: MORNING)
        with entered(task.actor.reach):
            mail_digest(task)
