"""The light sample is small, has no credits, and is the same at every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.simulated import verdicts

from handfast.kernel.document import read_document
from handfast.kernel.servicelevels.linter import lint
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from tests.factories.simulated import Read

    from handfast.journeys.samples import SampleEngagement


def test_light_terms_have_four_levels_and_no_credits(small_read: Read) -> None:
    assert list(small_read.terms.first.levels) == [
        "first_response",
        "resolution",
        "first_contact",
        "satisfaction",
    ]
    assert small_read.terms.first.regime is None


def test_linter_finds_nothing_in_light_terms(small_read: Read) -> None:
    document = read_document(small_read.sample.terms_yaml, name="terms.yaml")
    agreed = read_document(small_read.sample.adjustments_yaml(), name="adjustments.yaml")
    events = {"tickets": {name for _, read in small_read.imports for name in _events(read)}}
    assert lint(small_read.terms, document, agreed, events) == ()


def _events(read: object) -> set[str]:
    return set(read.log.events.column("event").to_pylist())  # type: ignore[attr-defined]  # an event log's table


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_every_light_month_computes_by_either_engine(engine: str, small_read: Read) -> None:
    found = {
        month.period: small_read.body(month.period, month.as_of, engine) for month in small_read.sample.months
    }
    assert [body["is_provisional"] for body in found.values()] == [False, False, True]
    assert all(body["consequence"] is None for body in found.values())
    assert {level["n"] > 50 for body in found.values() for level in body["levels"]} == {True}
    assert set(verdicts(found["2026-02"]).values()) == {"met"}
    assert verdicts(found["2026-03"])["first_response"] == "below expected"


def test_persons_of_both_sides_hold_roles_of_their_side(
    small: SampleEngagement, large: SampleEngagement
) -> None:
    for person in (*small.persons, *large.persons):
        assert all(person.side in ROLES[role].sides for role in person.roles)
        assert person.email.endswith(".example")
    assert [person.side for person in small.persons] == ["client", "provider"]
