"""The register of reported values: what is missing is asked for, what is refused says why, the other side reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.operate.actions.test_reported import REPORTING, report_of, reported
from tests.operate.month import AT, Month, a_month

from handfast.foundation.scope import entered
from handfast.operate.models import ReportedValue
from handfast.operate.web.reported_form import said_of, value_said

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
ASKED_BY_THE_REGISTER = 21
GIVEN = {"measure": "satisfaction", "period": "2026-03", "value": "4.21", "attested_by": "Head of service"}


@pytest.fixture
def month() -> Month:
    return a_month(REPORTING)


def page_of(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def address(month: Month) -> str:
    return reverse("operate:reported", kwargs={"engagement": month.bargain.cast.engagement.pk})


@pytest.mark.parametrize("text", ["96.5 %", "41 of 43", "1,041 of 1,043", "4.21"])
def test_value_is_read_back_as_it_was_typed(text: str) -> None:
    assert value_said(said_of(text)) == text


def test_provider_reports_what_the_terms_ask_of_it_and_the_client_reads_it(month: Month) -> None:
    cast = month.bargain.cast
    provider = page_of(cast.delivery)
    page = provider.get(address(month)).content.decode()
    assert "you have not reported: Satisfaction" in page
    assert "Audited" not in page
    file = {"file_name": "survey <b>.pdf", "file_sha256": "ab" * 32}
    assert provider.post(address(month), GIVEN | file).status_code == 302
    shown = page_of(cast.owner).get(address(month)).content.decode()
    assert "survey &lt;b&gt;.pdf" in shown
    assert "Head of service" in shown
    assert "Danube Care" in shown
    assert "Withdraw</button>" not in shown


def test_wrong_value_comes_back_beside_its_field(month: Month) -> None:
    provider = page_of(month.bargain.cast.delivery)
    for wrong, said in (
        ({"value": "96 %"}, "write a number"),
        ({"value": "plenty"}, "write a plain number"),
        ({"file_name": "a.pdf"}, "or neither"),
        ({"measure": "audited"}, "not one of the available choices"),
    ):
        answer = provider.post(address(month), GIVEN | wrong)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), answer.content.decode()
    with entered(month.provider.reach):
        assert not ReportedValue.objects.exists()


def test_report_is_withdrawn_by_its_side_only(month: Month) -> None:
    cast, made = month.bargain.cast, reported(month)
    place = {"engagement": cast.engagement.pk, "value": made.pk}
    withdraw = reverse("operate:withdraw_reported", kwargs=place)
    assert page_of(cast.owner).post(withdraw).status_code == 403
    assert page_of(cast.rival).post(withdraw).status_code == 404
    assert page_of(cast.delivery).post(withdraw).status_code == 302
    assert "Withdrawn" in page_of(cast.reader).get(address(month)).content.decode()


def test_reader_sees_no_form_and_reports_nothing(month: Month) -> None:
    reader = page_of(month.bargain.cast.reader)
    assert "Report a value" not in reader.get(address(month)).content.decode()
    assert reader.post(address(month), GIVEN).status_code == 403


def test_terms_without_reported_measures_say_that_every_level_is_measured() -> None:
    page = page_of((month := a_month()).bargain.cast.owner).get(address(month)).content.decode()
    assert "every level is measured" in page
    assert "Nothing reported" in page


def test_statement_says_who_reported_a_level(month: Month) -> None:
    reported(month)
    month.issued()
    cast = month.bargain.cast
    page = page_of(cast.owner).get(f"/engagements/{cast.engagement.pk}/statements/2026-03/").content.decode()
    assert "reported by Danube Care" in page


def test_operations_report_list_and_withdraw(month: Month) -> None:
    cast = month.bargain.cast
    browser = page_of(cast.delivery)
    place = f"/api/operate/engagements/{cast.engagement.pk}/reported-values"
    given = {
        "measure": "satisfaction",
        "period": "2026-03",
        "said": {"number": "4.21"},
        "attested_by": "Head",
    }
    made = browser.post(place, given, content_type="application/json")
    assert (made.status_code, made.json()["reported_side"]) == (201, "provider")
    wrong = browser.post(place, given | {"measure": "audited"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "other-side-reports")
    assert [one["said"] for one in page_of(cast.owner).get(place).json()] == [{"number": "4.21"}]
    gone = browser.post(f"/api/operate/reported-values/{made.json()['id']}/withdraw")
    assert (gone.status_code, gone.json()["withdrawn_at"] is None) == (200, False)


@pytest.mark.parametrize("many", [1, 30])
def test_register_asks_the_same_however_long_it_is(
    many: int, month: Month, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(many):
        reported(month, report_of(period=f"20{24 + place // 12}-{1 + place % 12:02d}"), AT)
    browser = page_of(month.bargain.cast.delivery)
    browser.get(address(month))
    with django_assert_num_queries(ASKED_BY_THE_REGISTER):
        assert browser.get(address(month)).content.decode().count("Withdraw</button>") == many
