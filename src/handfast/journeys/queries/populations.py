"""Populations: all rows of one kind that the actor reads, and a count of them that is asked of the database by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q

from handfast.foundation.models import Entry, Head
from handfast.foundation.refusals import NotSeen
from handfast.governance.queries.entries import entries_seen_by as register_entries_seen_by
from handfast.governance.queries.entries import is_register_of
from handfast.governance.registers import REGISTERS
from handfast.journeys.queries.journal import entries_seen_by, spaces_seen_by
from handfast.operate.queries.statements import statements_seen_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.web.exports import Cell

JOURNAL, STATEMENTS = "journal", "statements"
BLOCK_ROWS = 500
MOST_NAMED = 100  # missing numbers that are named one by one


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open; None is open to that end."""

    since: datetime | None = None
    until: datetime | None = None

    def within(self, instant: str) -> Q:
        """The condition on a field."""
        begun = Q(**{f"{instant}__gte": self.since}) if self.since else Q()
        return begun & Q(**{f"{instant}__lt": self.until}) if self.until else begun


@dataclass(frozen=True, slots=True)
class Population:
    """One kind of rows. A row has a number within its series; `counting` asks the same of another table where there is one."""

    kind: str
    name: str
    heads: tuple[str, ...]
    every: QuerySet[Any]
    instant: str
    series: str
    number: str
    cells: Callable[[Any], tuple[Cell, ...]]
    counting: tuple[QuerySet[Any], str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What the database counts of one series. `elsewhere` are numbers between first and last of another time."""

    name: str
    rows: int
    first: int
    last: int
    elsewhere: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """How far a journal went, and its head, when the rows were taken."""

    space: UUID
    entries: int
    hash: str


def population_names(actor: Actor, deal: Engagement) -> dict[str, str]:
    """Every kind that the actor's side has, as it is called."""
    kept = (one for one in REGISTERS.values() if is_register_of(actor, deal, one))
    return {one.key: str(one.name) for one in kept} | {STATEMENTS: "Statements", JOURNAL: "Journal"}


def population_seen_by(actor: Actor, deal: Engagement, kind: str) -> Population:
    """One kind, in all spaces of the engagement that the actor reads. Raises NotSeen."""
    if kind in REGISTERS and is_register_of(actor, deal, REGISTERS[kind]):
        return _register(actor, deal, kind)
    if kind == STATEMENTS:
        return _statements(actor, deal)
    if kind == JOURNAL:
        return _journal(actor, deal)
    raise NotSeen


def rows_of(population: Population, period: Period) -> Iterator[tuple[str, int, tuple[Cell, ...]]]:
    """Each row once, by series and number: its series, its number and its cells."""
    rows = population.every.filter(period.within(population.instant))
    for one in rows.order_by(population.series, population.number).iterator(chunk_size=BLOCK_ROWS):
        yield str(_of(one, population.series)), int(_of(one, population.number)), population.cells(one)


def counted(population: Population, period: Period) -> list[Series]:
    """Asked of the database in a question of its own, which shares nothing with the reading of the rows but the period."""
    rows, instant, series, number = population.counting or (
        population.every, population.instant, population.series, population.number,
    )  # fmt: skip
    within = rows.order_by().filter(period.within(instant))
    told = within.values(series).annotate(rows=Count("pk"), first=Min(number), last=Max(number))
    return [_counted(rows, period.within(instant), series, number, one) for one in told.order_by(series)]


def heads_seen_by(actor: Actor, engagement: UUID) -> list[ChainHead]:
    """The heads of the journals that the actor reads, to be held against later."""
    spaces = [one.pk for one in spaces_seen_by(actor, engagement)]
    found = Head.objects.filter(space_id__in=spaces).order_by("space_id")
    return [ChainHead(one.space_id, one.sequence, one.hash) for one in found]


def _counted(rows: QuerySet[Any], within: Q, series: str, number: str, told: dict[str, Any]) -> Series:
    first, last = told["first"], told["last"]
    between = {series: told[series], f"{number}__gt": first, f"{number}__lt": last}
    elsewhere = (
        set(rows.order_by().filter(~within, **between).values_list(number, flat=True)) if within else set()
    )
    gone = last - first + 1 - told["rows"] - len(elsewhere)
    missing: tuple[int, ...] = ()
    if gone:
        there = set(rows.order_by().filter(within, **{series: told[series]}).values_list(number, flat=True))
        missing = tuple(sorted(set(range(first, last + 1)) - there - elsewhere)[:MOST_NAMED])
    return Series(str(told[series]), told["rows"], first, last, len(elsewhere), missing)


def _of(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _register(actor: Actor, deal: Engagement, kind: str) -> Population:
    register = REGISTERS[kind]
    heads = (
        "space", "number", "title", "text", "state", "owner", "due on", "tags",
        *(one.key for one in register.own), "version", "created at", "created by", "changed at", "changed by",
    )  # fmt: skip

    def cells(one: Any) -> tuple[Cell, ...]:
        own = (str(one.own.get(field.key) or "") for field in register.own)
        return (
            str(one.space_id), one.number, one.title, one.text, one.state, _id(one.owner_id), one.due_on, one.tags,
            *own, one.version, one.created_at, _id(one.created_by_id), one.changed_at, _id(one.changed_by_id),
        )  # fmt: skip

    every = register_entries_seen_by(actor, deal.pk, register)
    return Population(kind, register.name, heads, every, "created_at", "space_id", "number", cells)


def _statements(actor: Actor, deal: Engagement) -> Population:
    heads = (
        "period",
        "revision",
        "state",
        "digest",
        "as of",
        "issued at",
        "issued by",
        "answered at",
        "answered by",
    )

    def cells(one: Any) -> tuple[Cell, ...]:
        return (
            one.period, one.revision, one.state, one.digest, one.as_of, one.issued_at, _id(one.issued_by_id),
            one.answered_at, _id(one.answered_by_id),
        )  # fmt: skip

    every = statements_seen_by(actor, deal.pk)
    return Population(STATEMENTS, "Statements", heads, every, "issued_at", "period", "revision", cells)


def _journal(actor: Actor, deal: Engagement) -> Population:
    heads = (
        "space",
        "sequence",
        "at",
        "action",
        "subject",
        "person",
        "organisation",
        "erased",
        "commitment",
        "hash",
    )

    def cells(one: Any) -> tuple[Cell, ...]:
        return (
            str(one.space_id), one.entry.sequence, one.at, one.action, _id(one.subject_id), _id(one.person_id),
            _id(one.organisation_id), "" if one.salt else "erased", one.entry.commitment, one.entry.hash,
        )  # fmt: skip

    every = entries_seen_by(actor, deal.pk)
    chains = Entry.objects.filter(space_id__in=[one.pk for one in spaces_seen_by(actor, deal.pk)])
    counting = (chains, "contents__at", "space_id", "sequence")
    return Population(JOURNAL, "Journal", heads, every, "at", "space_id", "entry__sequence", cells, counting)


def _id(value: UUID | None) -> str:
    return "" if value is None else str(value)
