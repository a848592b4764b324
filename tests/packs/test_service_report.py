"""The monthly report says on one page each what the statement, the registers and the plan say, to whoever reads it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pptx import Presentation
from tests.operate.month import AT
from tests.packs.making import a_frozen, made
from tests.packs.test_packs import an_issue, content_of, deal_of, pdf_text

from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import entered
from handfast.governance.actions import move_entry, write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.packs.queries.packs import report_of
from handfast.packs.report import Table, Trend

if TYPE_CHECKING:
    from tests.operate.month import Month

    from handfast.packs.models import Pack

pytestmark = pytest.mark.django_db
MARCH = {"period": "2026-03"}


def reported(month: Month, *, audience: str = "shared") -> Pack:
    month.issued()
    return made(month.client, deal_of(month), "service-report", MARCH, audience=audience)


def decided(month: Month, title: str, on: str) -> None:
    actor, register = month.client, REGISTERS["decisions"]
    with entered(actor.reach):
        space = space_to_write_in(actor, deal_of(month), is_internal=False)
    said = EntrySaid(title, "", None, None, (), {"decided": f"Yes to {title}", "decided_on": on})
    entry = write_entry(actor, space, register=register, said=said, at=AT)
    move_entry(actor, entry, to="decided", at=AT)


def test_report_opens_each_page_with_a_computed_sentence(month: Month) -> None:
    an_issue(month, "Refunds wait for a second approval")
    decided(month, "One queue for refunds", "2026-03-20")
    decided(month, "Something of April", "2026-04-02")
    pages = {one.title: one for one in report_of(reported(month)).pages}
    assert pages["Service levels, March 2026"].sentence.startswith("One of one level missed its minimum.")
    assert pages["Open issues"].sentence == "1 issue open, 0 of them late."
    assert pages["Open actions"].sentence == "No action is open."
    assert pages["Decided"].sentence == "1 decision in March 2026."
    assert "Something of April" not in pages["Decided"].model_dump_json()


def test_trend_is_drawn_from_the_statements_figures_in_every_form(month: Month) -> None:
    pack = reported(month)
    (trend,) = (one for one in report_of(pack).pages[0].parts if isinstance(one, Trend))
    assert [(one.month, str(one.value), one.verdict) for one in trend.points] == [
        ("2026-03", "66.67", "Missed")
    ]
    deck: Any = Presentation(io.BytesIO(content_of(pack, "pptx")))
    chart = next(one.chart for slide in deck.slides for one in slide.shapes if one.has_chart)
    assert tuple(chart.plots[0].series[0].values) == (66.67,)
    assert "66.67 %" in pdf_text(content_of(pack, "pdf"))


def test_report_for_both_leaves_out_what_one_side_keeps(month: Month) -> None:
    an_issue(month, "Private of the client", is_own=True)
    shared, own = reported(month), made(month.client, deal_of(month), "service-report", MARCH, audience="own")
    assert "Private of the client" not in shared.body
    assert "Private of the client" in own.body


def test_long_register_says_how_many_more_there_are(month: Month) -> None:
    for number in range(42):
        an_issue(month, f"Issue {number}")
    page = next(one for one in report_of(reported(month)).pages if one.title == "Open issues")
    table = next(one for one in page.parts if isinstance(one, Table))
    assert (len(table.rows), table.note) == (40, "And 2 more, in the register.")


@pytest.mark.parametrize("period", ["2026-01", "2026-13", "march"])
def test_month_that_was_not_issued_has_no_report(month: Month, period: str) -> None:
    month.issued()
    with pytest.raises(NotSeen):
        a_frozen(month.client, deal_of(month), "service-report", {"period": period})
