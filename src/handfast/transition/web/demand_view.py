"""The demand as people ask for it: how many days of which of my people, and in which weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from handfast.foundation.web.exports import Cell
    from handfast.kernel.scheduling.demand import Demand

WEEK = timedelta(days=7)
SIDES = ("client", "provider")
HEADS = ("Side", "Role", "ISO week", "Monday", "Days asked", "Days released", "Over by")


@dataclass(frozen=True, slots=True)
class Asked:
    """One role in one week: days asked, days released (None where nothing was said), and whether it asks too much."""

    monday: date
    asked: Decimal
    released: Decimal | None
    over: Decimal

    @property
    def said(self) -> str:
        """All of it in words."""
        released = "nothing released" if self.released is None else f"{self.released} released"
        over = f", {self.over} too many" if self.over else ""
        return f"week of {self.monday:%d %b}: {self.asked} days asked, {released}{over}"


@dataclass(frozen=True, slots=True)
class RoleDemand:
    """One role of a side: its weeks, in the order of the head; None where nothing is asked."""

    role: str
    asked: Decimal
    first: date
    last: date
    busiest: Asked
    cells: tuple[Asked | None, ...]
    is_released: bool

    @property
    def over(self) -> tuple[Asked, ...]:
        """The weeks that ask more than was released."""
        return tuple(one for one in self.cells if one is not None and one.over)


@dataclass(frozen=True, slots=True)
class SideDemand:
    """What the plan asks of one side, the role with most days first."""

    side: str
    name: str
    is_mine: bool
    asked: Decimal
    roles: tuple[RoleDemand, ...]
    weeks: tuple[date, ...]

    @property
    def busiest_week(self) -> date:
        """The week that asks most of all roles together; the first of equals."""
        sums = [
            sum((cell.asked for row in self.roles if (cell := row.cells[place]) is not None), Decimal())
            for place in range(len(self.weeks))
        ]
        return self.weeks[sums.index(max(sums))]

    @property
    def over_weeks(self) -> int:
        """Weeks of a role that ask more than was released."""
        return sum(len(row.over) for row in self.roles)


def demand_view(found: Sequence[Demand], names: Mapping[str, str], mine: str) -> tuple[SideDemand, ...]:
    """Both sides, the reader's own first; a side of which nothing is asked is left out."""
    order = sorted(SIDES, key=lambda side: side != mine)
    return tuple(
        _side(side, names[side], side == mine, [one for one in found if one.side == side])
        for side in order
        if any(one.side == side for one in found)
    )


def demand_rows(found: Sequence[Demand], names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the export: a role in a week each."""
    for one in found:
        cell = _cell(one)
        year, week, _ = one.monday.isocalendar()
        over = cell.over or None
        yield names[one.side], one.role, f"{year}-W{week:02d}", one.monday, cell.asked, cell.released, over


def _side(side: str, name: str, is_mine: bool, found: Sequence[Demand]) -> SideDemand:
    first, last = min(one.monday for one in found), max(one.monday for one in found)
    weeks = tuple(first + place * WEEK for place in range((last - first).days // 7 + 1))
    by_role: dict[str, list[Demand]] = {}
    for one in found:
        by_role.setdefault(one.role, []).append(one)
    roles = sorted(
        (_role(role, rows, weeks) for role, rows in by_role.items()), key=lambda row: (-row.asked, row.role)
    )
    return SideDemand(
        side, name, is_mine, _days(sum((one.days for one in found), Fraction())), tuple(roles), weeks
    )


def _role(role: str, rows: Sequence[Demand], weeks: Sequence[date]) -> RoleDemand:
    cells = {one.monday: _cell(one) for one in rows}
    asked = _days(sum((one.days for one in rows), Fraction()))
    busiest = cells[max(rows, key=lambda one: one.days).monday]
    return RoleDemand(
        role, asked, min(cells), max(cells), busiest, tuple(cells.get(week) for week in weeks),
        rows[0].released is not None,
    )  # fmt: skip


def _cell(one: Demand) -> Asked:
    """Over only by what is over in full: figures are rounded, the question is not."""
    released = None if one.released is None else _days(one.released)
    over = _days(one.days - one.released) if one.released is not None and one.is_short else Decimal()
    return Asked(one.monday, _days(one.days), released, over)


def _days(days: Fraction) -> Decimal:
    return rounded(days, 2, "half up")
