"""Call people to something that happened: each by a notice in their side's own space, and each side's channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Outgoing
from handfast.journeys.channelling import tell_channels
from handfast.journeys.telling import NOTIFY
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from handfast.foundation.outbox import Task
    from handfast.people.models import Membership


def call(task: Task, engagement: UUID, members: Iterable[Membership]) -> None:
    """Plant a row for each person, in their side's own space, where the notice will stand; and one for its channels."""
    told = list(members)
    tell_channels(task, engagement, [one.organisation_id for one in told])
    rows = [
        Outgoing(
            kind=f"{NOTIFY}.{task.row.kind}",
            space_id=internal_space_of(member.organisation_id, engagement).pk,
            subject_id=task.subject,
            organisation_id=member.organisation_id,
            person_id=member.person_id,
            key=f"{task.key}:{member.person_id}",
            due_at=task.now(),
        )
        for member in told
    ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
