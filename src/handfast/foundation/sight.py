"""Sight, as every room's `…_seen_by` ends: the one row that was asked for, or nothing that can be seen."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db import models

_SEEN: ContextVar[set[UUID] | None] = ContextVar("seen", default=None)
Row = TypeVar("Row", bound="models.Model")


def the_one(rows: models.QuerySet[Row]) -> Row:
    """The first of the rows. Raises NotSeen where there is none."""
    row = rows.first()
    if row is None:
        raise NotSeen
    seen, space = _SEEN.get(), getattr(row, "space_id", None)
    if seen is not None and space is not None:
        seen.add(space)
    return row


@contextmanager
def watched() -> Iterator[set[UUID]]:
    """Within, the spaces of what is seen by itself are gathered: which engagement an address led to is known by its thing."""
    seen: set[UUID] = set()
    token = _SEEN.set(seen)
    try:
        yield seen
    finally:
        _SEEN.reset(token)
