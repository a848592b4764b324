"""The outbox: what is sent or done after a change, by a worker that holds each row under a lease."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.foundation.actor import Actor, worker_in
from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from handfast.foundation.fence import Spaced

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
WHOLE = 1000
log = logging.getLogger("handfast.outbox")


@dataclass(frozen=True, slots=True)
class Task:
    """One row in the hands of a worker; `now` asks the door's clock, `key` names it for ever."""

    row: Outgoing
    now: Callable[[], datetime]

    @property
    def subject(self) -> UUID:
        return self.row.subject_id

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def actor(self) -> Actor:
        """The worker, within the row's space and nowhere else."""
        return worker_in(self.row.space_id, self.row.organisation_id)

    def progress(self, done: int, whole: int, said: str = "") -> None:
        """Tell how far it is, and keep the lease. Raises LeaseLost where another worker took over."""
        share = WHOLE if whole <= 0 else min(WHOLE, done * WHOLE // whole)
        held = Outgoing.objects.filter(pk=self.row.pk, lease=self.row.lease, done_at__isnull=True)
        if not held.update(done_share=share, said=said[:200], leased_until=self.now() + LEASE):
            raise LeaseLost(self.row.key)


class LeaseLost(RuntimeError):  # noqa: N818 - it says what happened, as the log shows it
    """Another worker holds the row: what this one still does must not be kept."""


Handler = "Callable[[Task], datetime | None]"
HANDLERS: dict[str, Callable[[Task], datetime | None]] = {}


def handles(
    kind: str,
) -> Callable[[Callable[[Task], datetime | None]], Callable[[Task], datetime | None]]:
    """Register the one handler of a kind; it returns when it is due again, or None."""

    def made(handler: Callable[[Task], datetime | None]) -> Callable[[Task], datetime | None]:
        if kind in HANDLERS:
            raise RuntimeError(f"two handlers for {kind!r}")
        HANDLERS[kind] = handler
        return handler

    return made


def later(  # noqa: PLR0913 - each is a column of the row
    kind: str,
    subject: Spaced,
    *,
    due_at: datetime,
    key: str = "",
    actor: Actor | None = None,
    person: UUID | None = None,
) -> None:
    """Write a row in the transaction of the change; the same key twice is once. `person` is who it goes to."""
    row = Outgoing(
        kind=kind,
        space_id=subject.space_id,
        subject_id=subject.pk,
        organisation_id=actor.organisation if actor else None,
        person_id=person,
        key=key or f"{kind}:{subject.pk}",
        due_at=due_at,
    )
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)


def claimed(at: datetime, only: Outgoing | None = None) -> Outgoing | None:
    """The next row that is due and held by nobody, leased; of two workers one gets it."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    waiting = Outgoing.objects.filter(free, due_at__lte=at, done_at__isnull=True, failed_at__isnull=True)
    if only is not None:
        waiting = waiting.filter(pk=only.pk)
    for row in waiting.order_by("due_at")[:10]:
        lease = uuid.uuid4()
        is_ours = Outgoing.objects.filter(free, pk=row.pk, done_at__isnull=True).update(
            lease=lease, leased_until=at + LEASE, attempts=row.attempts + 1
        )
        if is_ours:
            row.lease, row.attempts = lease, row.attempts + 1
            return row
    return None


def work_once(now: Callable[[], datetime]) -> bool:
    """Do one row, if one is due. A refusal or a bug is tried again later, up to eight times."""
    row = claimed(now())
    if row is None:
        return False
    task = Task(row, now)
    try:
        with entered(task.actor.reach):
            due_again = HANDLERS[row.kind](task)
    except LeaseLost:
        log.warning("lost the lease of %s", row.key)
    except Exception as error:  # the worker must outlive any row
        log.exception("%s failed, attempt %s", row.key, row.attempts)
        _put_back(row, now(), str(error) if isinstance(error, Refusal) else type(error).__name__)
    else:
        _finish(row, now(), due_again)
    return True


def _held(row: Outgoing) -> Q:
    return Q(pk=row.pk, lease=row.lease, done_at__isnull=True)


def _finish(row: Outgoing, at: datetime, due_again: datetime | None) -> None:
    if due_again is not None:
        next_row = Outgoing(
            kind=row.kind, space_id=row.space_id, subject_id=row.subject_id, organisation_id=row.organisation_id,
            person_id=row.person_id, key=f"{row.kind}:{row.subject_id}:{due_again.isoformat()}", due_at=due_again,
        )  # fmt: skip
        Outgoing.objects.bulk_create([next_row], ignore_conflicts=True)
    Outgoing.objects.filter(_held(row)).update(done_at=at, done_share=WHOLE, leased_until=None)


def _put_back(row: Outgoing, at: datetime, said: str) -> None:
    is_last = row.attempts >= MOST_ATTEMPTS
    Outgoing.objects.filter(_held(row)).update(
        leased_until=None,
        due_at=at + timedelta(seconds=2**row.attempts),
        failed_at=at if is_last else None,
        said=said[:200],
    )
