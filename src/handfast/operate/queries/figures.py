"""What is asked of figures as they were reported: which stand, and how they differ from what was computed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from handfast.contract.queries import parsed_terms, terms_in_force
from handfast.foundation.sight import the_one
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.models import FigureSheet, Statement
from handfast.operate.reading.figures import Figure, Known, LevelTold, figure_from
from handfast.operate.refusals import NoTermsYet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.operate.reading.figures import Row

Outcome = Literal["new", "changed", "same", "refused"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A row of a sheet and what becomes of it; `before` is the figure that stands, where there is one."""

    row: Row
    outcome: Outcome
    before: Figure | None = None


@dataclass(frozen=True, slots=True)
class MonthTold:
    """A month as it was reported."""

    period: str
    rows: tuple[Figure, ...]

    @property
    def figures(self) -> int:
        """How many levels it tells a value of."""
        return sum(one.value is not None for one in self.rows)

    @property
    def credit(self) -> Decimal | None:
        """The credit of the whole month where it is told, else the sum of its levels; None where nothing is."""
        whole = next((one.credit for one in self.rows if not one.level and one.credit is not None), None)
        told = [one.credit for one in self.rows if one.credit is not None]
        return whole if whole is not None else sum(told, Decimal(0)) if told else None

    @property
    def credit_text(self) -> str:
        return "" if self.credit is None else f"{self.credit:,.2f}"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that stands beside what a statement says of the same; `computed` is None where none does."""

    figure: Figure
    level: LevelTold | None
    computed: Decimal | None = None
    computed_credit: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """By how much the reported value lies over the computed one; None where there is nothing to compare."""
        value = self.figure.value
        return None if value is None or self.computed is None else value - self.computed

    @property
    def credit_difference(self) -> Decimal | None:
        credit = self.figure.credit
        return None if credit is None or self.computed_credit is None else credit - self.computed_credit


def sheets_seen_by(actor: Actor, engagement: UUID) -> QuerySet[FigureSheet]:
    """Every sheet of an engagement, the latest first, withdrawn ones too."""
    rows: QuerySet[FigureSheet] = FigureSheet.objects.filter(
        agreement__engagement_id=engagement, space_id__in=actor.reach.reads
    )
    return rows.select_related("agreement").order_by("-number")


def sheet_seen_by(actor: Actor, sheet: UUID) -> FigureSheet:
    """One sheet. Raises NotSeen."""
    rows: QuerySet[FigureSheet] = FigureSheet.objects.filter(pk=sheet, space_id__in=actor.reach.reads)
    return the_one(rows.select_related("agreement"))


def standing_figures(agreement: Agreement) -> dict[tuple[str, str], Figure]:
    """By month and level what the latest sheet says that is not withdrawn."""
    sheets = FigureSheet.objects.filter(agreement=agreement, withdrawn_at__isnull=True).order_by("number")
    return figures_of(sheets)


def figures_of(sheets: Sequence[FigureSheet] | QuerySet[FigureSheet]) -> dict[tuple[str, str], Figure]:
    """The same of sheets in their order."""
    found = (figure_from(one) for sheet in sheets for one in sheet.figures)
    return {one.subject: one for one in found}


def months_told(agreement: Agreement) -> list[MonthTold]:
    """The months of which figures stand as they were reported, the latest first."""
    months: dict[str, list[Figure]] = {}
    for one in standing_figures(agreement).values():
        months.setdefault(one.period, []).append(one)
    return [MonthTold(period, tuple(rows)) for period, rows in sorted(months.items(), reverse=True)]


def levels_known(agreement: Agreement) -> list[LevelTold]:
    """The levels of the terms in force, those of the last version first. Raises NoTermsYet."""
    version = terms_in_force(agreement)
    if version is None:
        raise NoTermsYet("no terms are in force: write the terms first, they name the service levels")
    found: dict[str, LevelTold] = {}
    for part in reversed(parsed_terms(version).versions):
        for key, level in part.terms.levels.items():
            found.setdefault(key, LevelTold(key, level.name, part.terms.measure_of(key).unit))
    return list(found.values())


def known_of(agreement: Agreement, *, at: datetime) -> Known:
    """What the rows of a sheet are held against. Raises NoTermsYet."""
    zone = zone_named(agreement.engagement.zone)
    return Known(levels_known(agreement), agreement.currency, f"{at.astimezone(zone):%Y-%m}")


def looked_at(rows: Sequence[Row], standing: Mapping[tuple[str, str], Figure]) -> list[Looked]:
    """What becomes of each row."""
    return [_looked(one, standing) for one in rows]


def _looked(row: Row, standing: Mapping[tuple[str, str], Figure]) -> Looked:
    if row.figure is None:
        return Looked(row, "refused")
    before = standing.get(row.figure.subject)
    if before is None:
        return Looked(row, "new")
    return Looked(row, "same" if before == row.figure else "changed", before)


def told_of(agreement: Agreement, levels: Sequence[LevelTold]) -> list[Told]:
    """Every figure that stands, the latest month first, beside the issued statement of its month."""
    standing = standing_figures(agreement)
    if not standing:
        return []
    computed = _computed(agreement, {period for period, _ in standing})
    by_key = {one.key: (place, one) for place, one in enumerate(levels)}
    last = (len(by_key), None)
    found = [
        (figure, *by_key.get(figure.level, last), computed.get(figure.period, {}).get(figure.level, (None, None)))
        for figure in standing.values()
    ]  # fmt: skip
    found.sort(key=lambda one: (one[0].period, -one[1]), reverse=True)
    return [Told(figure, level, *values) for figure, _, level, values in found]


def _computed(
    agreement: Agreement, periods: set[str]
) -> dict[str, dict[str, tuple[Decimal | None, Decimal | None]]]:
    """By month and level the value and credit of the statement that stands; under no level the month's credit."""
    rows = Statement.objects.filter(agreement=agreement, period__in=periods)
    rows = rows.exclude(state=Statement.State.SUPERSEDED)
    return {one.period: _values(json.loads(one.body)) for one in rows.only("period", "body")}


def _values(body: Mapping[str, Any]) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    money = body["consequence"] or {}
    credits_ = {line["level"]: _amount(line.get("credit")) for line in money.get("lines", ())}
    found = {one["id"]: (_amount(one["value"]), credits_.get(one["id"])) for one in body["levels"]}
    return found | {"": (None, _amount(money.get("credit")))}


def _amount(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)
