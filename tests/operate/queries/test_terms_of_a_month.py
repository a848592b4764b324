"""Terms that are agreed later: what they do to months that were computed, issued or agreed before."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.contract.deal import AMENDED, TERMS
from tests.operate.month import AT, LATE, Month, a_month

from handfast.foundation.scope import entered
from handfast.operate.actions import accept_adjustment, agree_statement, propose_adjustment
from handfast.operate.queries.computed import terms_judging
from handfast.operate.queries.records import roster_of

if TYPE_CHECKING:
    from handfast.operate.models import Adjustment, StatementDraft

pytestmark = pytest.mark.django_db
QUICKER = TERMS.replace("target: 4h", "target: 2h")
EXCLUDING = TERMS.replace(
    "    unfinished: as it stands\n", "    unfinished: as it stands\n    excludes: [duplicate]\n"
)
SAID = {"kind": "record excluded", "type": "duplicate", "records": ["L-2"], "reason": "Reported twice."}
LATER = AT + timedelta(hours=1)


def agreed(month: Month) -> None:
    agree_statement(month.client, month.issued(), typed="2026-03", at=AT)


def judged_by(month: Month, period: str = "2026-03") -> int:
    with entered(month.provider.reach):
        found = terms_judging(month.bargain.agreement, period)
    assert found is not None
    return found.number


def figure(draft: StatementDraft) -> tuple[str, int]:
    (level,) = json.loads(draft.body)["levels"]
    return level["numerator"], level["n"]


def page_of(month: Month, query: str = "") -> str:
    browser = Client()
    browser.force_login(month.bargain.cast.delivery)
    place = {"engagement": month.bargain.cast.engagement.pk, "period": "2026-03"}
    response = browser.get(reverse("operate:statement", kwargs=place) + query)
    assert response.status_code == 200
    return response.content.decode()


def proposed(month: Month) -> Adjustment:
    return propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=SAID, at=AT)


def test_terms_that_begin_later_leave_the_name_of_an_earlier_month() -> None:
    month = a_month()
    before = month.drafted(month.provider)
    month.bargain.agreed(AMENDED)
    after = month.drafted(month.provider)
    assert (after.digest, after.inputs["terms"]) == (before.digest, before.inputs["terms"])
    assert judged_by(month, "2026-07") == 2


def test_month_that_is_not_agreed_follows_terms_that_reach_back_to_it() -> None:
    month = a_month()
    assert figure(month.drafted(month.provider)) == ("2", 3)
    month.bargain.agreed(QUICKER)
    assert "computed again, version 2, which counts from 1 Jan 2026, judges it" in page_of(month, "?draft=1")
    assert figure(month.drafted(month.provider, at=LATER)) == ("1", 3)
    assert "version 2" in page_of(month, "?draft=1")


def test_agreed_month_keeps_its_terms_when_late_records_revise_it() -> None:
    month = a_month()
    agreed(month)
    month.bargain.agreed(QUICKER)
    assert (judged_by(month), judged_by(month, "2026-04")) == (1, 2)
    assert "leaves it as it is" in page_of(month)
    month.send(LATE, at=LATER)
    assert figure(month.drafted(month.provider, at=LATER)) == ("3", 3)
    assert "version 1, under which the month was agreed; version 2, which counts from" in page_of(
        month, "?draft=1"
    )


def test_revision_of_an_agreed_month_that_is_agreed_too_keeps_the_same_terms() -> None:
    month = a_month()
    agreed(month)
    month.bargain.agreed(QUICKER)
    month.send(LATE, at=LATER)
    agree_statement(month.client, month.issued(at=LATER), typed="2026-03", at=LATER)
    assert judged_by(month) == 1


def test_open_adjustment_that_later_terms_do_not_know_is_left_out_and_named() -> None:
    month = a_month(EXCLUDING)
    proposed(month)
    month.bargain.agreed(TERMS)
    draft = month.drafted(month.provider)
    body = json.loads(draft.body)
    assert body["adjustments"] == {"in_force": 0, "open": 0}
    assert body["inputs"]["adjustments"] is None
    page = page_of(month, "?draft=1")
    assert "A-1" in page
    assert "not applicable under these terms: no measure excludes the type" in page
    with entered(month.provider.reach):
        assert roster_of(draft, "first_response", outcome="", page=1).total == 3


def test_others_count_beside_one_that_is_not_applicable() -> None:
    month = a_month(EXCLUDING.replace("[duplicate]", "[duplicate, test]"))
    for said in (SAID, SAID | {"type": "test", "records": ["L-1"]}):
        made = propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=said, at=AT)
        accept_adjustment(month.client, made, at=AT)
    month.bargain.agreed(EXCLUDING)
    (level,) = json.loads(month.drafted(month.provider).body)["levels"]
    assert (level["n"], level["excluded"]) == (2, {"duplicate": 1})
    page = page_of(month, "?draft=1")
    assert '<th scope="row">A-2</th>' in page
    assert '<th scope="row">A-1</th>' not in page


def test_accepted_adjustment_revises_a_month_whose_own_terms_know_it() -> None:
    month = a_month(EXCLUDING)
    agreed(month)
    adjustment = proposed(month)
    month.bargain.agreed(TERMS)
    accept_adjustment(month.client, adjustment, at=AT)
    (level,) = json.loads(month.drafted(month.provider, at=LATER).body)["levels"]
    assert (level["n"], level["excluded"]) == (2, {"duplicate": 1})
    assert "not applicable" not in page_of(month, "?draft=1")
