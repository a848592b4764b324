"""Terms are read as written, nothing is guessed, and their digest knows only what they say."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.terms import Terms, digest_of, midnight, read_terms

TEXT = Path(__file__).with_name("sample_terms.yaml").read_text("utf-8")


def terms_of(text: str) -> Terms:
    return read_terms(read_document(text, name="terms.yaml"))


def with_line(number: int, line: str) -> str:
    lines = TEXT.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def refused(text: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        terms_of(text)
    assert caught.value.code == "document-refused"
    return str(caught.value)


def test_terms_as_written_are_read() -> None:
    first = terms_of(TEXT).first
    assert (first.agreement, first.effective.first, first.effective.end) == (
        "Service desk",
        date(2026, 1, 1),
        date(2027, 1, 1),
    )
    assert first.threshold("fast", "minimum") == 90
    assert first.regime is not None
    assert first.regime.kind == "pool"
    assert first.regime.credits["fast"].allocation == Fraction(2, 5)


def test_country_no_stays_a_country_and_hours_stay_hours() -> None:
    calendar = terms_of(TEXT).first.calendars["office"]
    assert calendar.holidays.country == "NO"
    assert calendar.hours["sat"] == ("22:00-06:00",)


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", '"text"'])
def test_document_that_is_no_mapping_is_no_terms(text: str) -> None:
    assert "terms are keys with values" in refused(text)


def shaken(text: str) -> list[str]:
    """The same terms in other clothes: without comments, quoted, as JSON."""
    content = read_document(text, name="terms.yaml").content
    bare = "\n".join(line.partition("  #")[0].rstrip() for line in text.splitlines())

    return [
        bare,
        text.replace("Resolved", "'Resolved'"),
        json.dumps(content, indent=3),
    ]


AMENDED = (
    TEXT + "amendments: [{from: 2026-07-01, name: A, change: {levels: {answered: null}}}]  # a comment\n"
)


def test_digest_knows_the_order_of_keys_since_a_cut_may_go_by_it() -> None:
    content = read_document(TEXT, name="terms.yaml").content
    turned = {key: content[key] for key in reversed(content)}
    assert terms_of(json.dumps(turned)).digest != terms_of(TEXT).digest


@pytest.mark.parametrize("text", [TEXT, AMENDED])
def test_digest_knows_only_what_is_said(text: str) -> None:
    assert {terms_of(other).digest for other in shaken(text)} == {terms_of(text).digest}


def test_digest_of_plain_json_values_is_the_digest_of_their_texts() -> None:
    as_json = json.dumps({"digits": 2, "is": True, "none": None, "list": [1, "b"]})
    assert digest_of(read_document(as_json, name="a").content) == digest_of(
        read_document("digits: '2'\nis: true\nnone:\nlist: [1, b]\n", name="b").content
    )


@pytest.mark.parametrize(
    "line", [(40, "    target: 5h"), (1, "agreement: Other desk"), (32, "    pauses: {provider: Waiting}")]
)
def test_digest_changes_with_what_is_said(line: tuple[int, str]) -> None:
    assert terms_of(with_line(*line)).digest != terms_of(TEXT).digest


def test_another_reader_of_yaml_reads_the_same_keys() -> None:
    plain = YAML(typ="safe", pure=True).load(TEXT)
    content = read_document(TEXT, name="terms.yaml").content
    assert list(plain) == list(content)
    assert plain["clocks"] == content["clocks"]


def test_midnight_that_does_not_exist_is_the_first_instant_of_its_day() -> None:
    assert iso_of(midnight(date(2026, 1, 1), "Europe/Oslo")) == "2025-12-31T23:00:00Z"
    # Beirut 2022-03-27: clocks went from 00:00 to 01:00, so that the day began at 01:00 summer time.
    assert iso_of(midnight(date(2022, 3, 27), "Asia/Beirut")) == "2022-03-26T22:00:00Z"
