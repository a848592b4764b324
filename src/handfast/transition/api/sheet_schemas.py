"""What the API takes and tells of rows of a spreadsheet."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class SheetIn(Schema):
    """A table as text, parted by tabs, commas or semicolons; the columns are those of the plan's export.

    `as_seen` is the plan's, `is_internal` says that what is new is only the own side's.
    """

    as_seen: str
    rows: str = Field(max_length=1_000_000)
    is_internal: bool = False
    reason: str = Field("", max_length=4000)
    is_preview: bool = False


class PlanDifferenceOut(Schema):
    """One cell that says something else than the plan."""

    head: str
    before: str
    after: str


class FaultOut(Schema):
    """What is wrong with a row, by the head of its column."""

    head: str
    said: str


class SheetLineOut(Schema):
    """A row: `new`, `changed`, `proposed`, `same` or `refused`; a stale one was changed since its file was made."""

    row: int
    name: str
    outcome: str
    why: str
    is_stale: bool
    starts_on: date | None
    ends_on: date | None
    differences: list[PlanDifferenceOut]
    faults: list[FaultOut]


class SheetOut(Schema):
    """What comes of it, or what has come of it."""

    said: str
    lines: list[SheetLineOut]
