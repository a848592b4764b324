"""A mapping says everything, or is refused by its line."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping, mapping_from
from handfast.kernel.records.mapping_needs import needs_of
from handfast.kernel.records.refusals import SourceUnknown
from handfast.kernel.records.sources import mapping_in

EVENTS: dict[str, Any] = {"kind": "events", "record": "r", "at": {"column": "t"}, "event": "e"}
INTERVALS: dict[str, Any] = {
    "kind": "intervals",
    "at": {"column": "t"},
    "minutes": "30",
    "totals": {"offered": "o"},
}


def test_values_may_be_text_or_json() -> None:
    amount = {"column": "a", "taken_at": "last"}
    by_text = mapping_from(EVENTS | {"attributes": {"amount": amount | {"digits": "2"}}})
    by_json = mapping_from(EVENTS | {"attributes": {"amount": amount | {"digits": 2}}, "event": ["e"]})
    assert by_text == by_json
    minutes = mapping_from(INTERVALS)
    assert isinstance(minutes, IntervalsMapping)
    assert minutes.minutes == 30


def test_ties_have_a_stated_order() -> None:
    mapping = mapping_from(EVENTS)
    assert isinstance(mapping, EventsMapping)
    assert mapping.ties == ("start", "pause", "resume", "stop", "name")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tyes": []}, "Extra inputs"),
        ({"ties": ["start", "stop"]}, "each of these words once"),
        ({"ties": ["start", "start", "resume", "stop", "name"]}, "each of these words once"),
        ({"at": {"column": "t", "format": "%d/%m/%Y"}}, "add `zone:`"),
        ({"at": {"column": "t", "format": "%d/%m"}}, "a year"),
        ({"at": {"column": "t", "zone": "Europe/Atlantis"}}, "not known"),
        ({"at": {"column": "t", "ambiguous": "both"}}, "'refuse', 'first' or 'second'"),
        ({"event": []}, "at least 1"),
        ({"attributes": {"event": {"column": "x", "taken_at": "start"}}}, "already a column"),
        (
            {"attributes": {"reopenings": {"column": "x", "taken_at": "start"}}},
            "'reopenings' is what the engines",
        ),
        ({"attributes": {"elapsed": {"column": "x", "taken_at": "last"}}}, "'elapsed' is what the engines"),
        ({"attributes": {"Impact": {"column": "x", "taken_at": "start"}}}, "pattern"),
        ({"attributes": {"impact": {"column": "x"}}}, "taken_at"),
        (
            {"attributes": {"impact": {"column": "x", "taken_at": "stop", "digits": "10"}}},
            "less than or equal to 9",
        ),
    ],
)
def test_mapping_of_events_that_leaves_something_open_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        mapping_from(EVENTS | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"totals": {}}, "at least 1"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"keys": {"at": "q"}}, "already a column"),
        ({"keys": {"excluded": "q"}}, "'excluded' is what the engines"),
        ({"keys": {"offered": "q"}}, "already a column"),
        ({"totals": {"wait": {"column": "w", "times": "answered"}}}, "'answered' is none"),
        ({"totals": {"a": {"column": "w", "times": "b"}, "b": {"column": "x", "times": "a"}}}, "is none"),
        ({"totals": {"a": {"column": "w", "times": "b"}, "b": {"column": "x", "digits": "1"}}}, "is none"),
    ],
)
def test_mapping_of_intervals_that_leaves_something_open_is_refused(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        mapping_from(INTERVALS | change)


def test_stamp_takes_from_at_what_it_does_not_say() -> None:
    records = {
        "kind": "records",
        "record": "r",
        "at": {"format": "%d/%m/%Y", "zone": "Asia/Tokyo"},
        "stamps": {"created": "c", "solved": {"column": "s", "format": "iso", "zone": "UTC"}},
    }
    rules = {rule.key: rule for rule in needs_of(mapping_from(records)).stamps}
    assert (rules["stamp created"].format, rules["stamp created"].zone) == ("%d/%m/%Y", "Asia/Tokyo")
    assert (rules["stamp solved"].format, rules["stamp solved"].zone) == ("iso", "UTC")


TERMS = """
sources:
  tickets:
    kind: events
    record: r
    at: {column: t, zone: UTC}
    event: e
    attributs: {}
  calls:
    kind: intervals
    at: {column: t}
    minutes: 30
    totals: {offered: o}
other: {left: alone}
"""


def test_source_is_found_beside_other_keys() -> None:
    name, mapping = mapping_in(read_document(TERMS, name="terms.yaml"), "calls")
    assert (name, mapping.kind) == ("calls", "intervals")


def test_fault_in_a_source_names_its_line() -> None:
    with pytest.raises(
        DocumentRefused, match=r"line 8: sources\.tickets\.attributs: unknown key; did you mean 'attributes'"
    ):
        mapping_in(read_document(TERMS, name="terms.yaml"), "tickets")


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        (TERMS, None, "say which with --source"),
        (TERMS, "tikets", "did you mean 'tickets'"),
        (TERMS, "xyz", "there are: tickets, calls"),
        ("a: b", None, "no `sources:`"),
        ("- a", None, "no `sources:`"),
        ("sources: []", None, "no `sources:`"),
    ],
)
def test_source_that_is_not_settled_is_refused(text: str, wanted: str | None, said: str) -> None:
    with pytest.raises(SourceUnknown, match=said):
        mapping_in(read_document(text, name="terms.yaml"), wanted)
