"""The outbox: what is sent or done after a change, by a worker that holds each row under a lease."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from handfast.foundation.actor import Actor, worker_in
from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.fence import Spaced

LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(hours=6)
WHOLE = 1000
GIVEN_UP = "outbox.given_up"  # the kind of a row that says in its space that others were given up, once a day
KILLED = "every worker that took it ended before it did"
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


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a kind is tried, what is done when it is given up, and after how long it is due again."""

    attempts: int = 8
    every: timedelta | None = None
    given_up: Callable[[Task], None] | None = None


ONCE = Rule()  # eight attempts are four minutes: what fails so often fails by itself
SENDING = Rule(attempts=28)  # nearly four days: a mail server may be away over a weekend
HANDLERS: dict[str, Callable[[Task], None]] = {}
RULES: dict[str, Rule] = {}


def handles(kind: str, rule: Rule = ONCE) -> Callable[[Callable[[Task], None]], Callable[[Task], None]]:
    """Register the one handler of a kind."""

    def made(handler: Callable[[Task], None]) -> Callable[[Task], None]:
        if kind in HANDLERS:
            raise RuntimeError(f"two handlers for {kind!r}")
        HANDLERS[kind], RULES[kind] = handler, rule
        return handler

    return made


def rule_of(kind: str) -> Rule:
    """How a kind is treated."""
    return RULES.get(kind, ONCE)


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
        is_ours = Outgoing.objects.filter(
            free, pk=row.pk, done_at__isnull=True, failed_at__isnull=True
        ).update(lease=lease, leased_until=at + LEASE, attempts=row.attempts + 1)
        if is_ours:
            row.lease, row.attempts = lease, row.attempts + 1
            return row
    return None


def work_once(now: Callable[[], datetime]) -> bool:
    """Do one row, if one is due. What failed is tried again later, as often as its kind says, and then given up."""
    row = claimed(now())
    if row is None:
        return False
    task = Task(row, now)
    if (
        row.attempts > rule_of(row.kind).attempts
    ):  # only where workers were killed: a failure is counted below
        _give_up(task, KILLED)
        return True
    try:
        with entered(task.actor.reach):
            HANDLERS[row.kind](task)
    except LeaseLost:
        log.warning("lost the lease of %s", row.key)
    except Exception as error:  # the worker must outlive any row
        log.exception("%s failed, attempt %s", row.key, row.attempts)
        _put_back(task, str(error) if isinstance(error, Refusal) else type(error).__name__)
    else:
        _finish(row, now())
    return True


def given_up_rows() -> QuerySet[Outgoing]:
    """What was given up and stands so, the latest first."""
    return Outgoing.objects.filter(failed_at__isnull=False, done_at__isnull=True).order_by("-failed_at", "id")


def try_again(rows: QuerySet[Outgoing], at: datetime) -> int:
    """Put rows that were given up back to be tried from the first attempt; how many."""
    return rows.filter(failed_at__isnull=False, done_at__isnull=True).update(
        failed_at=None, attempts=0, due_at=at, leased_until=None, lease=None
    )


def _held(row: Outgoing) -> Q:
    return Q(pk=row.pk, lease=row.lease, done_at__isnull=True)


def _finish(row: Outgoing, at: datetime) -> None:
    _plant_next(row, at)
    Outgoing.objects.filter(_held(row)).update(done_at=at, done_share=WHOLE, leased_until=None)


def _plant_next(row: Outgoing, at: datetime) -> None:
    every = rule_of(row.kind).every
    if every is None:
        return
    next_row = Outgoing(
        kind=row.kind, space_id=row.space_id, subject_id=row.subject_id, organisation_id=row.organisation_id,
        person_id=row.person_id, key=f"{row.kind}:{row.subject_id}:{(at + every).isoformat()}", due_at=at + every,
    )  # fmt: skip
    Outgoing.objects.bulk_create([next_row], ignore_conflicts=True)


def _put_back(task: Task, said: str) -> None:
    row, at = task.row, task.now()
    if row.attempts >= rule_of(row.kind).attempts:
        _give_up(task, said)
        return
    wait = min(timedelta(seconds=2**row.attempts), LONGEST_WAIT)
    Outgoing.objects.filter(_held(row)).update(leased_until=None, due_at=at + wait, said=said[:200])


def _give_up(task: Task, said: str) -> None:
    """It is tried no more: its kind's own end first, then the row that lets people hear of it. What recurs goes on."""
    row, at = task.row, task.now()
    log.error("%s is given up after %s attempts: %s", row.key, row.attempts, said)
    try:
        if (end := rule_of(row.kind).given_up) is not None:
            with entered(task.actor.reach):
                end(task)
    except Exception:
        log.exception("%s could not even be given up", row.key)
    with transaction.atomic():
        if Outgoing.objects.filter(_held(row)).update(failed_at=at, leased_until=None, said=said[:200]):
            _plant_next(row, at)
            _let_hear(row, at)


def _let_hear(row: Outgoing, at: datetime) -> None:
    if row.kind.endswith(GIVEN_UP):
        return  # nobody is told that they could not be told
    told = Outgoing(
        kind=GIVEN_UP, space_id=row.space_id, subject_id=row.pk, key=f"{GIVEN_UP}:{row.space_id}:{at.date()}", due_at=at
    )  # fmt: skip
    Outgoing.objects.bulk_create([told], ignore_conflicts=True)
