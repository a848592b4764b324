"""The pages of a month, as each of its people meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.contract.deal import TERMS
from tests.operate.month import AT, Month, a_month

from handfast.foundation.scope import entered
from handfast.operate.actions import dispute_line, propose_adjustment
from handfast.operate.models import Statement

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from handfast.operate.models import StatementDraft
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
LEVEL = "first_response"
ASKED_BY_THE_LIST = 17
EXCLUDING = TERMS.replace(
    "    unfinished: as it stands\n", "    unfinished: as it stands\n    excludes: [duplicate]\n"
)
SAID = {"kind": "record excluded", "type": "duplicate", "records": ["L-2"], "reason": "Reported twice."}


@pytest.fixture
def month() -> Month:
    return a_month()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(month: Month, name: str, **words: object) -> str:
    return reverse(f"operate:{name}", kwargs={"engagement": month.bargain.cast.engagement.pk, **words})


def provider(month: Month) -> Client:
    return signed_in(month.bargain.cast.delivery)


def client(month: Month) -> Client:
    return signed_in(month.bargain.cast.owner)


def text_of(browser: Client, address: str, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_month_is_computed_issued_and_agreed_through_the_pages(month: Month) -> None:
    provider_ = provider(month)
    computed = provider_.post(url(month, "compute"), {"period": "2026-03"})
    assert computed.status_code == 302
    assert "Draft" in text_of(provider_, computed["Location"])
    with entered(month.provider.reach):
        draft = drafted(month)
    issue = url(month, "issue", draft=draft.pk)
    assert f'name="as_seen" value="{draft.digest}"' in provider_.get(computed["Location"]).content.decode()
    for stale in ({}, {"as_seen": "0" * 64}):  # a colleague computed it anew since the page was opened
        assert provider_.post(issue, stale).status_code == 409
    assert provider_.post(issue, {"as_seen": draft.digest}).status_code == 302
    page = text_of(client(month), url(month, "statement", period="2026-03"))
    assert "waits for Lumen" in page
    assert "66.67" in page
    statement = only_statement(month)
    agree = url(month, "agree", statement=statement.pk)
    assert "Sign" in text_of(client(month), agree)
    wrong = client(month).post(agree, {"typed": "1.00", "as_seen": statement.seen_as})
    assert (wrong.status_code, "type 2026-03" in wrong.content.decode()) == (422, True)
    done = client(month).post(agree, {"typed": "2026-03", "as_seen": statement.seen_as})
    assert done.status_code == 302
    assert "agreed by both" in text_of(provider(month), url(month, "statement", period="2026-03"))


def drafted(month: Month) -> StatementDraft:
    from handfast.operate.models import StatementDraft as Draft  # noqa: PLC0415 - the name is for annotations above

    return Draft.objects.get(period="2026-03")


def only_statement(month: Month) -> Statement:
    with entered(month.client.reach):
        return Statement.objects.get()


def test_line_is_disputed_with_its_reason_and_the_other_side_reads_it(month: Month) -> None:
    statement = month.issued()
    form = {"level": LEVEL, "reason": "L-2 was ours <script>", "as_seen": statement.seen_as}
    assert client(month).post(url(month, "dispute", statement=statement.pk), form).status_code == 302
    page = text_of(provider(month), url(month, "statement", period="2026-03"))
    assert "disputed by Lumen" in page
    assert "L-2 was ours &lt;script&gt;" in page


def test_stale_form_is_told_so_and_changes_nothing(month: Month) -> None:
    statement = month.issued()
    seen = statement.seen_as
    dispute_line(month.client, statement, level=LEVEL, reason="x", at=AT)
    answer = client(month).post(
        url(month, "agree", statement=statement.pk), {"typed": "2026-03", "as_seen": seen}
    )
    assert answer.status_code == 409
    assert "somebody changed this" in answer.content.decode()


def test_figure_opens_its_records_and_a_record_opens_to_the_second(month: Month) -> None:
    statement = month.issued()
    roster = text_of(client(month), url(month, "level", made=statement.pk, level=LEVEL))
    assert all(f"L-{number}" in roster for number in (1, 2, 3))
    missed = text_of(client(month), url(month, "level", made=statement.pk, level=LEVEL) + "?outcome=missed")
    assert "L-2" in missed
    assert "L-1" not in missed
    record = text_of(client(month), url(month, "record", made=statement.pk, level=LEVEL, record="L-2"))
    assert "6:00:01" in record
    assert "Missed by 2:00:01" in record
    assert "<svg" in record


def test_body_is_served_byte_for_byte(month: Month) -> None:
    statement = month.issued()
    response = client(month).get(url(month, "body", statement=statement.pk))
    assert response.content.decode() == statement.body
    assert json.loads(response.content)["statement"] == "handfast 1"


@pytest.mark.parametrize("name", ["statements", "service_levels", "adjustments", "propose"])
def test_page_of_the_engagement_is_shown_and_to_a_rival_it_is_not_there(name: str, month: Month) -> None:
    month.issued()
    text_of(client(month), url(month, name))
    text_of(signed_in(month.bargain.cast.rival), url(month, name), status=404)
    assert Client().get(url(month, name)).status_code == 302


def test_rival_cannot_open_statement_level_or_record(month: Month) -> None:
    statement = month.issued()
    rival = signed_in(month.bargain.cast.rival)
    for address in (
        url(month, "statement", period="2026-03"),
        url(month, "agree", statement=statement.pk),
        url(month, "body", statement=statement.pk),
        url(month, "level", made=statement.pk, level=LEVEL),
        url(month, "record", made=statement.pk, level=LEVEL, record="L-2"),
    ):
        text_of(rival, address, status=404)


def test_draft_of_the_provider_is_not_there_for_the_client(month: Month) -> None:
    draft = month.drafted(month.provider)
    text_of(client(month), url(month, "statement", period="2026-03"), status=404)
    text_of(client(month), url(month, "level", made=draft.pk, level=LEVEL), status=404)
    text_of(provider(month), url(month, "level", made=draft.pk, level=LEVEL))


def test_what_is_not_there_is_said_to_be_not_there(month: Month) -> None:
    statement = month.issued()
    text_of(client(month), url(month, "statement", period="2025-01"), status=404)
    text_of(client(month), url(month, "level", made=statement.pk, level="nothing"), status=404)
    text_of(client(month), url(month, "record", made=statement.pk, level=LEVEL, record="L-99"), status=404)
    answer = client(month).post(url(month, "compute"), {"period": "March"})
    assert answer.status_code == 302


@pytest.mark.parametrize("many", [1, 30])
def test_list_of_adjustments_asks_the_same_however_long_it_is(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    month = a_month(EXCLUDING)
    for _ in range(many):
        propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=SAID, at=AT)
    browser = client(month)
    browser.get(url(month, "adjustments"))
    with django_assert_num_queries(ASKED_BY_THE_LIST):
        page = browser.get(url(month, "adjustments")).content.decode()
    assert page.count("Accept</button>") == many
