"""Milestones and payments by pages and by the API: proposed, answered, amended, listed and taken out as a file."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.contract.promises import agreed, proposed
from tests.factories.cast import Cast, make_cast

from handfast.contract.models import AgreedMilestone
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import DjangoAssertNumQueries

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Live at full volume", "due_on": "2026-06-26", "payment": "120000.00", "clause": "Schedule 4, 2.1",
    "step_key": "go_live", "replaces": "",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(cast: Cast, name: str = "milestones", *more: object) -> str:
    return reverse(f"contract:{name}", args=[cast.engagement.pk, *more])


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_milestone_is_proposed_agreed_and_amended_by_pages_alone(cast: Cast) -> None:
    priya, jovana = signed_in(cast.owner), signed_in(cast.delivery)
    assert "No milestones yet" in said(jovana.get(here(cast)))
    assert jovana.post(here(cast), GIVEN).status_code == 302
    page = said(priya.get(here(cast)))
    assert "120,000.00 CAD" in page
    assert "Waits for an answer" in page
    assert "1 waits for Lumen" in page
    one = _only(cast)
    seen = {"verb": "agree", "as_seen": one.seen_as}
    assert priya.post(here(cast, "answer_milestone", one.pk), seen).status_code == 302
    page = said(jovana.get(here(cast)))
    assert "1 milestone agreed, 120,000.00 CAD tied to them" in page
    opened = jovana.get(f"{here(cast)}?replaces={one.pk}")
    assert "Amend M-1, Live at full volume" in said(opened)
    assert opened.context["form"]["payment"].value() == "120000.00"
    changed = GIVEN | {"due_on": "2026-07-10", "replaces": str(one.pk)}
    assert jovana.post(here(cast), changed).status_code == 302
    with entered(cast.actor(cast.owner).reach):
        second = AgreedMilestone.objects.get(number=2)
    priya.post(here(cast, "answer_milestone", second.pk), {"verb": "agree", "as_seen": second.seen_as})
    page = said(jovana.get(here(cast)))
    assert "in the place of M-1 of 26 Jun 2026" in page
    assert "by M-2" in page


def _only(cast: Cast) -> AgreedMilestone:
    with entered(cast.actor(cast.owner).reach):
        return AgreedMilestone.objects.get()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "required"),
        ("due_on", "2026-02-30", "valid date"),
        ("due_on", "2101-01-01", "Write a day from 2000-01-01 to the year 2099"),
        ("payment", "12,50", "plain amount"),
        ("payment", "0", "above nothing"),
        ("payment", "1.005", "At most 2 digits"),
        ("step_key", "nowhere", "valid choice"),
        ("clause", "a\u202eb", "without control characters"),
    ],
)
def test_what_cannot_be_agreed_on_is_told_beside_its_field(
    cast: Cast, field: str, value: str, told: str
) -> None:
    page = signed_in(cast.owner).post(here(cast), GIVEN | {field: value})
    assert page.status_code == 422
    assert any(told in str(fault) for fault in page.context["form"].errors[field])
    with entered(cast.actor(cast.owner).reach):
        assert not AgreedMilestone.objects.exists()


def test_decline_without_a_reason_opens_its_field(cast: Cast) -> None:
    made = proposed(cast)
    priya = signed_in(cast.owner)
    sent = {"verb": "decline", "as_seen": made.seen_as, "reason": ""}
    page = priya.post(here(cast, "answer_milestone", made.pk), sent)
    assert page.status_code == 422
    assert "say what should be changed" in said(page)
    assert priya.post(here(cast, "answer_milestone", made.pk), sent | {"reason": "Later."}).status_code == 302
    assert "Later." in said(priya.get(here(cast)))


def test_what_one_may_not_do_is_not_offered_and_not_done(cast: Cast) -> None:
    made = proposed(cast)
    reader, rival = signed_in(cast.reader), signed_in(cast.rival)
    page = said(reader.get(here(cast)))
    assert "Live at full volume" in page
    assert "Propose a milestone" not in page
    assert ">Agree" not in page
    assert reader.post(here(cast), GIVEN).status_code == 403
    sent = {"verb": "agree", "as_seen": made.seen_as}
    assert reader.post(here(cast, "answer_milestone", made.pk), sent).status_code == 403
    assert rival.get(here(cast)).status_code == 404
    assert rival.post(here(cast, "answer_milestone", made.pk), sent).status_code == 404
    assert rival.get(here(cast, "milestones_export", "csv")).status_code == 404
    assert (
        signed_in(cast.owner).post(here(cast, "answer_milestone", made.pk), {"verb": "praise"}).status_code
        == 422
    )


@pytest.mark.parametrize("named", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_amendment_of_nothing_is_not_found(cast: Cast, named: str) -> None:
    assert signed_in(cast.owner).get(f"{here(cast)}?replaces={named}").status_code == 404
    assert signed_in(cast.owner).post(here(cast), GIVEN | {"replaces": named}).status_code == 404


def test_list_can_be_had_as_a_file_and_a_name_is_no_formula(cast: Cast) -> None:
    agreed(cast, name="=HYPERLINK(1)")
    priya = signed_in(cast.owner)
    lines = b"".join(priya.get(here(cast, "milestones_export", "csv"))).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]  # a stream of bytes
    assert lines[0].startswith("Number,Date,Milestone,Payment,Currency,Clause")
    assert "M-1,2026-06-26,'=HYPERLINK(1),120000.00,CAD" in lines[1]
    content = b"".join(priya.get(here(cast, "milestones_export", "xlsx")))  # type: ignore[arg-type]  # as above
    row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1]
    assert row[2:5] == ["=HYPERLINK(1)", 120000.0, "CAD"]
    assert priya.get(here(cast, "milestones_export", "pdf")).status_code == 404


def test_list_asks_as_much_for_one_as_for_thirty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = agreed(cast)
    priya = signed_in(cast.owner)
    priya.get(here(cast))
    asked = _asked(priya, cast)
    for _ in range(10):
        agreed(cast)
        proposed(cast)
        proposed(cast, payment=None)
    proposed(cast, replaces=first)
    assert _asked(priya, cast) == asked


def _asked(client: Client, cast: Cast) -> int:
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    with CaptureQueriesContext(connection) as asked:
        client.get(here(cast))
    return len(asked)


def sent(client: Client, method: str, place: str, body: Any = None) -> HttpResponse:
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/contract{place}", data, content_type="application/json")


def test_everything_can_be_done_by_the_api(cast: Cast) -> None:
    priya, jovana = signed_in(cast.owner), signed_in(cast.delivery)
    place = f"/engagements/{cast.engagement.pk}/milestones"
    given = {key: value for key, value in GIVEN.items() if key != "replaces"}
    made = sent(jovana, "POST", place, given)
    assert (made.status_code, made.json()["payment"], made.json()["number"]) == (201, "120000.00", 1)
    one = f"/milestones/{made.json()['id']}"
    assert sent(priya, "POST", f"{one}/agreement", {"as_seen": "agreed"}).json()["code"] == "conflict"
    assert sent(jovana, "POST", f"{one}/agreement", {"as_seen": "proposed"}).json()["code"] == "not-permitted"
    assert sent(priya, "POST", f"{one}/agreement", {"as_seen": "proposed"}).json()["state"] == "agreed"
    again = sent(priya, "POST", f"{one}/refusal", {"as_seen": "agreed", "reason": "no"})
    assert again.json()["code"] == "milestone-answered"
    alone = sent(jovana, "POST", f"{one}/in-force-alone", {"as_seen": "agreed"})
    assert alone.json()["code"] == "milestone-answered"
    second = sent(
        jovana, "POST", place, given | {"replaces": made.json()["id"], "due_on": "2026-07-10"}
    ).json()
    third = sent(jovana, "POST", place, given | {"replaces": made.json()["id"]})
    assert (third.status_code, third.json()["code"]) == (409, "milestone-waiting")
    taken_back = sent(jovana, "POST", f"/milestones/{second['id']}/withdrawal", {"as_seen": "proposed"})
    assert taken_back.json()["state"] == "withdrawn"
    wrong = sent(jovana, "POST", place, given | {"payment": "1,5"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "milestone-refused")
    assert [row["number"] for row in sent(priya, "GET", place).json()] == [1, 2]
    assert sent(priya, "GET", one).json()["due_on"] == str(date(2026, 6, 26))
    assert sent(signed_in(cast.rival), "GET", one).status_code == 404
    assert sent(signed_in(cast.reader), "POST", place, given).status_code == 403
