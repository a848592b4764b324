"""A contract's summary out of a sheet, by its page and by the API: first it is seen, and then it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.contract.models import ContractSummary
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
SHEET = "Contract\tOutsourcing agreement\nTerm starts\t2026-01-01\nTerm ends\t2028-12-31\nRenewal\tautomatic\nRenewed for\t12\nNotice\t6 months\nYearly value\t2,400,000.00\n"  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(cast: Cast, name: str = "summary_sheet") -> str:
    return reverse(f"contract:{name}", args=[cast.engagement.pk])


def api(cast: Cast) -> str:
    return f"/api/contract/engagements/{cast.engagement.pk}/summaries/sheet"


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def written(cast: Cast) -> list[ContractSummary]:
    with entered(cast.actor(cast.owner).reach):
        return list(ContractSummary.objects.order_by("number"))


def test_sheet_fills_the_form_and_the_form_writes(cast: Cast) -> None:
    priya = signed_in(cast.owner)
    assert "Fill the form" in said(priya.get(here(cast)))
    answer = priya.post(here(cast), {"pasted": f"{SHEET}Owner\tVendor office\n"})
    page = said(answer)
    assert "The sheet says 7 fields." in page
    assert "Not read: Owner." in page
    assert 'name="starts_on" value="2026-01-01"' in page
    assert written(cast) == []
    form = answer.context["form"]
    assert form.is_valid()
    assert priya.post(here(cast, "summary"), form.data).status_code == 302
    (made,) = written(cast)
    assert (made.title, made.notice_months, str(made.effective_on)) == (
        "Outsourcing agreement",
        6,
        "2026-01-01",
    )


def test_refused_fields_stand_empty_with_the_reason(cast: Cast) -> None:
    sheet = SHEET.replace("2026-01-01", "02/01/2026").replace("automatic", "perhaps")
    answer = signed_in(cast.owner).post(here(cast), {"pasted": sheet})
    page = said(answer)
    assert "and 2 that are refused" in page
    assert "write 2026-01-02 or 2026-02-01" in page
    form = answer.context["form"]
    assert form["starts_on"].value() == ""
    assert form["renewal"].value() == ""
    assert '<option value="" selected>choose one</option>' in page
    assert [str(one) for one in form.errors["starts_on"]] == [
        "“02/01/2026” may be 2 January or 1 February: write 2026-01-02 or 2026-02-01."
    ]


def test_refused_field_that_may_be_empty_is_asked_for_too(cast: Cast) -> None:
    sheet = SHEET.replace("2028-12-31", "02/03/2028")
    form = signed_in(cast.owner).post(here(cast), {"pasted": sheet}).context["form"]
    assert " required" in str(form["ends_on"])
    assert " required" not in str(form["signed_on"])


def test_days_that_contradict_each_other_are_told_beside_them(cast: Cast) -> None:
    sheet = SHEET.replace("2028-12-31", "2025-12-31")
    page = said(signed_in(cast.owner).post(here(cast), {"pasted": sheet}))
    assert "The term ends on 2025-12-31, before it starts on 2026-01-01." in page


def test_amendment_begins_with_what_stands(cast: Cast) -> None:
    priya = signed_in(cast.owner)
    first = priya.post(here(cast), {"pasted": SHEET}).context["form"]
    priya.post(here(cast, "summary"), first.data)
    form = priya.post(
        here(cast), {"pasted": "Term ends\t31 Dec 2029\nWhat it changes\tA year longer\n"}
    ).context["form"]
    assert (form["title"].value(), form["after"].value(), form["ends_on"].value()) == (
        "Outsourcing agreement", "1", "2029-12-31",
    )  # fmt: skip


def test_file_is_read_as_what_is_pasted(cast: Cast) -> None:
    file = SimpleUploadedFile(
        "contract.csv", SHEET.replace("2,400,000.00", "2400000").replace("\t", ",").encode()
    )
    page = said(signed_in(cast.owner).post(here(cast), {"file": file, "pasted": ""}))
    assert "The sheet says 7 fields." in page


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "nothing was sent: paste rows, or choose a file"),
        ("a" * 200_001, "more than 200,000 characters were pasted"),
        ("Owner\tVendor", "it says none of contract"),
    ],
)
def test_what_cannot_be_read_is_said_above_what_was_pasted(cast: Cast, pasted: str, why: str) -> None:
    answer = signed_in(cast.owner).post(here(cast), {"pasted": pasted})
    assert answer.status_code == 422
    assert why in said(answer)


def test_only_who_writes_terms_opens_it(cast: Cast) -> None:
    assert signed_in(cast.reader).get(here(cast)).status_code == 403
    assert signed_in(cast.rival).get(here(cast)).status_code == 404
    assert "From a sheet…" not in said(signed_in(cast.reader).get(here(cast, "summary")))


def test_program_sees_first_and_then_writes(cast: Cast) -> None:
    client = signed_in(cast.delivery)
    seen = client.post(api(cast), {"csv": SHEET, "dry_run": True}, content_type="application/json")
    assert (seen.status_code, seen.json()["summary"], len(seen.json()["fields"])) == (200, None, 7)
    assert written(cast) == []
    done = client.post(api(cast), {"csv": SHEET}, content_type="application/json")
    assert (done.status_code, done.json()["summary"]["notice_on"]) == (201, "2028-06-30")
    again = client.post(api(cast), {"csv": SHEET}, content_type="application/json")
    assert (again.status_code, len(written(cast))) == (422, 1)  # an amendment says from when it counts
    sheet = f"{SHEET}Counts from\t2026-02-01\n"
    stale = client.post(api(cast), {"csv": sheet}, content_type="application/json")
    assert (stale.status_code, stale.json()["code"]) == (409, "summary-overtaken")
    longer = "Counts from\t2026-06-01\nTerm ends\t2029-12-31\n"
    amended = client.post(api(cast), {"csv": longer, "after": 1}, content_type="application/json")
    assert amended.json()["summary"]["title"] == "Outsourcing agreement"
    wrong = client.post(api(cast), {"csv": "Start\t02/03/2026"}, content_type="application/json")
    assert wrong.json()["code"] == "summary-refused"
    assert wrong.json()["fields"][0]["name"] == "starts_on"


def test_questions_are_as_many_for_one_field_as_for_all(cast: Cast) -> None:
    client = signed_in(cast.owner)
    client.get(here(cast))  # the session is begun
    counts = []
    for pasted in ("Contract\tMSA\n", SHEET):
        with CaptureQueriesContext(connection) as asked:
            client.post(here(cast), {"pasted": pasted})
        counts.append(len(asked))
    assert counts[0] == counts[1]
