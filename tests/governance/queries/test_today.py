"""The day by which an entry is late is one for both sides, in a sample too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import AT, make_cast
from tests.governance.kept import written

from handfast.foundation.scope import entered
from handfast.governance.queries.entries import today_in

if TYPE_CHECKING:
    from datetime import date

    from tests.factories.cast import Cast

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=200)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def told(cast: Cast, person: Person) -> date:
    with entered(cast.actor(person).reach):
        return today_in(cast.engagement, LATER)


def test_engagement_goes_by_the_day_of_its_zone(cast: Cast) -> None:
    written(cast, cast.owner)
    assert told(cast, cast.owner) == told(cast, cast.delivery) == LATER.date()


def test_sample_stays_at_its_newest_entry_that_both_sides_see(cast: Cast) -> None:
    cast.engagement.is_sample = True
    written(cast, cast.owner)
    written(cast, cast.owner, is_own=True, minutes=3 * 24 * 60)
    assert told(cast, cast.owner) == told(cast, cast.delivery) == AT.date()


def test_sample_without_entries_goes_by_the_clock(cast: Cast) -> None:
    cast.engagement.is_sample = True
    assert told(cast, cast.owner) == LATER.date()
