"""The form writes what it holds, reads back what it wrote, and says when a text says more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.deal import AMENDED, TERMS

from handfast.contract.reading.checking import checked
from handfast.contract.reading.usual import MEASURES, Promise, Usual, usual_in, usual_text
from handfast.kernel.document import read_document
from handfast.kernel.records.readers.preset_files import preset_text
from handfast.kernel.worktime.windows import DAYS

MAPPING = read_document(preset_text("zendesk"), name="preset").content["sources"]["zendesk"]
PROMISES = {
    "first_response": Promise("92", "85", "4", "h"),
    "resolution": Promise("90", "82.5", "90", "m"),
    "first_contact_resolution": Promise("70", "62"),
    "satisfaction": Promise("4.30", "4.00"),
}
USUAL = Usual(
    name="Customer Support", zone="Europe/Belgrade", first="2026-01-01", end="2027-01-01",
    hours=dict.fromkeys(DAYS[:5], "08:00-12:00, 13:00-17:00"), country="RS", client="Lumen", provider="Danube Care",
    source="desk", mapping=MAPPING, promises=PROMISES,
)  # fmt: skip


def test_terms_of_the_form_have_no_error() -> None:
    found = checked(usual_text(USUAL))
    assert not found.errors
    assert [one.rule for one in found.warnings] == []


def test_form_reads_back_what_it_wrote() -> None:
    assert usual_in(usual_text(USUAL)) == USUAL


@settings(max_examples=30)
@given(
    name=st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool),
    chosen=st.sets(st.sampled_from(sorted(MEASURES)), min_size=1),
    amount=st.integers(1, 999),
    unit=st.sampled_from(["m", "h"]),
    country=st.sampled_from(["", "RS", "NO", "CA"]),
)
def test_any_form_is_read_back_as_it_was_meant(
    name: str, chosen: set[str], amount: int, unit: str, country: str
) -> None:
    promises = {key: PROMISES[key] for key in MEASURES if key in chosen}
    for key in promises.keys() & {"first_response", "resolution"}:
        promises[key] = Promise("90", "", str(amount), unit)
    meant = replace(USUAL, name=name, promises=promises, country=country)
    text = usual_text(meant)
    again = usual_in(text)
    assert again is not None
    assert (again.name, usual_text(again, text)) == (name, text)


def test_comments_stay_when_the_form_writes_again() -> None:
    text = (
        usual_text(USUAL)
        .replace("target: 4h", "target: 4h  # agreed in May")
        .replace("clocks:", "# about clocks\nclocks:")
    )
    changed = replace(USUAL, promises=PROMISES | {"first_response": Promise("93", "85", "5", "h")})
    again = usual_text(changed, text)
    assert "target: 5h  # agreed in May" in again
    assert "# about clocks" in again
    assert usual_in(again) == changed


@pytest.mark.parametrize(
    "text", ["", "a: [", "- a", "agreement: x", TERMS, AMENDED, "agreement: &a x\nzone: *a"]
)
def test_text_that_says_more_or_less_is_not_taken_for_the_form(text: str) -> None:
    assert usual_in(text) is None


def test_text_written_otherwise_but_meaning_the_same_is_held() -> None:
    text = usual_text(USUAL).replace("target: 90m", "target: 1h 30m").replace("92 %", "92%")
    assert usual_in(text) == USUAL


def test_target_of_sixty_minutes_is_not_made_an_hour() -> None:
    promises = PROMISES | {"first_response": Promise("92", "85", "60", "m")}
    text = usual_text(replace(USUAL, promises=promises))
    again = usual_in(text)
    assert again is not None
    assert again.promises["first_response"] == promises["first_response"]
    assert usual_text(again, text) == text
