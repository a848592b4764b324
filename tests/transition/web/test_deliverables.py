"""Deliverables by pages and by the API: the clock with its why, the answers, the list and its files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.transition.owed import handed_in, now, owed, rejected

from handfast.transition.models import Deliverable

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import DjangoAssertNumQueries
    from tests.transition.programme import Programme

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "Training plan", "text": "Who is trained when", "submits_side": "provider", "owner": "", "reviewer": "",
    "due_on": "2026-12-18", "review_days": "5", "is_silence_acceptance": "on",
}  # fmt: skip
DONE, REDIRECT, REFUSED, CONFLICT = 200, 302, 422, 409


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(programme: Programme, name: str = "deliverables", *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def at(programme: Programme, one: Deliverable, **form: Any) -> dict[str, Any]:
    return {"as_seen": now(programme.client, one).seen_as} | form


@pytest.fixture
def priya(programme: Programme) -> Client:
    return signed_in(programme.cast.owner)


@pytest.fixture
def jovana(programme: Programme) -> Client:
    return signed_in(programme.cast.delivery)


def the_one(programme: Programme) -> Deliverable:
    from handfast.foundation.scope import entered  # noqa: PLC0415 - of this helper alone

    with entered(programme.client.reach):
        return Deliverable.objects.get()


def test_deliverable_is_planned_handed_in_rejected_and_accepted_by_pages_alone(
    programme: Programme, priya: Client, jovana: Client
) -> None:
    assert "No deliverables yet" in said(priya.get(here(programme)))
    assert jovana.post(here(programme), GIVEN).status_code == REDIRECT
    one = the_one(programme)
    page = said(priya.get(here(programme, "deliverable", one.pk)))
    assert "would be an acceptance once Lumen agrees to that" in page
    assert (
        priya.post(here(programme, "deliverable_silence", one.pk), at(programme, one)).status_code == REDIRECT
    )
    note = at(programme, one, note="All of it")
    assert jovana.post(here(programme, "deliverable_hand_in", one.pk), note).status_code == REDIRECT
    page = said(priya.get(here(programme, "deliverable", one.pk)))
    assert "5 whole working days of Lumen (its calendar in the plan, America/Toronto)" in page
    assert "Without an answer by then it is accepted." in page
    empty = priya.post(here(programme, "deliverable_reject", one.pk), at(programme, one, reasons=" \n "))
    assert empty.status_code == REFUSED
    no = at(programme, one, reasons="Page 3 is missing\nNo owner for step 4")
    assert priya.post(here(programme, "deliverable_reject", one.pk), no).status_code == REDIRECT
    assert "<li>No owner for step 4</li>" in said(jovana.get(here(programme, "deliverable", one.pk)))
    jovana.post(here(programme, "deliverable_hand_in", one.pk), at(programme, one, note="Again"))
    wrong = at(programme, one, condition_1="Translate it", by_1="")
    assert priya.post(here(programme, "deliverable_accept", one.pk), wrong).status_code == REFUSED
    yes = at(
        programme, one, condition_1="Translate it", by_1="2027-01-15", owner_1=str(programme.cast.delivery.pk)
    )
    assert priya.post(here(programme, "deliverable_accept", one.pk), yes).status_code == REDIRECT
    page = said(jovana.get(here(programme, "deliverable", one.pk)))
    assert "Accepted with conditions" in page
    assert "1 of 1 accepted; 0 under review; none late." in said(jovana.get(here(programme)))


def test_pages_tell_an_acceptance_by_silence_before_the_worker_comes(
    programme: Programme, priya: Client
) -> None:
    one = handed_in(programme.provider, owed(programme.client, programme.cast.engagement))
    assert one.state == Deliverable.State.SUBMITTED
    page = said(priya.get(here(programme, "deliverable", one.pk)))
    assert "Deemed accepted" in page
    assert "no answer came" in page
    assert "Under review" not in page.partition("<main")[2]
    listed = said(priya.get(here(programme) + "?state=deemed"))
    assert "Knowledge transfer plan" in listed
    assert "1 of them by silence" in listed
    assert (
        "Knowledge transfer plan"
        not in said(priya.get(here(programme) + "?state=submitted")).partition("<main")[2]
    )
    late = priya.post(here(programme, "deliverable_reject", one.pk), at(programme, one, reasons="No"))
    assert late.status_code == CONFLICT
    told = json.loads(priya.get(f"/api/transition/deliverables/{one.pk}").content)
    assert (told["state"], told["decided_at"]) == ("deemed", told["review_ends_at"])


def test_review_without_agreed_silence_is_told_as_overdue(programme: Programme, priya: Client) -> None:
    one = handed_in(programme.provider, owed(programme.provider, programme.cast.engagement))
    page = said(priya.get(here(programme, "deliverable", one.pk)))
    assert "Review overdue" in page
    assert "Knowledge transfer plan" in said(priya.get(here(programme) + "?state=review-overdue"))
    told = json.loads(priya.get(f"/api/transition/deliverables/{one.pk}").content)
    assert (told["state"], told["is_review_overdue"]) == ("submitted", True)


def test_list_is_filtered_and_goes_out_as_it_is_shown(programme: Programme, priya: Client) -> None:
    owed(programme.client, programme.cast.engagement, title="Late one", due_on=date(2026, 1, 5))
    owed(
        programme.client,
        programme.cast.engagement,
        title="Ours",
        submits_side="client",
        due_on=date(2030, 1, 7),
    )
    for query, expected in {
        "": ["Late one", "Ours"], "?state=late": ["Late one"], "?side=client": ["Ours"], "?text=dl-2": ["Ours"],
        "?text=late": ["Late one"], "?state=planned": ["Late one", "Ours"], "?state=any-open": ["Late one", "Ours"],
        "?state=accepted": [],
    }.items():  # fmt: skip
        lines = (
            b"".join(priya.get(here(programme, "deliverables_export", "csv") + query))
            .decode()
            .splitlines()[1:]
        )  # type: ignore[arg-type]  # it streams
        assert (query, [line.split(",")[1] for line in lines]) == (query, expected)
        page = said(priya.get(here(programme) + query)).partition("<main")[2]
        assert (query, [one for one in ("Late one", "Ours") if f">{one}<" in page]) == (query, expected)
    assert priya.get(here(programme) + "?state=lost").status_code == REFUSED


def test_bad_input_is_refused_at_its_field(programme: Programme, priya: Client) -> None:
    for wrong in (
        {"title": " "},
        {"due_on": "soon"},
        {"review_days": "0"},
        {"owner": "me"},
        {"submits_side": "both"},
    ):
        answer = priya.post(here(programme), GIVEN | wrong)
        assert (wrong, answer.status_code) == (wrong, REFUSED)
    other = GIVEN | {"owner": str(programme.cast.owner.pk)}
    assert "Choose somebody of the provider." in said(priya.post(here(programme), other))


def test_withdrawn_it_can_be_taken_back_for_a_moment_and_brought_back_later(
    programme: Programme, priya: Client
) -> None:
    one = owed(programme.client, programme.cast.engagement)
    page = said(priya.post(here(programme, "deliverable_withdraw", one.pk), at(programme, one), follow=True))
    assert "hf-undo" in page
    assert priya.post(here(programme, "deliverable_return", one.pk)).status_code == REDIRECT
    assert now(programme.client, one).state == "planned"


def test_api_does_all_verbs(programme: Programme, priya: Client, jovana: Client) -> None:
    def sent(client: Client, method: str, path: str, **body: Any) -> Any:
        answer = client.generic(
            method, f"/api/transition/{path}", json.dumps(body), content_type="application/json"
        )
        return json.loads(answer.content)

    deal = programme.cast.engagement.pk
    given = {"title": "Plan", "submits_side": "provider", "due_on": "2026-12-18", "review_days": 5}
    made = sent(jovana, "POST", f"engagements/{deal}/deliverables", **given)
    one = f"deliverables/{made['id']}"
    amended = sent(
        jovana, "PUT", one, **given | {"title": "Other"}, is_silence_acceptance=True, as_seen=made["seen_as"]
    )
    agreed = sent(priya, "POST", f"{one}/silence-agreement", as_seen=amended["seen_as"])
    assert agreed["is_silence_agreed"]
    first = sent(jovana, "POST", f"{one}/submission", note="", as_seen=agreed["seen_as"])
    refused = sent(priya, "POST", f"{one}/rejection", reasons=[], as_seen=first["seen_as"])
    assert refused["code"] == "answer-incomplete"
    no = sent(priya, "POST", f"{one}/rejection", reasons=["No"], as_seen=first["seen_as"])
    gone = sent(priya, "POST", f"{one}/withdrawal", as_seen=no["seen_as"])
    back = sent(priya, "POST", f"{one}/return", as_seen=gone["seen_as"])
    again = sent(jovana, "POST", f"{one}/submission", note="Again", as_seen=back["seen_as"])
    condition = {"text": "Translate it", "due_on": "2027-01-15"}
    done = sent(priya, "POST", f"{one}/acceptance", conditions=[condition], as_seen=again["seen_as"])
    assert (done["state"], done["round"]) == ("accepted", 2)
    told = sent(priya, "GET", one)
    assert [each["outcome"] for each in told["rounds"]] == ["conditional", "rejected"]
    assert [each["name"] for each in sent(priya, "GET", f"engagements/{deal}/deliverables")] == ["DL-1"]


def test_what_waits_stands_at_needs_me(programme: Programme, priya: Client, jovana: Client) -> None:
    today = datetime.now(UTC)
    waiting = owed(programme.client, programme.cast.engagement, title="To review", review_days=9)
    handed_in(programme.provider, waiting, today)
    owed(
        programme.client, programme.cast.engagement, title="To hand in", owner_id=programme.cast.delivery.pk,
        due_on=(today + timedelta(days=3)).date(),
    )  # fmt: skip
    owed(programme.provider, programme.cast.engagement, title="To agree on")
    home = reverse("journeys:home")
    mine, theirs = said(priya.get(home)), said(jovana.get(home))
    assert [one for one in ("To review", "To hand in", "To agree on") if one in mine] == [
        "To review",
        "To agree on",
    ]
    assert [one for one in ("To review", "To hand in", "To agree on") if one in theirs] == ["To hand in"]
    reader = said(signed_in(programme.cast.reader).get(home))
    assert "To review" not in reader


def test_list_and_page_ask_as_much_for_thirty_as_for_one(
    programme: Programme, priya: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = owed(programme.provider, programme.cast.engagement)
    one = rejected(programme.client, handed_in(programme.provider, one))
    priya.get(here(programme))  # whoever comes for the first time is noted down
    with django_assert_max_num_queries(40) as first:
        priya.get(here(programme))
    with django_assert_max_num_queries(60) as alone:
        priya.get(here(programme, "deliverable", one.pk))
    for _ in range(29):
        owed(programme.client, programme.cast.engagement)
    other = owed(programme.provider, programme.cast.engagement)
    for _ in range(5):
        other = rejected(programme.client, handed_in(programme.provider, other))
    with django_assert_max_num_queries(len(first)):
        priya.get(here(programme))
    with django_assert_max_num_queries(len(alone)):
        page = priya.get(here(programme, "deliverable", other.pk))
    assert page.status_code == 200
