"""The one door for every change: permission, transaction, journal, and what follows, in one decorator."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import OperationalError, models, transaction

from handfast.foundation.fence import Spaced
from handfast.foundation.journal import Pending, link
from handfast.foundation.models import Space
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import current_reach, entered, linking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.foundation.actor import Actor

Given = ParamSpec("Given")
Subject = TypeVar("Subject", bound=models.Model)
Result = TypeVar("Result")

# PostgreSQL tells one of two transactions to give way: deadlock, or a serialisation failure.
GIVE_WAY = frozenset({"40P01", "40001"})
MOST_DEADLOCKS = 3
ACTIONS: dict[str, Callable[..., Any]] = {}
UNRECORDED: dict[str, str] = {}
_PENDING: ContextVar[list[Pending] | None] = ContextVar("pending", default=None)


def action(
    *, permits: Callable[[Actor, Any], bool], records: str
) -> Callable[
    [Callable[Concatenate[Actor, Subject, Given], Result]],
    Callable[Concatenate[Actor, Subject, Given], Result],
]:
    """Make a verb of a function `(actor, subject, /, *, …, at)`.

    Within one transaction: the subject is read again, locked; `permits` is asked; the body runs; one entry is
    written to the journal of the subject's space. What an inner action does joins the outer one's transaction
    and is linked with it. An argument `as_seen` is compared with the subject's `seen_as`: another value means
    that the form is stale. Raises NotSeen, NotPermitted, Conflict, and whatever the body refuses.
    """

    def made(
        body: Callable[Concatenate[Actor, Subject, Given], Result],
    ) -> Callable[Concatenate[Actor, Subject, Given], Result]:
        @functools.wraps(body)
        def act(actor: Actor, subject: Subject, /, *args: Given.args, **given: Given.kwargs) -> Result:
            as_seen = given.pop("as_seen", None)
            return _again_after_deadlock(lambda: once(actor, subject, as_seen, *args, **given))

        def once(actor: Actor, subject: Subject, as_seen: object, *args: Any, **given: Any) -> Result:
            at = cast("datetime", given["at"])
            with entered(actor.reach), _linked() as pending, transaction.atomic():
                row = _read_again(subject)
                by = _acting(actor, row, permits, at)
                if not _may_write(row) or not _reads_journal_of(actor, row) or by is None:
                    raise NotPermitted(f"{_told(records)}: your role does not include it")
                if as_seen is not None and as_seen != row.seen_as:  # type: ignore[attr-defined]  # only models that have forms
                    raise Conflict("somebody changed this since you opened it: look again, nothing was saved")
                before = _fields_of(row)
                result = body(actor, row, *args, **given)
                about = _told_of(row, result, before)
                pending.append(_pending(actor, about, _journal_space_of(row, result), records, at, by))
            return result

        if records in ACTIONS:
            raise RuntimeError(f"two actions record {records!r}")
        ACTIONS[records] = act
        act.permits = permits  # type: ignore[attr-defined]  # read by pages that show what may be done
        return act

    return made


def unrecorded(
    *, permits: Callable[[Actor, Any], bool], because: str
) -> Callable[
    [Callable[Concatenate[Actor, Subject, Given], Result]],
    Callable[Concatenate[Actor, Subject, Given], Result],
]:
    """Make a verb of a function `(actor, subject, /, *, …)` that no journal may or can tell of, for the reason given.

    All else is as with `action`: transaction, the subject read again and locked, `permits`. Raises NotSeen, NotPermitted.
    """

    def made(
        body: Callable[Concatenate[Actor, Subject, Given], Result],
    ) -> Callable[Concatenate[Actor, Subject, Given], Result]:
        @functools.wraps(body)
        def act(actor: Actor, subject: Subject, /, *args: Given.args, **given: Given.kwargs) -> Result:
            def once() -> Result:
                with entered(actor.reach), transaction.atomic():
                    row = _read_again(subject)
                    if not _may_write(row) or not permits(actor, row):
                        raise NotPermitted(f"{body.__name__.replace('_', ' ')}: that is not yours to do")
                    return body(actor, row, *args, **given)

            return _again_after_deadlock(once)

        UNRECORDED[f"{body.__module__}.{body.__name__}"] = because
        return act

    return made


def _again_after_deadlock(once: Callable[[], Result]) -> Result:
    """Run a whole transaction; two that wait for each other are begun again, by the one that was told to give way.

    Inside another transaction there is nothing to begin again: its outermost action does that.
    """
    if _PENDING.get() is not None or transaction.get_connection().in_atomic_block:
        return once()
    for _ in range(MOST_DEADLOCKS):
        try:
            return once()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in GIVE_WAY:
                raise
    return once()


@contextmanager
def _linked() -> Iterator[list[Pending]]:
    """Collects entries; the outermost action links them all as the last statements of its transaction."""
    outer = _PENDING.get()
    if outer is not None:
        mark = len(outer)
        try:
            yield outer
        except BaseException:
            del outer[mark:]
            raise
        return
    collected: list[Pending] = []
    token = _PENDING.set(collected)
    try:
        with transaction.atomic():
            yield collected
            with linking(frozenset(one.space for one in collected)):
                link(collected)
    finally:
        _PENDING.reset(token)


def _read_again(subject: Subject) -> Subject:
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    row = (rows.select_for_update() if _may_write(subject) else rows).first()
    if row is None or (isinstance(row, Space) and row.pk not in current_reach().reads):
        raise NotSeen
    return row


def _acting(
    actor: Actor, row: models.Model, permits: Callable[[Actor, Any], bool], at: datetime
) -> tuple[UUID, ...] | None:
    """For whom the actor acts beside themselves: nobody where their own roles suffice; None where they may not at all.

    Whoever stands in for somebody does so in this transaction, or not: the delegation is held until it ends.
    """
    if permits(actor.as_themselves(), row):
        return ()
    for one in actor.stand_ins:
        if permits(actor.standing_in(one), row) and one.holds(at):
            return (one.person,)
    return None


def _may_write(row: models.Model) -> bool:
    """Whether the reach writes where the row lives. A space is the parent of what is new in it."""
    match row:
        case Spaced():
            return row.space_id in current_reach().writes
        case Space():
            return row.pk in current_reach().writes
    return True


def _reads_journal_of(actor: Actor, row: models.Model) -> bool:
    """Whether the actor reads where the change will be told: the entry names the organisation that they act for."""
    space = getattr(row, "journal_space_id", None)
    return space is None or isinstance(row, Space) or space in actor.reach.reads


def _told(records: str) -> str:
    noun, _, verb = records.rpartition(".")
    return f"{noun.replace('_', ' ')} {verb.replace('_', ' ')}"


def _told_of(
    subject: models.Model, result: object, before: dict[str, Any]
) -> tuple[models.Model, dict[str, Any]]:
    """What the entry is about, and what changed: the subject itself, or a new thing under it."""
    if not isinstance(result, models.Model) or (type(result), result.pk) == (type(subject), subject.pk):
        told = result if isinstance(result, models.Model) else subject
        return told, {"before": before, "after": _fields_of(told)}
    under = [subject._meta.label_lower, str(subject.pk)]
    return result, {"before": None, "after": _fields_of(result), "under": under}


def _pending(  # noqa: PLR0913, PLR0917 - what the entry tells
    actor: Actor, about: tuple[models.Model, dict[str, Any]], space: UUID, records: str, at: datetime,
    stood_in_for: tuple[UUID, ...],
) -> Pending:  # fmt: skip
    told, changed = about
    payload = {
        "action": records,
        "at": at.isoformat(),
        "subject": [told._meta.label_lower, str(told.pk)],
        "person": str(actor.person) if actor.person else None,
        "organisation": str(actor.organisation) if actor.organisation else None,
        **({"on_behalf_of": str(stood_in_for[0])} if stood_in_for else {}),
        **changed,
    }
    return Pending(space, records, UUID(str(told.pk)), actor.person, actor.organisation, at, payload)


def _journal_space_of(subject: models.Model, result: object) -> UUID:
    """The subject's space; where it has none, as a person, that of what was made."""
    for row in (subject, result):
        if isinstance(row, Spaced):
            return row.space_id
        if space := getattr(row, "journal_space_id", None):
            return cast("UUID", space)
    raise TypeError(f"{type(subject).__name__} has no journal: neither it nor what was made lives in a space")


def _fields_of(row: models.Model) -> dict[str, Any]:
    """The values that the model names in `journal_fields`, as plain words, numbers and ids."""
    return {name: _plain(getattr(row, name)) for name in getattr(row, "journal_fields", ())}


def _plain(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() | UUID() | Decimal() | Fraction():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
    raise TypeError(f"{type(value).__name__} has no plain form for the journal")
