"""Report a value for a month, and take a report back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.operate.models import ReportedValue
from handfast.operate.permissions import may_report_value, may_withdraw_reported_value
from handfast.operate.refusals import ReportWithdrawn

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.operate.queries.reported import Report

Kind = ReportedValue.Kind


@action(permits=may_report_value, records="reported_value.reported")
def report_value(
    actor: Actor, agreement: Agreement, /, *, side: str, report: Report, at: datetime
) -> ReportedValue:
    """Write what `report` says; it was read under the terms before (`queries.reported.checked_report`).

    An earlier report of the same measure and month stays; from `at` on the later one stands.
    """
    made: ReportedValue = ReportedValue.objects.create(
        space_id=agreement.space_id,
        agreement=agreement,
        kind=Kind.VALUE if report.measure else Kind.CHARGES,
        measure=report.measure,
        period=report.period,
        said=report.said,
        attested_by=report.attested_by,
        file_name=report.file_name,
        file_sha256=report.file_sha256,
        reported_at=at,
        reported_by_id=actor.person,
        reported_for_id=actor.organisation,
        reported_side=side,
    )
    return made


@action(permits=may_withdraw_reported_value, records="reported_value.withdrawn")
def withdraw_reported_value(actor: Actor, value: ReportedValue, /, *, at: datetime) -> ReportedValue:
    """Take a report back; an earlier one of the same measure and month stands again. Raises ReportWithdrawn."""
    if value.withdrawn_at is not None:
        raise ReportWithdrawn("this report was withdrawn before")
    value.withdrawn_at, value.withdrawn_by_id = at, actor.person
    value.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    return value
