"""The contract's summary by its page, its files and the API."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "Master services agreement", "reference": "MSA-7", "signed_on": "2025-12-01", "starts_on": "2026-01-01",
    "ends_on": "2028-12-31", "renewal": "automatic", "renewal_months": "12", "notice_months": "6",
    "yearly_value": "2400000", "governing_law": "Ontario, Canada", "client_contact": "Vendor office",
    "provider_contact": "", "effective_on": "2026-01-01", "changes": "", "after": "0",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(cast: Cast, name: str = "summary", *more: object) -> str:
    return reverse(f"contract:{name}", args=[cast.engagement.pk, *more])


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_page_says_what_holds_and_why_notice_is_due_on_that_day(cast: Cast) -> None:
    priya, jovana = signed_in(cast.owner), signed_in(cast.delivery)
    assert "Nothing of the contract is written down yet." in said(jovana.get(here(cast)))
    assert priya.post(here(cast), GIVEN).status_code == 302
    page = said(jovana.get(here(cast)))
    assert "Notice by 30 Jun 2028, or it renews for 12 months" in page
    assert "by 30 Jun 2028: 6 months before the term is over on 31 Dec 2028" in page
    assert "2,400,000.00 CAD" in page
    assert '<dt>Contact of the provider</dt><dd class="hf-muted">not written down</dd>' in page


def test_form_opens_on_the_newest_version_and_amends_it(cast: Cast) -> None:
    priya = signed_in(cast.owner)
    priya.post(here(cast), GIVEN)
    form = priya.get(here(cast)).context["form"]
    assert form.initial["after"] == 1
    more = {"after": "1", "effective_on": "2026-06-01", "ends_on": "2029-12-31", "changes": "A year longer"}
    assert priya.post(here(cast), GIVEN | more).status_code == 302
    page = said(priya.get(here(cast)))
    assert "Version 2, counts from 1 Jun 2026" in page
    assert "A year longer" in page


@pytest.mark.parametrize(
    ("spoiled", "status", "told"),
    [
        ({"ends_on": "2025-12-31"}, 422, "The term ends on 2025-12-31, before it starts on 2026-01-01."),
        ({"yearly_value": "2,4"}, 422, "Write a plain amount, as in 120000 or 120000.50."),
        ({"notice_months": "99999"}, 422, "less than or equal to 32767"),
        ({"renewal": "never"}, 422, "never"),
        ({"title": "\x00"}, 422, "Null characters"),
        ({"after": "1"}, 409, "Nothing was written: version 0 is the newest by now"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_written(
    cast: Cast, spoiled: dict[str, str], status: int, told: str
) -> None:
    priya = signed_in(cast.owner)
    answer = priya.post(here(cast), GIVEN | spoiled)
    assert answer.status_code == status
    assert told in said(answer)
    assert "Nothing of the contract is written down yet." in said(answer)


def test_reader_reads_and_writes_nothing(cast: Cast) -> None:
    reader = signed_in(cast.reader)
    assert "Write it down" not in said(reader.get(here(cast)))
    assert reader.post(here(cast), GIVEN).status_code == 403
    assert signed_in(cast.rival).get(here(cast)).status_code == 404


def test_file_holds_every_version(cast: Cast) -> None:
    priya = signed_in(cast.owner)
    priya.post(here(cast), GIVEN)
    answer = priya.get(here(cast, "summary_export", "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # it streams
    head, row = csv.reader(io.StringIO(text))
    told = dict(zip(head, row, strict=True))
    assert (told["Notice by"], told["Yearly value"], told["Currency"]) == ("2028-06-30", "2400000.00", "CAD")


def test_page_asks_as_often_for_ten_versions_as_for_one(cast: Cast) -> None:
    priya = signed_in(cast.owner)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert priya.get(here(cast)).status_code == 200
        return len(queries)

    priya.post(here(cast), GIVEN)
    few = asked()
    for after in range(1, 10):
        assert priya.post(here(cast), GIVEN | {"after": str(after)}).status_code == 302
    assert asked() == few


def test_api_writes_and_lists_and_refuses_by_the_field(cast: Cast) -> None:
    priya = signed_in(cast.owner)
    path = f"/api/contract/engagements/{cast.engagement.pk}/summaries"
    given = {"title": "MSA", "effective_on": "2026-01-01", "starts_on": "2026-01-01", "yearly_value": "12.50"}
    made = priya.post(path, json.dumps(given), content_type="application/json")
    assert made.status_code == 201
    (one,) = priya.get(path).json()
    assert (one["number"], one["yearly_value"], one["currency"]) == (1, "12.50", "CAD")
    twice = priya.post(path, json.dumps(given), content_type="application/json")
    assert (twice.status_code, twice.json()["code"]) == (409, "summary-overtaken")
    wrong = priya.post(
        path, json.dumps(given | {"after": 1, "renewal": "option"}), content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "summary-refused")
