"""Everything the pages do can be done by programs, and refused in one form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from tests.contract.deal import BROKEN, CHANGED, TERMS, Bargain
from tests.contract.web.test_pages import signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

HERE = "/api/contract"


def sent(client: Client, method: str, place: str, body: Any = None) -> HttpResponse:
    answer: HttpResponse = client.generic(
        method,
        f"{HERE}{place}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
    )
    return answer


def test_terms_go_from_draft_to_agreed_by_the_api(bargain: Bargain) -> None:
    priya, jovana = signed_in(bargain.cast.owner), signed_in(bargain.cast.delivery)
    one = f"/agreements/{bargain.agreement.pk}"
    made = sent(priya, "PUT", f"{one}/draft", {"text": TERMS}).json()
    assert sent(priya, "PUT", f"{one}/draft", {"text": CHANGED}).json()["code"] == "conflict"
    changed = sent(priya, "PUT", f"{one}/draft", {"text": CHANGED, "as_seen": made["sha256"]}).json()
    assert sent(jovana, "GET", f"{one}/draft").status_code == 404
    version = sent(priya, "POST", f"{one}/versions", {"as_seen": changed["sha256"]})
    assert (version.status_code, version.json()["number"]) == (201, 1)
    assert sent(priya, "GET", f"{one}/terms").status_code == 404
    mistyped = sent(jovana, "POST", f"{one}/versions/1/agreement", {"typed": "2"})
    assert (mistyped.status_code, mistyped.json()["code"]) == (422, "number-mistyped")
    assert sent(jovana, "POST", f"{one}/versions/1/agreement", {"typed": "1"}).json()["state"] == "agreed"
    assert sent(priya, "GET", f"{one}/terms").json()["number"] == 1
    assert sent(priya, "GET", f"{one}/versions/1/terms.yaml").content.decode() == CHANGED


def test_every_reading_operation_answers(bargain: Bargain) -> None:
    bargain.agreed()
    bargain.agreed(CHANGED)
    priya = signed_in(bargain.cast.owner)
    one = f"/agreements/{bargain.agreement.pk}"
    agreements = sent(priya, "GET", f"/engagements/{bargain.cast.engagement.pk}/agreements").json()
    assert [row["id"] for row in agreements] == [str(bargain.agreement.pk)]
    assert sent(priya, "GET", one).json()["currency"] == "CAD"
    assert [row["number"] for row in sent(priya, "GET", f"{one}/versions").json()] == [2, 1]
    assert sent(priya, "GET", f"{one}/versions/1").json()["state"] == "agreed"
    assert (
        sent(priya, "GET", f"{one}/versions/1/levels").json()[0]["services"][0]["levels"][0]["expected"]
        == "92 %"
    )
    assert sent(priya, "GET", f"{one}/versions/1/annex.json").json()["format"] == "handfast annex 1"
    year = sent(priya, "GET", f"{one}/versions/1/calendar?calendar=office&year=2026").json()
    assert "Clocks" not in year["zone"]
    assert year["special"][0] == {
        "on": "2026-01-01",
        "kind": "closed",
        "name": "New Year's Day",
        "open_us": 0,
        "change": "",
    }
    assert (
        sent(priya, "GET", f"{one}/versions/1/calendar?calendar=none&year=2026").json()["code"]
        == "no-such-year"
    )
    assert sent(priya, "GET", f"{one}/difference?before=1&after=2").json()["added"] == 1


def test_remarks_of_a_broken_text_name_their_lines(bargain: Bargain) -> None:
    found = sent(
        signed_in(bargain.cast.owner), "POST", f"/agreements/{bargain.agreement.pk}/checks", {"text": BROKEN}
    )
    assert found.json()["remarks"][0]["line"] == BROKEN[: BROKEN.index("clock: absent")].count("\n") + 1


def test_declining_withdrawing_and_alone_are_operations(bargain: Bargain) -> None:
    one = f"/agreements/{bargain.agreement.pk}/versions"
    bargain.proposed(bargain.provider)
    priya, jovana = signed_in(bargain.cast.owner), signed_in(bargain.cast.delivery)
    assert sent(priya, "POST", f"{one}/1/refusal", {"reason": ""}).json()["code"] == "declined-without-reason"
    assert sent(priya, "POST", f"{one}/1/refusal", {"reason": "too long"}).json()["state"] == "declined"
    bargain.proposed(bargain.provider, CHANGED)
    assert (
        sent(jovana, "POST", f"{one}/2/in-force-alone", {"typed": "2"}).json()["code"] == "other-side-answers"
    )
    assert sent(jovana, "POST", f"{one}/2/withdrawal", {}).json()["state"] == "withdrawn"
    assert sent(jovana, "POST", f"{one}/2/withdrawal", {}).json()["code"] == "terms-answered"


def test_agreement_is_made_by_the_api_once(bargain: Bargain) -> None:
    priya = signed_in(bargain.cast.owner)
    place = f"/engagements/{bargain.cast.engagement.pk}/agreements"
    given = {"title": "Second", "currency": "EUR"}
    assert sent(priya, "POST", place, given).status_code == 201
    assert sent(priya, "POST", place, given).json()["code"] == "agreement-title-taken"
    assert sent(signed_in(bargain.cast.reader), "POST", place, given).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/versions",
        "/terms",
        "/versions/1",
        "/versions/1/levels",
        "/versions/1/terms.yaml",
        "/versions/1/annex.json",
        "/versions/1/calendar?calendar=office&year=2026",
        "/difference?before=1&after=1",
        "/draft",
    ],
)
def test_operation_on_what_is_out_of_sight_is_not_found(bargain: Bargain, path: str) -> None:
    bargain.agreed()
    for person in (bargain.cast.rival, bargain.cast.stranger):
        assert sent(signed_in(person), "GET", f"/agreements/{bargain.agreement.pk}{path}").status_code == 404
    assert sent(signed_in(bargain.cast.owner), "GET", f"/agreements/{uuid4()}{path}").status_code == 404


def test_megabytes_are_refused_by_their_size(bargain: Bargain) -> None:
    priya = signed_in(bargain.cast.owner)
    refused = sent(priya, "PUT", f"/agreements/{bargain.agreement.pk}/draft", {"text": "x" * 1_500_000})
    assert (refused.status_code, refused.json()["code"]) == (413, "terms-too-large")
    assert "1,500,000 bytes" in refused.json()["detail"]
    huge = sent(priya, "PUT", f"/agreements/{bargain.agreement.pk}/draft", {"text": "x" * 5_000_000})
    assert 400 <= huge.status_code < 500
