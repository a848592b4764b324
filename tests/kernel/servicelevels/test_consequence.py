"""Points and money follow the verdict, exactly and in plain figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.agreements import inputs_of, reported_of, terms_with
from tests.factories.asked import body_of
from tests.factories.logs import desk_log

from handfast.kernel.document import Document, DocumentRefused
from handfast.kernel.servicelevels.consequence import exact_text, percent_text
from handfast.kernel.servicelevels.reported import read_reported

BANDS = [{"name": "target", "from": "90", "points": "0"}, {"name": "severe", "to": "89.99", "points": "3"}]
POINTS: dict[str, Any] = {
    "kind": "points",
    "currency": "EUR",
    "rounding": {"digits": "2", "mode": "half up"},
    "charges": "1000.00",
    "points": {"resolved": {"bands": BANDS}},
    "repeat": {"factor": "2"},
}
POOL: dict[str, Any] = {
    "kind": "pool",
    "currency": "EUR",
    "rounding": {"digits": "2", "mode": "half up"},
    "charges": "100.05",
    "at_risk": "10 %",
    "pool_total": "100 %",
    "pools": {"all": {"share": "100 %"}},
    "credits": {"resolved": {"pool": "all", "allocation": "50 %"}},
}
ONE_MISS = ("R1 | 2026-03-03T09:00 | new", "R1 | 2026-03-10T10:00 | done")


def consequence(regime: dict[str, Any], **level: Any) -> dict[str, Any]:
    terms = terms_with(regime=regime, levels={"resolved": level})
    body = body_of("reference", inputs_of(terms, logs={"desk": desk_log(*ONE_MISS)}), "2026-03")
    found: dict[str, Any] = body["consequence"]
    return found


def test_a_missed_level_gets_the_points_of_its_band() -> None:
    assert consequence(POINTS)["points"] == 3


@pytest.mark.parametrize(
    "rule",
    [{"minimum_sample": "2"}, {"roll_forward_until": "2"}, {"misses_allowed": "1", "below": "5"}],
)
def test_a_month_that_few_records_excuse_gets_no_points(rule: dict[str, str]) -> None:
    assert consequence(POINTS, low_volume=rule)["points"] == 0


def test_bands_with_an_exact_comparison_are_refused() -> None:
    exact = {"resolved": {"rounding": {"digits": "1", "mode": "half up", "compare": "exact"}}}
    with pytest.raises(DocumentRefused, match=r"regime\.points\.resolved.*compare rounded"):
        terms_with(regime=POINTS, measures=exact)


def test_the_working_multiplies_to_the_amount() -> None:
    line = consequence(POOL)["lines"][0]
    # 10 % of 100.05 is 10.005, half of it 5.0025
    assert (line["working"], line["credit"]) == ("100 % x 50 % x 10.005", "5.00")


def test_money_beyond_28_digits_loses_none() -> None:
    charges = "999999999999999999.123456789012"
    regime = POOL | {
        "charges": charges,
        "rounding": {"digits": "12", "mode": "half up"},
        "at_risk": "100 %",
        "credits": {"resolved": {"pool": "all", "allocation": "100 %"}},
        "cap": "50 %",
    }
    found = consequence(regime)
    assert found["lines"][0]["before_cut"] == charges
    assert (found["cut"], found["credit"]) == ("499999999999999999.561728394506",) * 2


@given(
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**6).map(
        lambda f: Fraction(round(f * 10**8), 10**8)
    )
)
def test_exact_texts_are_read_back_as_the_same_number_without_an_exponent(number: Fraction) -> None:
    text = exact_text(number, 2)
    assert Fraction(Decimal(text)) == number
    assert "E" not in text
    assert len(text.partition(".")[2]) >= 2


def test_shares_of_nothing_and_of_very_little_are_written_plainly() -> None:
    assert [percent_text(share) for share in (Fraction(0), Fraction(1, 10**9), Fraction(1, 8))] == [
        "0 %",
        "0.0000001 %",
        "12.5 %",
    ]


def reported(**value: Any) -> dict[str, Any]:
    rate = {"kind": "reported", "reported_by": "provider", "unit": "percent"}
    terms = terms_with(
        measures={"rate": rate}, levels={"rate": {"measure": "rate", "name": "Rate", "minimum": "80 %"}}
    )
    body = body_of(
        "reference",
        inputs_of(
            terms,
            as_of="2026-04-05T00:00:00Z",
            logs={"desk": desk_log(*ONE_MISS)},
            reported=reported_of({"rate": {"2026-03": value}}),
        ),
        "2026-03",
    )
    return next(line for line in body["levels"] if line["id"] == "rate")


def test_a_value_reported_after_as_of_is_not_known_yet() -> None:
    assert reported(share="90 %", at="2026-04-04T00:00:00Z")["verdict"] == "met"
    assert reported(share="90 %", at="2026-04-06T00:00:00Z")["verdict"] == "no data"


def test_a_value_for_a_measure_that_nobody_reports_is_refused_with_its_line() -> None:
    document = Document("reported.yaml", {"values": {"resolvd": {}}}, {("values", "resolvd"): 7})
    with pytest.raises(DocumentRefused, match=r"reported\.yaml, line 7: values\.resolvd"):
        read_reported(document, terms_with())


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"roll_forward_until": "5"}, {"kind": "reported", "reported_by": "client", "unit": "percent"}),
        (
            {"minimum_sample": "5"},
            {"kind": "ratio of sums", "source": "calls", "of": "in_time", "to": "offered"},
        ),
    ],
)
def test_low_volume_without_records_to_count_is_refused(rule: dict[str, str], kind: dict[str, Any]) -> None:
    level = {"measure": "other", "name": "Other", "minimum": "80 %", "low_volume": rule}
    with pytest.raises(DocumentRefused, match=r"levels\.other\.low_volume"):
        terms_with(measures={"other": kind}, levels={"other": level})
