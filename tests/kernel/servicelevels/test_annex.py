"""The annex decides: it comes back from its file as it was, and a changed byte or calendar is refused."""

from __future__ import annotations

import json

import pytest
from tests.factories.agreements import terms_with

from handfast.kernel.servicelevels.annex import AnnexRefused, annex_from, annex_text, compile_annex

TERMS = terms_with(effective={"from": "2026-03-01", "to": "2026-04-01"})


def test_an_annex_comes_back_from_its_file_with_the_same_digest() -> None:
    annex = compile_annex(TERMS)
    again = annex_from(annex_text(annex), name="annex.json")
    assert (again.calendars, again.written, again.digest) == (annex.calendars, annex.written, annex.digest)
    again.check(TERMS)


def test_the_releases_that_proposed_holidays_are_no_part_of_the_digest() -> None:
    plain = json.loads(annex_text(compile_annex(TERMS)))
    assert set(plain["made_with"]) == {"holidays", "tzdata"}
    plain["made_with"]["holidays"] = "99.1"
    assert annex_from(json.dumps(plain), name="annex.json").digest == compile_annex(TERMS).digest


def test_a_moved_opening_is_refused_by_the_digest() -> None:
    plain = json.loads(annex_text(compile_annex(TERMS)))
    plain["calendars"]["office"]["openings"][0][0] += 1_000_000
    with pytest.raises(AnnexRefused, match="the file says"):
        annex_from(json.dumps(plain), name="annex.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "other"}',
        "{" * 5000,
        "[" * 200_000,
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": 1e400}',
        '{"a": "\\ud800"}',
    ],
)
def test_a_file_that_is_no_annex_is_refused(text: str) -> None:
    with pytest.raises(AnnexRefused, match=r"annex\.json"):
        annex_from(text, name="annex.json")


def test_terms_whose_calendars_changed_since_are_refused_by_the_calendars_name() -> None:
    annex = compile_annex(TERMS)
    changed = terms_with(
        effective={"from": "2026-03-01", "to": "2026-04-01"},
        calendars={"office": {"hours": {"mon-fri": ["09:00-18:00"]}}},
    )
    with pytest.raises(AnnexRefused, match=r"other calendars than .* holds now: office$"):
        annex.check(changed)


def test_an_amended_calendar_is_compiled_under_its_own_key() -> None:
    terms = terms_with(
        amendments=[
            {
                "from": "2026-07-01",
                "name": "longer days",
                "change": {"calendars": {"office": {"hours": {"mon-fri": ["08:00-20:00"]}}}},
            }
        ]
    )
    assert list(terms.calendars()) == ["office", "office from 2026-07-01"]
    assert [version.calendar_keys["office"] for version in terms.versions] == [
        "office",
        "office from 2026-07-01",
    ]
