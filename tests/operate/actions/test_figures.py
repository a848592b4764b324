"""A sheet comes in whole or not at all, changes nothing that is computed, and is taken back by the side that brought it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.operate.month import AT, Month, a_month

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.operate.actions import bring_in_figures, withdraw_sheet
from handfast.operate.queries.figures import months_told, sheet_seen_by, standing_figures
from handfast.operate.reading.figures import Figure, Row
from handfast.operate.refusals import FiguresRefused, FiguresStand, SheetWithdrawn

if TYPE_CHECKING:
    from handfast.operate.models import FigureSheet

pytestmark = pytest.mark.django_db
FEBRUARY = Figure("2026-02", "first_response", Decimal("95.4"), 41, 43, Decimal(100))
JANUARY = Figure("2026-01", "first_response", Decimal(91))


@pytest.fixture
def month() -> Month:
    return a_month()


def brought(month: Month, *figures: Figure, side: str = "provider") -> FigureSheet:
    rows = [Row(place, (), one) for place, one in enumerate(figures, start=2)]
    actor = month.provider if side == "provider" else month.client
    return bring_in_figures(actor, month.bargain.agreement, side=side, name="year.csv", rows=rows, at=AT)


def standing(month: Month) -> list[Figure]:
    with entered(month.provider.reach):
        return list(standing_figures(month.bargain.agreement).values())


def test_sheet_stands_with_its_rows_in_order_and_its_digest(month: Month) -> None:
    sheet = brought(month, FEBRUARY, JANUARY)
    assert [one["period"] for one in sheet.figures] == ["2026-01", "2026-02"]
    assert (sheet.number, sheet.rows, len(sheet.digest)) == (1, 2, 64)
    assert standing(month) == [JANUARY, FEBRUARY]
    assert brought(month, replace(JANUARY, value=Decimal(90))).digest != sheet.digest


def test_later_sheet_stands_in_the_place_of_what_it_tells_again(month: Month) -> None:
    brought(month, FEBRUARY, JANUARY)
    changed = replace(FEBRUARY, credit=Decimal(80))
    later = brought(month, changed, JANUARY, side="client")
    assert [one["period"] for one in later.figures] == ["2026-02"]
    assert standing(month) == [JANUARY, changed]
    withdraw_sheet(month.client, later, at=AT)
    assert standing(month) == [JANUARY, FEBRUARY]


def test_one_refused_row_refuses_the_sheet(month: Month) -> None:
    rows = [Row(2, (), JANUARY), Row(3, (), None, (("value", "write the value that was reported"),))]
    with pytest.raises(FiguresRefused, match="row 3: Value: write the value"):
        bring_in_figures(month.provider, month.bargain.agreement, side="provider", name="a", rows=rows, at=AT)
    assert standing(month) == []


def test_sheet_that_tells_nothing_new_is_refused(month: Month) -> None:
    brought(month, JANUARY)
    with pytest.raises(FiguresStand):
        brought(month, replace(JANUARY, value=Decimal("91.00")))


def test_only_the_side_that_brought_a_sheet_withdraws_it_and_once(month: Month) -> None:
    sheet = brought(month, JANUARY)
    with pytest.raises(NotPermitted):
        withdraw_sheet(month.client, sheet, at=AT)
    withdraw_sheet(month.provider, sheet, at=AT)
    with pytest.raises(SheetWithdrawn):
        withdraw_sheet(month.provider, sheet, at=AT)


def test_reader_brings_nothing_in_and_rival_sees_no_sheet(month: Month) -> None:
    with pytest.raises(NotPermitted):
        bring_in_figures(
            month.bargain.reader, month.bargain.agreement, side="client", name="a", rows=[Row(2, (), JANUARY)], at=AT
        )  # fmt: skip
    sheet = brought(month, JANUARY)
    with entered(month.bargain.rival.reach), pytest.raises(NotSeen):
        sheet_seen_by(month.bargain.rival, sheet.pk)


def test_statement_of_the_same_month_is_computed_as_without_the_sheet(month: Month) -> None:
    before = month.drafted(month.provider).digest
    brought(month, replace(FEBRUARY, period="2026-03"))
    assert month.drafted(month.provider).digest == before


def test_credit_of_a_month_is_the_whole_one_where_it_is_told_else_the_sum(month: Month) -> None:
    brought(month, FEBRUARY, JANUARY, Figure("2026-02", "", credit=Decimal(250)))
    with entered(month.provider.reach):
        told = months_told(month.bargain.agreement)
    assert [(one.period, one.figures, one.credit_text) for one in told] == [
        ("2026-02", 1, "250.00"),
        ("2026-01", 1, ""),
    ]
