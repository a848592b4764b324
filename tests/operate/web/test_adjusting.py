"""An adjustment is proposed by what the terms have, in the contract's zone, and declined in place with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.contract.deal import TERMS
from tests.operate.month import AT, Month, a_month
from tests.operate.queries.test_revising import MORE, WORLD

from handfast.foundation.scope import entered
from handfast.operate.actions import propose_adjustment
from handfast.operate.models import Adjustment

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
LEVEL = "first_response"
TIME = {"kind": "time excluded", "type": "outage", "reason": "The network was down."}
SAID = {"kind": "record excluded", "type": "duplicate", "records": ["L-2"], "reason": "Twice."}


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def url(month: Month, name: str, **words: object) -> str:
    return reverse(f"operate:{name}", kwargs={"engagement": month.bargain.cast.engagement.pk, **words})


def as_(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def page(month: Month, query: str = "") -> str:
    answer = as_(month.bargain.cast.delivery).get(url(month, "propose") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def names(text: str) -> set[str]:
    form = text.split('class="hf-form"')[1].split("</form>", maxsplit=1)[0]
    return set(re.findall(r'name="(\w+)"', form)) - {"csrfmiddlewaretoken"}


def proposed(month: Month, given: dict[str, str]) -> Any:
    return as_(month.bargain.cast.delivery).post(url(month, "propose"), given)


def only(month: Month) -> Adjustment:
    with entered(month.client.reach):
        return Adjustment.objects.get()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("record-excluded", {"kind", "type", "records", "reason", "clause"}),
        ("time-excluded", {"kind", "type", "starts", "ends", "records", "reason", "clause"}),
        ("pause-revoked", {"kind", "pause", "records", "starts", "ends", "reason", "clause"}),
    ],
)
def test_each_kind_asks_its_own_fields_without_any_script(month: Month, kind: str, fields: set[str]) -> None:
    assert names(page(month, f"?kind={kind}")) == fields


def test_types_and_pauses_are_chosen_from_the_terms(month: Month) -> None:
    assert '<option value="duplicate">' in page(month, "?kind=record-excluded")
    timed = page(month, "?kind=time-excluded")
    assert ('<option value="outage">' in timed, '<option value="duplicate">' in timed) == (True, False)
    assert '<option value="customer">' in page(month, "?kind=pause-revoked")
    strange = proposed(
        month, TIME | {"type": "lunch", "starts": "2026-03-11T10:00", "ends": "2026-03-11T12:00"}
    )
    assert strange.status_code == 422


def test_kind_for_which_the_terms_have_nothing_says_so() -> None:
    plain = a_month(TERMS)
    assert "no clock of the terms has a pause" in page(plain, "?kind=pause-revoked")


def test_wall_clock_is_that_of_the_contract_and_says_so(month: Month) -> None:
    assert "Europe/Belgrade, the contract" in page(month, "?kind=time-excluded")
    answer = proposed(month, TIME | {"starts": "2026-03-11T10:00", "ends": "2026-03-11T12:00:30"})
    assert answer.status_code == 302
    said = only(month).said
    assert (said["from"], said["to"]) == ("2026-03-11T10:00:00+01:00", "2026-03-11T12:00:30+01:00")
    shown = as_(month.bargain.cast.owner).get(url(month, "adjustments")).content.decode()
    assert "11 Mar 2026, 10:00 to 11 Mar 2026, 12:00" in shown


def test_time_with_its_offset_is_taken_as_it_is(month: Month) -> None:
    given = {"starts": "2026-03-11T09:00:00Z", "ends": "2026-03-11T11:00:00Z"}
    assert proposed(month, TIME | given).status_code == 302
    assert only(month).said["from"] == "2026-03-11T09:00:00+00:00"


@pytest.mark.parametrize("wrong", ["2026-03-29T02:30", "2026-02-30T10:00", "yesterday"])
def test_time_that_no_clock_shows_is_refused_at_its_field(month: Month, wrong: str) -> None:
    answer = proposed(month, TIME | {"starts": wrong, "ends": "2026-03-30T10:00"})
    assert answer.status_code == 422
    assert 'id="id_starts_error"' in answer.content.decode()


def test_record_fills_the_form_with_itself_its_source_and_its_time(month: Month) -> None:
    made = month.issued()
    place = {"made": made.pk, "level": LEVEL, "record": "L-2"}
    record = as_(month.bargain.cast.delivery).get(url(month, "record", **place)).content.decode()
    (link,) = re.findall(r'href="([^"]+/propose/[^"]*)"', record)
    query = link.replace("&amp;", "&").partition("?")[2]
    timed = page(month, f"?{query}&kind=time-excluded")
    assert 'value="L-2"' in timed
    assert 'value="2026-03-03T10:00:00"' in timed
    assert 'value="2026-03-03T16:00:01"' in timed


def test_two_records_parted_by_a_comma_or_a_line_are_two(month: Month) -> None:
    given = {"kind": "record excluded", "type": "duplicate", "records": "L-2,\n L-3", "reason": "Twice."}
    assert proposed(month, given).status_code == 302
    assert only(month).said["records"] == ["L-2", "L-3"]


def test_declining_asks_its_reason_in_place_and_keeps_the_list(month: Month) -> None:
    one = propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=SAID, at=AT)
    client = as_(month.bargain.cast.owner)
    before = client.get(url(month, "adjustments")).content.decode()
    assert '<textarea name="reason"' in before
    assert before.split('<textarea name="reason"')[1].split(">")[0].endswith(" required")
    decline = url(month, "answer", adjustment=one.pk, verb="decline")
    refused = client.post(decline, {"reason": "  "})
    text = refused.content.decode()
    assert (refused.status_code, "<details open>" in text, "say why it is not accepted" in text) == (
        422,
        True,
        True,
    )
    assert only(month).state == "proposed"
    assert client.post(decline, {"reason": "It was not."}).status_code == 302
    assert (only(month).state, only(month).answer) == ("declined", "It was not.")
