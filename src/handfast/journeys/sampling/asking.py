"""Asking the worker for a sample, and how far it is with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Outgoing
from handfast.foundation.refusals import NotPermitted

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

LOAD = "journeys.load_sample"


def ask_for_sample(actor: Actor, key: str, *, at: datetime) -> None:
    """Plant the row once. It belongs to no space, since the sample's are not there yet: its own id stands for one."""
    if actor.person is None:
        raise NotPermitted("sample loaded: a program cannot ask for one")
    row = Outgoing(
        kind=f"{LOAD}.{key}", subject_id=actor.person, person_id=actor.person, key=f"{LOAD}.{key}:{actor.person}", due_at=at
    )  # fmt: skip
    row.space_id = row.pk
    Outgoing.objects.filter(key=row.key, done_at__isnull=False).delete()
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)


def loading_share(person: UUID) -> int | None:
    """How far the sample that a person asked for is, in percent; None where none is being loaded."""
    rows = Outgoing.objects.filter(
        kind__startswith=LOAD, person_id=person, done_at__isnull=True, failed_at__isnull=True
    )
    found = rows.values_list("done_share", flat=True).first()
    return None if found is None else found // 10
