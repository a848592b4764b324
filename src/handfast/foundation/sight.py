"""Sight, as every room's `…_seen_by` ends: the one row that was asked for, or nothing that can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from django.db import models

Row = TypeVar("Row", bound="models.Model")


def the_one(rows: models.QuerySet[Row]) -> Row:
    """The first of the rows. Raises NotSeen where there is none."""
    row = rows.first()
    if row is None:
        raise NotSeen
    return row
