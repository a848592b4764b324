"""An amendment is a merge patch from a day on, and its mistakes are named in its own lines."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.terms import Terms, read_terms, written_versions

TEXT = Path(__file__).with_name("sample_terms.yaml").read_text("utf-8")


def terms_of(text: str) -> Terms:
    return read_terms(read_document(text, name="terms.yaml"))


def refused(text: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        terms_of(text)
    assert caught.value.code == "document-refused"
    return str(caught.value)


AMENDED = (
    TEXT
    + """\
amendments:
  - from: 2026-07-01                        # line 62
    name: First amendment
    change:
      measures:
        in_time:
          target: 3h                        # line 67
          where: null
      levels:
        answered: null
  - from: 2026-10-01
    name: Second amendment
    change:
      regime: {at_risk: 12 %}
"""
)


def test_amendment_replaces_what_it_names_and_null_takes_away() -> None:
    base, first, second = (version.terms for version in terms_of(AMENDED).versions)
    assert [one.measures["in_time"].target // 3_600_000_000 for one in (base, first, second)] == [4, 3, 3]  # type: ignore[union-attr]  # a share within target
    assert [set(one.measures["in_time"].where) for one in (base, first)] == [{"impact"}, set()]  # type: ignore[union-attr]  # a share within target
    assert [sorted(one.levels) for one in (base, first)] == [["answered", "fast"], ["fast"]]
    assert [one.regime.at_risk for one in (base, first, second)] == [
        Fraction(1, 10),
        Fraction(1, 10),
        Fraction(3, 25),
    ]  # type: ignore[union-attr]  # a pool


def test_versions_stand_end_to_end_from_midnight_to_midnight_of_the_agreement() -> None:
    terms = terms_of(AMENDED)
    spans = [version.in_force for version in terms.versions]
    assert [iso_of(span.starts_us) for span in spans] == [
        "2025-12-31T23:00:00Z",
        "2026-06-30T22:00:00Z",
        "2026-09-30T22:00:00Z",
    ]
    assert [spans[0].ends_us, spans[1].ends_us] == [spans[1].starts_us, spans[2].starts_us]
    assert terms.version_at(spans[1].starts_us).name == "First amendment"
    assert terms.version_at(spans[1].starts_us - 1).name == "terms"
    with pytest.raises(DocumentRefused, match="no version of the terms is in force"):
        terms.version_at(spans[2].ends_us)


def test_mistake_in_an_amendment_is_named_with_the_line_of_the_amendment() -> None:
    assert "terms.yaml, line 67: measures.in_time.target: " in refused(
        AMENDED.replace("target: 3h", "target: 3d")
    )


def test_key_that_an_amendment_takes_away_is_missed_where_it_was_taken_away() -> None:
    message = refused(AMENDED.replace("target: 3h   ", "target: null"))
    assert "terms.yaml, line 67: measures.in_time.target: is missing" in message


def test_reference_that_an_amendment_breaks_is_named_where_it_still_stands() -> None:
    message = refused(AMENDED.replace("answered: null", "fast: null"))
    assert "terms.yaml, line 60: regime.credits.fast: there is no level 'fast'" in message


@pytest.mark.parametrize("day", ["2026-01-01", "2025-07-01", "2027-01-01", "2026-10-01", "2026-11-01"])
def test_amendment_out_of_its_order_or_outside_the_agreement_is_refused(day: str) -> None:
    message = refused(AMENDED.replace("from: 2026-07-01", f"from: {day}"))
    assert "must lie after" in message
    assert f"amendments.{1 if day > '2026-07-01' and day < '2027' else 0}.from" in message


@pytest.mark.parametrize(
    "key", ["zone: UTC", "agreement: Other", "effective: {to: 2028-01-01}", "sources: {calls: null}"]
)
def test_amendment_cannot_change_the_frame(key: str) -> None:
    message = refused(AMENDED.replace("regime: {at_risk: 12 %}", key))
    assert "terms.yaml, line 71: amendments.1: an amendment cannot change" in message


def test_calendar_is_compiled_anew_only_where_an_amendment_changed_it() -> None:
    changed = AMENDED.replace(
        "regime: {at_risk: 12 %}", 'calendars: {office: {hours: {sat: ["10:00-12:00"]}}}'
    )
    terms = terms_of(changed)
    assert [version.calendar_keys for version in terms.versions] == [
        {"office": "office"},
        {"office": "office"},
        {"office": "office from 2026-10-01"},
    ]
    assert sorted(terms.calendars()) == ["office", "office from 2026-10-01"]


values = st.recursive(
    st.sampled_from(["a", "b", None]) | st.lists(st.sampled_from(["a", "b"]), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from(["p", "q", "r"]), inner, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.sampled_from(["levels", "clocks", "p"]), values, max_size=3)


def merge_patched(target: Any, patch: Any) -> Any:
    """The algorithm of RFC 7396, section 2, word for word."""
    if not isinstance(patch, dict):
        return patch
    if not isinstance(target, dict):
        target = {}
    target = dict(target)
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merge_patched(target.get(name), value)
    return target


@settings(max_examples=60, deadline=None)
@given(mappings, st.dictionaries(st.sampled_from(["levels", "clocks", "p"]), values, min_size=1, max_size=3))
def test_amendment_is_a_merge_patch(base: dict[str, Any], change: dict[str, Any]) -> None:
    amendments = [{"from": "2026-02-01", "name": "A", "change": change}]
    document = read_document(json.dumps(base | {"amendments": amendments}), name="terms.yaml")
    _, (before, after) = written_versions(document)
    assert before.content == base
    assert after.content == merge_patched(base, change)
