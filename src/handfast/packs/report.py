"""What a pack says, apart from how it is written: frozen as canonical JSON, read back by every form of file.

A text is never markup, formula or link. Numbers are texts with all their digits; an address is a path below the house's own.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Written(BaseModel):
    """A part of what is frozen: nothing is changed, nothing unknown is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Number(Written):
    """A number with all its digits, and what stands after it: `66.41` and ` %`."""

    number: Decimal
    suffix: str = ""

    def __str__(self) -> str:
        return f"{self.number:,f}{self.suffix}"


class Day(Written):
    """A day."""

    on: date

    def __str__(self) -> str:
        return f"{self.on.day} {self.on:%b %Y}"


class Instant(Written):
    """An instant, in UTC; it is shown in the zone of the report."""

    at: AwareDatetime


class Link(Written):
    """A text that leads back to the page that explains it."""

    said: str
    path: str


Cell = str | Number | Day | Instant | Link | None


class Facts(Written):
    """Names and what they are, one under the other."""

    part: Literal["facts"] = "facts"
    title: str = ""
    rows: tuple[tuple[str, Cell], ...]


class Column(Written):
    """A head; `share` is how wide it is beside the others, `is_number` that it stands at the right.

    `is_on_paper` says that a page has room for it: a workbook always has.
    """

    name: str
    share: int = 2
    is_number: bool = False
    is_on_paper: bool = True


class Table(Written):
    """Rows under heads; the last `totals` rows are strong. `none` stands where there are no rows."""

    part: Literal["table"] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    totals: int = 0
    note: str = ""
    none: str = "None."
    is_on_slides: bool = True


class Point(Written):
    """A month of a level: its value, nothing where there is none, and how it was judged."""

    month: str
    value: Decimal | None
    verdict: str


class Trend(Written):
    """A level by month against what was agreed."""

    part: Literal["trend"] = "trend"
    title: str
    unit: str
    points: tuple[Point, ...]
    expected: Decimal | None = None
    minimum: Decimal | None = None


class Bars(Written):
    """Counts by name, each a bar."""

    part: Literal["bars"] = "bars"
    title: str
    bars: tuple[tuple[str, int], ...]


Part = Annotated[Facts | Table | Trend | Bars, Field(discriminator="part")]


class Page(Written):
    """What is said of one thing: its title, its one computed sentence, its parts, and where the house explains it.

    One that is continued may stand below the one before it, where paper has room.
    """

    title: str
    sentence: str
    parts: tuple[Part, ...] = ()
    path: str = ""
    is_continued: bool = False


class Look(Written):
    """How the author's organisation wants its packs: a colour, and a logo as PNG in base64 with its size in pixels."""

    accent: str = "#171a21"
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0


class Report(Written):
    """All that a pack says. `origin` is the house's own address, before every path."""

    format: Literal[1] = 1
    id: str
    kind: str
    title: str
    engagement: str
    parties: tuple[str, ...]
    audience: str
    author: str
    made_for: str
    made_at: AwareDatetime
    zone: str
    origin: str
    path: str
    look: Look = Look()
    pages: tuple[Page, ...]

    def address(self, path: str) -> str:
        """A path as an address that leads back from a file."""
        return f"{self.origin}{path}"


def facts_of(report: Report) -> dict[str, object]:
    """The report as plain values, of which the canonical bytes are made."""
    return report.model_dump(mode="json")


def plain_instant(at: datetime) -> Instant:
    """An instant to the second, in UTC."""
    return Instant(at=at.replace(microsecond=0))
