"""What is reported and not measured: a value of a month, a sheet of figures, and a step that is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.contract.deal import AT

from handfast.journeys.actions import skip_step
from handfast.operate.actions import bring_in_figures, report_value
from handfast.operate.queries.reported import Report
from handfast.operate.reading.figures import Figure, Row

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.contract.models import Agreement


def brought_in(deal: Deal, agreement: Agreement) -> None:
    """By the provider and by the client, each private word marked."""
    _reported(deal, agreement)
    rows = [Row(2, (), Figure("2026-02", "first_response", Decimal("95.4"), credit=Decimal(100)))]
    sheet = bring_in_figures(
        deal.actor("provider"), agreement, side="provider", name=f"{deal.said('sheet')}.csv", rows=rows, at=AT
    )
    reason = f"Kept {deal.said('skipped')}"
    skipped = skip_step(deal.actor("client"), deal.engagement, step="documents", reason=reason, at=AT)
    deal.shared |= {"sheet": str(sheet.pk), "skipped": str(skipped.pk)}


def _reported(deal: Deal, agreement: Agreement) -> None:
    """What the provider reports of March, with the file that it rests on."""
    told = f"Manager {deal.said('attested')}"
    said, name = {"number": "4.25"}, f"{deal.said('survey')}.pdf"
    report = Report("satisfaction", "2026-03", said, told, name, deal.said("survey").encode().hex()[:64])
    made = report_value(deal.actor("provider"), agreement, side="provider", report=report, at=AT)
    deal.shared["value"] = str(made.pk)
