"""A reported value says one thing, who reports it, and who attests it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, ReportedValues, read_reported

BY = "by: provider, at: 2026-02-03T09:00:00Z, attested_by: Head of service"


def read(value: str) -> ReportedValues:
    return read_reported(
        read_document(f"values:\n  quality:\n    2026-01: {{{value}}}\n", name="reported.yaml")
    )


def refused(value: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read(value)
    return str(caught.value)


EXACT = {
    "share: 97.5 %": Fraction(195, 2),
    "share: 0.975": Fraction(195, 2),
    "numerator: 39, n: 40": Fraction(195, 2),
    "numerator: 0, n: 7": Fraction(0),
    "number: 4.31": Fraction(431, 100),
    "number: -3": Fraction(-3),
}


@pytest.mark.parametrize("value", EXACT)
def test_reported_value_is_exact_on_the_scale_of_its_unit(value: str) -> None:
    assert read(f"{value}, {BY}").written.values["quality"]["2026-01"].exact == EXACT[value]


WRONG = {
    BY: "write one of: share, number, or numerator with n",
    f"share: 97 %, number: 97, {BY}": "write one of: share, number, or numerator with n",
    f"share: 97 %, numerator: 97, n: 100, {BY}": "write one of",
    f"numerator: 39, {BY}": "numerator and n go together",
    f"n: 39, {BY}": "numerator and n go together",
    f"numerator: 41, n: 40, {BY}": "41 of 40 is more than all",
    f"numerator: 0, n: 0, {BY}": "values.quality.2026-01.n: ",
    f"share: 97, {BY}": "values.quality.2026-01.share: write 97 % if percent is meant",
    f"share: 97 %, sha256: abc, {BY}": "values.quality.2026-01.sha256: ",
    f"share: 97 %, {BY.partition(', attested')[0]}": "values.quality.2026-01.attested_by: is missing",
    f"share: 97 %, {BY.replace('provider', 'auditor')}": "values.quality.2026-01.by: ",
}


@pytest.mark.parametrize("value", WRONG)
def test_reported_value_that_says_no_one_thing_is_refused(value: str) -> None:
    message = refused(value)
    assert message.startswith("reported.yaml, line 3: values.quality.2026-01")
    assert WRONG[value] in message


def test_reported_charges_are_amounts_by_month() -> None:
    charges = read_reported(
        read_document("charges: {2026-01: 412600.00}", name="reported.yaml")
    ).written.charges
    assert {month: str(amount) for month, amount in charges.items()} == {"2026-01": "412600.00"}


def test_month_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="write a month as 2012-04"):
        read_reported(read_document("charges: {January: 1}", name="reported.yaml"))


def test_document_that_is_a_list_reports_nothing() -> None:
    with pytest.raises(DocumentRefused, match="expected the keys values: or charges:"):
        read_reported(read_document("- a", name="reported.yaml"))


def test_nothing_reported_has_no_digest_and_every_report_has_its_own() -> None:
    assert (NOTHING_REPORTED.digest, NOTHING_REPORTED.written.values) == (None, {})
    assert read(f"share: 97 %, {BY}").digest != read(f"share: 98 %, {BY}").digest
