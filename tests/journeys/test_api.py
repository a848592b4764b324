"""The operations of journeys tell each caller their own, and change what the pages change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.contract.deal import TERMS
from tests.factories.cast import AT
from tests.journeys.test_pages import signed_in
from tests.operate.month import POOL, Month, a_month
from tests.records.deal import work

from handfast.engagement.actions.inviting import invite_to_side
from handfast.foundation.scope import entered
from handfast.journeys.sampling.asking import ask_for_sample
from handfast.operate.actions import issue_statement
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def month() -> Month:
    """March is issued by the provider and waits until the 28th; the worker has told of it."""
    made = a_month(TERMS + POOL)
    issue_statement(made.provider, made.drafted(made.provider), answer_by_on=date(2026, 4, 28), at=AT)
    work(AT)
    return made


def told(person: Person, path: str) -> Any:
    answer = signed_in(person).get(f"/api/journeys/{path}")
    assert answer.status_code == 200
    return answer.json()


def test_home_names_what_waits_with_its_day(month: Month) -> None:
    cast = month.bargain.cast
    home = told(cast.owner, "home")
    assert [(one["kind"], one["name"], one["due_on"]) for one in home["needs"]] == [
        ("statement", "2026-03", "2026-04-28")
    ]
    assert home["unread_notices"] == 2  # the terms were agreed, the month was issued
    assert told(cast.delivery, "home")["needs"] == []
    assert told(cast.rival, "home") == {"needs": [], "unread_notices": 0}
    assert told(cast.stranger, "home") == {"needs": [], "unread_notices": 0}


def test_overview_gives_figures_as_the_statement_writes_them(month: Month) -> None:
    cast = month.bargain.cast
    (march,) = told(cast.owner, f"engagements/{cast.engagement.pk}/overview")["months"]
    assert (march["period"], march["state"]) == ("2026-03", "issued")
    assert (march["credit"], march["cap"], march["currency"]) == ("10000.00", "10000.00", "CAD")
    (level,) = march["levels"]
    assert (level["id"], level["value"], level["verdict"]) == ("first_response", "66.67", "missed")


def test_overview_shows_a_draft_to_the_side_that_computed_it_only(month: Month) -> None:
    cast = month.bargain.cast
    month.drafted(month.client, "2026-04")
    path = f"engagements/{cast.engagement.pk}/overview"
    assert [one["state"] for one in told(cast.owner, path)["months"]] == [None, "issued"]
    assert [one["state"] for one in told(cast.delivery, path)["months"]] == ["issued"]
    assert len(told(cast.owner, f"{path}?months=1")["months"]) == 1


def test_journal_is_read_in_parts_and_by_what_was_done(month: Month) -> None:
    cast = month.bargain.cast
    path = f"engagements/{cast.engagement.pk}/journal"
    whole = told(cast.owner, f"{path}?limit=500")
    assert whole["count"] == len(whole["entries"]) > 5
    part = told(cast.owner, f"{path}?limit=2&offset=1")
    assert [one["id"] for one in part["entries"]] == [one["id"] for one in whole["entries"][1:3]]
    (issued,) = told(cast.owner, f"{path}?action=statement.issued")["entries"]
    assert (issued["is_shared"], issued["payload"]["after"]["period"]) == (True, "2026-03")
    assert told(cast.owner, f"{path}/{issued['id']}") == issued
    assert told(cast.owner, f"{path}?subject={issued['subject_id']}")["count"] == 1
    assert told(cast.owner, f"{path}?person={cast.delivery.pk}&action=statement.issued")["count"] == 1
    assert told(cast.owner, f"{path}?person={cast.owner.pk}&action=statement.issued")["count"] == 0


def test_own_entries_of_a_side_are_not_told_to_the_other(month: Month) -> None:
    cast = month.bargain.cast
    path = f"engagements/{cast.engagement.pk}/journal?limit=500"
    drafted = [one for one in told(cast.delivery, path)["entries"] if one["action"] == "statement.drafted"]
    assert [one["is_shared"] for one in drafted] == [False]
    assert drafted[0]["id"] not in [one["id"] for one in told(cast.owner, path)["entries"]]
    url = f"/api/journeys/engagements/{cast.engagement.pk}/journal/{drafted[0]['id']}"
    assert signed_in(cast.owner).get(url).status_code == 404


def test_entry_is_erased_by_who_manages_people_and_says_so(month: Month) -> None:
    cast = month.bargain.cast
    path = f"engagements/{cast.engagement.pk}/journal"
    entry = told(cast.owner, f"{path}?action=engagement.begun")["entries"][0]
    url = f"/api/journeys/{path}/{entry['id']}/erase"
    assert signed_in(cast.reader).post(url, {"reason": "No"}, content_type=JSON).status_code == 403
    wrong = signed_in(cast.owner).post(url, {"reason": " "}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "erasure-unexplained")
    answer = signed_in(cast.owner).post(url, {"reason": "Asked for"}, content_type=JSON).json()
    assert (answer["is_erased"], answer["erased_because"], answer["payload"]) == (True, "Asked for", None)
    assert (answer["person_id"], answer["hash"]) == (None, entry["hash"])
    again = signed_in(cast.owner).post(url, {"reason": "Asked for"}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_notice_is_listed_to_its_person_and_read_once(month: Month) -> None:
    cast = month.bargain.cast
    unread = {one["kind"]: one for one in told(cast.owner, "notices?unread=true")}
    assert unread.keys() == {"contract.terms_agreed", "operate.statement_issued"}
    notice = unread["operate.statement_issued"]
    assert notice["read_at"] is None
    url = f"/api/journeys/notices/{notice['id']}/read"
    assert signed_in(cast.delivery).post(url).status_code == 404
    first = signed_in(cast.owner).post(url).json()["read_at"]
    assert first is not None
    assert signed_in(cast.owner).post(url).json()["read_at"] == first
    assert [one["kind"] for one in told(cast.owner, "notices?unread=true")] == ["contract.terms_agreed"]
    assert notice["id"] in [one["id"] for one in told(cast.owner, "notices")]


def test_tasks_are_those_of_whoever_asks_and_of_their_organisation(month: Month) -> None:
    cast = month.bargain.cast
    kinds = [one["kind"] for one in told(cast.owner, "tasks")]
    assert "journeys.notify.operate.statement_issued" in kinds
    assert [one for one in kinds if "upload" in one] == ["records.read_upload"]
    assert "records.read_upload" not in [one["kind"] for one in told(cast.delivery, "tasks")]
    assert {one["kind"] for one in told(cast.rival, "tasks")} == {"journeys.mail_digest"}
    ask_for_sample(actor_for(cast.stranger), "light", at=AT)
    (loading,) = told(cast.stranger, "tasks")
    assert (loading["kind"], loading["done_share"], loading["done_at"]) == (
        "journeys.load_sample.light",
        0,
        None,
    )
    assert loading["id"] not in [one["id"] for one in told(cast.owner, "tasks")]


@pytest.mark.parametrize("path", ["home", "notices", "tasks"])
def test_nobody_is_told_to_sign_in(path: str) -> None:
    answer = Client().get(f"/api/journeys/{path}")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def queries_of(person: Person, path: str) -> int:
    client = signed_in(person)
    client.get(f"/api/journeys/{path}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/api/journeys/{path}")
    return len(asked)


def test_lists_cost_the_same_with_few_rows_and_with_thirty_more(month: Month) -> None:
    cast = month.bargain.cast
    paths = ["home", "tasks?limit=5", f"engagements/{cast.engagement.pk}/journal?limit=500"]
    before = [queries_of(cast.owner, path) for path in paths]
    with entered(month.client.reach):
        for number in range(30):
            address = f"p{number}@lumen.example"
            invite_to_side(
                month.client, cast.engagement, email=address, side="client", roles=["reader"], at=AT
            )
    assert len(told(cast.owner, "home")["needs"]) == 31
    assert [queries_of(cast.owner, path) for path in paths] == before
