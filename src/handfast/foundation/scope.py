"""The fence: no query of a spaced record runs without a reach, none looks past it, none writes past it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


class OutsideTheFence(RuntimeError):  # noqa: N818 - the house's word
    """A bug, never a refusal: code asked for spaced records without a reach, or wrote outside of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The spaces that may be read and written; what may be written may be read. Empty means nothing, never all.

    `tables` narrows further, to the models of these labels ("transition.plan"); None leaves every table.
    """

    reads: frozenset[UUID] = field(default_factory=frozenset)
    writes: frozenset[UUID] = field(default_factory=frozenset)
    tables: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if not self.writes <= self.reads:
            raise OutsideTheFence("a reach writes where it does not read")

    def narrowed_by(self, inner: Reach) -> Reach:
        """What both allow."""
        if self.tables is None or inner.tables is None:
            tables = self.tables if inner.tables is None else inner.tables
        else:
            tables = self.tables & inner.tables
        return Reach(self.reads & inner.reads, self.writes & inner.writes, tables)

    def holds(self, table: str) -> bool:
        """Whether rows of a table are within it at all."""
        return self.tables is None or table in self.tables


_REACH: ContextVar[Reach | None] = ContextVar("reach", default=None)


def current_reach() -> Reach:
    """The reach that was entered."""
    reach = _REACH.get()
    if reach is None:
        raise OutsideTheFence("no reach was entered: a door enters it, by `entered(actor.reach)`")
    return reach


def reach_if_any() -> Reach:
    """The reach that was entered, or an empty one: for the database's own walls, which must always be told."""
    return _REACH.get() or Reach()


@contextmanager
def entered(reach: Reach) -> Iterator[Reach]:
    """Within, queries see `reach`; inside another reach only what both allow."""
    outer = _REACH.get()
    kept = reach if outer is None else outer.narrowed_by(reach)
    token = _REACH.set(kept)
    try:
        yield kept
    finally:
        _REACH.reset(token)


def found(space: UUID) -> None:
    """Reach a space that was made in this very transaction, until the reach that was entered is left.

    Only `spaces.open_space` may ask: nobody else can have put anything into a space that did not exist.
    """
    outer = current_reach()
    _REACH.set(Reach(outer.reads | {space}, outer.writes | {space}, outer.tables))


@contextmanager
def linking(spaces: frozenset[UUID]) -> Iterator[None]:
    """Within, the journals of these spaces can be written: each was written by an action that might.

    Only `actions` may ask, for the last statements of a transaction whose inner reaches are left already.
    """
    outer = current_reach()
    token = _REACH.set(Reach(outer.reads | spaces, outer.writes | spaces, outer.tables))
    try:
        yield
    finally:
        _REACH.reset(token)


# What runs in a reach of its own, and the tables that it needs: a job is added here, in sight of whoever reviews.
JOURNAL = frozenset({"foundation.entry", "foundation.contents", "foundation.head"})
PLAN = frozenset(
    f"transition.{name}"
    for name in ("plan", "wave", "step", "activity", "link", "freeze", "dates", "proposedchange")
)
DEAL = frozenset({"engagement.engagement", "engagement.party"})
TOLD = frozenset(
    {
        "evidence.comment",
        "evidence.file",
        "evidence.mention",
        "governance.decisionrequest",
        "governance.registerentry",
        "journeys.notice",
        "readiness.gatedecision",
        "readiness.gatesignature",
    }
)
JOBS: dict[str, frozenset[str]] = {
    "date the plan": PLAN | JOURNAL | DEAL,
    "simulate the plan": PLAN | JOURNAL | DEAL,
    "tell a reader": TOLD | DEAL,
}
# Jobs that write nothing, whatever the reach of whoever asks for them.
READING = frozenset({"tell a reader"})


@contextmanager
def reached_by_job(job: str, spaces: frozenset[UUID]) -> Iterator[Reach]:
    """Within, a named job reads its own tables in these spaces, and writes them if it may, whoever asked for it.

    It replaces the reach of whoever asks instead of narrowing it: so it knows no table but those of `JOBS`, and
    the job must tell nobody what the asker may not see. Raises OutsideTheFence for a job that is not named.
    """
    if job not in JOBS:
        raise OutsideTheFence(f"{job!r} is not a job with a reach of its own")
    reach = Reach(spaces, frozenset() if job in READING else spaces, JOBS[job])
    token = _REACH.set(reach)
    try:
        yield reach
    finally:
        _REACH.reset(token)
