"""The health check's page, list and operation: the reader's own sight, and the same few questions for many rows."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import written
from tests.journeys.test_pages import seen_by, text_of
from tests.operate.month import a_month

from handfast.foundation.scope import entered
from handfast.journeys.queries.health import facts_of, health_of
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from handfast.journeys.health.declared import Found
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
OWN = "1 open issue without an owner: I-own-1."


def found_by(cast: Cast, person: Person) -> list[Found]:
    actor = actor_for(person)
    with entered(actor.reach):
        return health_of(actor, cast.engagement, at=AT)


def keys_of(cast: Cast, person: Person) -> set[str]:
    return {one.check.key for one in found_by(cast, person)}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_new_deal_lacks_terms_and_its_days(cast: Cast) -> None:
    assert keys_of(cast, cast.owner) == {
        "terms-missing",
        "end-unknown",
        "start-unknown",
        "contract-unwritten",
    }
    page = text_of(seen_by(cast.owner, "journeys:health", cast.engagement.pk))
    assert "4 gaps in Customer Support." in page


def test_facts_are_what_the_rooms_hold() -> None:
    month = a_month()
    cast = month.bargain.cast
    month.issued()
    actor = actor_for(cast.owner)
    with entered(actor.reach):
        facts = facts_of(actor, cast.engagement, at=AT)
    assert facts.recorded == {"2026-03"}
    assert [(one.period, one.is_issued) for one in facts.months] == [("2026-03", True)]
    assert [one.covers for one in facts.agreements] == [(date(2026, 1, 1), date(2027, 1, 1))]
    assert {one.side for one in facts.members} == {"client", "provider"}
    assert "months-without-figures" in keys_of(cast, cast.owner)


def test_draft_of_one_side_is_no_fact_of_the_other() -> None:
    month = a_month()
    cast = month.bargain.cast
    month.drafted(month.provider)
    for person, count in ((cast.delivery, 1), (cast.owner, 0)):
        actor = actor_for(person)
        with entered(actor.reach):
            assert len(facts_of(actor, cast.engagement, at=AT).months) == count


def test_what_one_side_keeps_for_itself_is_found_for_it_alone(cast: Cast) -> None:
    written(cast, cast.owner, register="issues", title="Ours alone", is_own=True)
    assert OWN in text_of(seen_by(cast.owner, "journeys:health", cast.engagement.pk))
    assert "only Lumen sees this" in text_of(seen_by(cast.owner, "journeys:health", cast.engagement.pk))
    assert "I-own" not in text_of(seen_by(cast.delivery, "journeys:health", cast.engagement.pk))
    assert OWN not in [one.finding.said for one in found_by(cast, cast.delivery)]


def test_sheet_and_operation_tell_the_same_as_the_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner)
    sheet = client.get(reverse("journeys:health_export", args=[cast.engagement.pk, "xlsx"]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content)))  # type: ignore[attr-defined]  # an export is streamed
    rows = book.get_sheet_by_index(0).to_python()
    told: list[dict[str, Any]] = client.get(f"/api/journeys/engagements/{cast.engagement.pk}/health").json()
    assert [row[2] for row in rows[1:]] == [one["said"] for one in told]
    assert [one["said"] for one in told] == [one.finding.said for one in found_by(cast, cast.owner)]
    assert client.get(told[0]["mend_at"]).status_code == 200


def test_questions_are_as_many_for_one_entry_as_for_thirty(cast: Cast) -> None:
    counts = []
    for number in range(30):
        written(cast, cast.owner, register="issues", title=f"Headsets drop {number}")
        if number in {0, 29}:
            actor = actor_for(cast.owner)
            with entered(actor.reach), CaptureQueriesContext(connection) as asked:
                health_of(actor, cast.engagement, at=AT)
            counts.append(len(asked))
    assert counts[0] == counts[1]
