"""Entries of registers wait for the person who owns them, the nearest first, and never more than a page bears."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import Cast, make_cast
from tests.governance.kept import moved, written
from tests.journeys.test_pages import seen_by, text_of

from handfast.journeys.queries import needs

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 20)
CUT = "those due first stand here"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def owned(cast: Cast, by: Person, owner: Person, title: str, *, days: int = 0) -> None:
    written(cast, by, title=title, owner_id=owner.pk, due_on=DUE + timedelta(days=days))


def test_entry_waits_for_its_owner_alone(cast: Cast) -> None:
    owned(cast, cast.owner, cast.delivery, "Headsets drop")
    assert "Headsets drop" in text_of(seen_by(cast.delivery, "journeys:home"))
    assert "Headsets drop" in text_of(seen_by(cast.delivery, "journeys:overview", cast.engagement.pk))
    assert "Headsets drop" not in text_of(seen_by(cast.owner, "journeys:home"))
    assert "Headsets drop" not in text_of(seen_by(cast.stranger, "journeys:home"))


def test_entry_that_is_done_waits_for_nobody(cast: Cast) -> None:
    entry = written(
        cast, cast.owner, title="Headsets drop", owner_id=cast.delivery.pk, due_on=DUE
    )  # issues have withdrawn as an end that needs no field
    moved(cast, cast.owner, entry, "withdrawn")
    assert "Headsets drop" not in text_of(seen_by(cast.delivery, "journeys:home"))


def test_only_the_nearest_of_many_entries_stand_there_and_the_page_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "MOST_ENTRIES", 2)
    for days, title in enumerate(("First of three", "Second of three", "Third of three")):
        owned(cast, cast.owner, cast.delivery, title, days=days)
    page = text_of(seen_by(cast.delivery, "journeys:home"))
    assert "First of three" in page
    assert "Second of three" in page
    assert "Third of three" not in page
    assert CUT in page


def test_what_one_side_keeps_for_itself_takes_no_place_of_anybody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "MOST_ENTRIES", 1)
    written(cast, cast.owner, title="Our own worry", owner_id=cast.owner.pk, due_on=DUE, is_own=True)
    owned(cast, cast.owner, cast.delivery, "Headsets drop", days=1)
    assert "Headsets drop" in text_of(seen_by(cast.delivery, "journeys:home"))
    assert "Our own worry" in text_of(seen_by(cast.owner, "journeys:home"))
