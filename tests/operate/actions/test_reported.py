"""What one side reports stands until it reports again or takes it back, and counts as reported, never as measured."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.contract.deal import TERMS
from tests.operate.month import AT, POOL, Month, a_month

from handfast.contract.queries import parsed_terms, terms_in_force
from handfast.foundation.models import Entry
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.operate.actions import report_value, withdraw_reported_value
from handfast.operate.queries.computed import chosen_then, computed_month
from handfast.operate.queries.reported import Report, checked_report
from handfast.operate.refusals import MeasureNotReported, OtherSideReports, ReportUnfit, ReportWithdrawn

if TYPE_CHECKING:
    from handfast.operate.models import ReportedValue

pytestmark = pytest.mark.django_db
REPORTING = TERMS.replace(
    "levels:\n",
    """  satisfaction: {kind: reported, reported_by: provider, unit: number, rounding: {digits: 2, mode: half up}}
  audited: {kind: reported, reported_by: client, unit: percent, rounding: {digits: 2, mode: half up}}
levels:
  satisfaction: {name: Satisfaction, service: tickets, measure: satisfaction, expected: 4.3, minimum: 4.0}
  audited: {name: Audited, service: tickets, measure: audited, expected: 95 %, minimum: 90 %}
""",
)
CHARGING = TERMS + POOL.replace('"100000.00"', "reported")


@pytest.fixture
def month() -> Month:
    return a_month(REPORTING)


def report_of(measure: str = "satisfaction", period: str = "2026-03", **said: Any) -> Report:
    return Report(measure, period, said or {"number": "4.21"}, "Head of service")


def reported(month: Month, report: Report | None = None, at: datetime = AT) -> ReportedValue:
    agreement = month.bargain.agreement
    return report_value(month.provider, agreement, side="provider", report=report or report_of(), at=at)


def checked(month: Month, report: Report, side: str = "provider") -> Report:
    with entered(month.provider.reach):
        version = terms_in_force(month.bargain.agreement)
        assert version is not None
        return checked_report(report, parsed_terms(version), side=side, at=AT)


def level_of(month: Month, name: str = "satisfaction", minutes: int = 1) -> dict[str, Any]:
    body = json.loads(month.drafted(month.provider, at=AT + timedelta(minutes=minutes)).body)
    found: dict[str, Any] = next(level for level in body["levels"] if level["id"] == name)
    return found


def test_reported_level_has_no_data_until_its_value_is_reported(month: Month) -> None:
    assert level_of(month)["verdict"] == "no data"
    reported(month)
    level = level_of(month)
    assert (level["value"], level["verdict"], level["reported_by"]) == ("4.21", "below expected", "provider")


def test_later_report_stands_and_its_withdrawal_lets_the_earlier_one_stand_again(month: Month) -> None:
    reported(month)
    later = reported(month, report_of(number="4.50"), AT + timedelta(minutes=1))
    assert level_of(month, minutes=2)["value"] == "4.50"
    withdraw_reported_value(month.provider, later, at=AT + timedelta(minutes=3))
    assert level_of(month, minutes=4)["value"] == "4.21"
    with pytest.raises(ReportWithdrawn):
        withdraw_reported_value(month.provider, later, at=AT + timedelta(minutes=5))


def test_issued_month_recomputes_after_its_report_was_withdrawn(month: Month) -> None:
    made = reported(month)
    issued = month.issued(at=AT + timedelta(minutes=1))
    withdraw_reported_value(month.provider, made, at=AT + timedelta(minutes=2))
    with entered(month.client.reach):
        chosen = chosen_then(issued.agreement, issued.inputs, as_of=issued.as_of)
        assert computed_month(chosen, "2026-03").digest == issued.digest


def test_two_counts_give_the_share_its_n(month: Month) -> None:
    report_value(
        month.client,
        month.bargain.agreement,
        side="client",
        report=report_of("audited", numerator=41, n=43),
        at=AT,
    )
    level = level_of(month, "audited")
    assert (level["n"], level["numerator"], level["value"]) == (43, "41", "95.35")


def test_charges_of_a_month_are_reported_where_the_terms_say_so() -> None:
    month = a_month(CHARGING)
    report = Report("", "2026-03", {"number": "80000.00"}, "Finance")
    assert checked(month, report, "client") == report
    reported(month, report)
    body = json.loads(month.drafted(month.provider, at=AT + timedelta(minutes=1)).body)
    assert body["consequence"]["credit"] == "8000.00"


@pytest.mark.parametrize(
    ("report", "refused"),
    [
        (report_of("first_response"), MeasureNotReported),
        (report_of("nothing"), MeasureNotReported),
        (report_of(""), MeasureNotReported),
        (report_of("audited", share="96 %"), OtherSideReports),
        (report_of(share="96 %"), ReportUnfit),
        (report_of(number="much"), ReportUnfit),
        (report_of(number="4.21", by="client"), ReportUnfit),
        (report_of(period="March"), ReportUnfit),
    ],
)
def test_report_that_the_terms_do_not_take_is_refused(
    report: Report, refused: type[Exception], month: Month
) -> None:
    with pytest.raises(refused):
        checked(month, report)


def test_counts_that_are_more_than_all_are_refused(month: Month) -> None:
    with pytest.raises(ReportUnfit, match="more than all"):
        checked(month, report_of("audited", numerator=44, n=43), "client")


def test_only_who_reported_takes_it_back(month: Month) -> None:
    made = reported(month)
    with pytest.raises(NotPermitted):
        withdraw_reported_value(month.client, made, at=AT)
    with pytest.raises(NotPermitted):
        report_value(month.bargain.reader, month.bargain.agreement, side="client", report=report_of(), at=AT)
    with pytest.raises(NotSeen):
        withdraw_reported_value(month.bargain.rival, made, at=AT)


def test_journal_keeps_the_report_and_its_withdrawal(month: Month) -> None:
    made = reported(month)
    withdraw_reported_value(month.provider, made, at=AT)
    with entered(month.provider.reach):
        told = list(
            Entry.objects.filter(contents__subject_id=made.pk)
            .order_by("sequence")
            .values_list("contents__action", flat=True)
        )
    assert told == ["reported_value.reported", "reported_value.withdrawn"]


def test_report_is_a_cause_of_the_revision_that_it_makes(month: Month) -> None:
    reported(month)
    month.issued()
    made = reported(month, report_of(number="4.31"), AT + timedelta(minutes=1))
    lines = (month.issued(at=AT + timedelta(minutes=2)).causes or {})["lines"]
    assert [(one["kind"], one["id"]) for one in lines[0]["causes"]] == [("value reported", str(made.pk))]
    assert [(one["level"], one["points"]) for one in lines[0]["levels"]] == [("satisfaction", "1/10")]
    withdraw_reported_value(month.provider, made, at=AT + timedelta(minutes=3))
    lines = (month.issued(at=AT + timedelta(minutes=4)).causes or {})["lines"]
    assert [(one["kind"], one["id"]) for one in lines[0]["causes"]] == [("value withdrawn", str(made.pk))]
    assert lines[0]["levels"][0]["points"] == "-1/10"
