"""No page offers what can only be refused: a form asks who may, and what state the thing is in, before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import make_cast
from tests.operate.month import AT, LATE, Month, a_month
from tests.operate.web.test_pages import client, provider, signed_in, text_of, url

from handfast.contract.actions import make_agreement
from handfast.operate.actions import agree_statement, dispute_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.operate.models import Statement

pytestmark = pytest.mark.django_db
LEVEL = "first_response"
OUT_OF_STATE, NOT_FOR_THEM = 409, 403


@pytest.fixture
def month() -> Month:
    return a_month()


def agreed(month: Month) -> Statement:
    one = month.issued()
    return agree_statement(month.client, one, typed="2026-03", at=AT)


def disputed(month: Month) -> Statement:
    one = month.issued()
    dispute_line(month.client, one, level=LEVEL, reason="Ours", at=AT)
    return one


def replaced(month: Month) -> Statement:
    one = disputed(month)
    month.send(LATE)
    month.issued()
    return one


@pytest.mark.parametrize("name", ["agree", "dispute"])
@pytest.mark.parametrize("who", ["delivery", "reader"])
def test_form_of_an_answer_is_not_shown_to_who_cannot_answer(month: Month, who: str, name: str) -> None:
    address = url(month, name, statement=month.issued().pk)
    page = text_of(signed_in(getattr(month.bargain.cast, who)), address, status=NOT_FOR_THEM)
    assert "<textarea" not in page
    assert 'name="typed"' not in page


@pytest.mark.parametrize(
    ("made", "name", "code"),
    [
        (agreed, "agree", "statement-frozen"),
        (agreed, "dispute", "statement-frozen"),
        (disputed, "agree", "lines-disputed"),
        (disputed, "dispute", "line-disputed"),
        (replaced, "agree", "statement-superseded"),
        (replaced, "dispute", "statement-superseded"),
    ],
)
def test_form_of_an_answer_that_can_only_be_refused_says_why_at_once(
    month: Month, made: Callable[[Month], Statement], name: str, code: str
) -> None:
    page = text_of(client(month), url(month, name, statement=made(month).pk), status=OUT_OF_STATE)
    assert code in page
    assert 'name="as_seen"' not in page


def test_dispute_is_withdrawn_where_the_month_still_waits_and_by_its_own_side(month: Month) -> None:
    dispute_line(month.client, month.issued(), level=LEVEL, reason="Ours", at=AT)
    here = url(month, "statement", period="2026-03")
    assert "Withdraw</button>" in text_of(client(month), here)
    assert "Withdraw</button>" not in text_of(provider(month), here)
    month.send(LATE)
    month.issued()
    assert "Withdraw</button>" not in text_of(client(month), here)
    assert "Withdraw</button>" not in text_of(client(month), f"{here}?revision=1")


def test_adjustments_are_proposed_by_who_may_and_under_terms_only(month: Month) -> None:
    reader = signed_in(month.bargain.cast.reader)
    text_of(reader, url(month, "propose"), status=NOT_FOR_THEM)
    assert "Propose…" not in text_of(reader, url(month, "adjustments"))
    assert "Propose…" in text_of(client(month), url(month, "adjustments"))


def test_no_adjustment_is_offered_before_terms_are_in_force() -> None:
    cast = make_cast()
    who = cast.actor(cast.owner)
    make_agreement(who, cast.engagement, title="Support", currency="CAD", signed_on=None, at=AT)
    page = signed_in(cast.owner).get(f"/engagements/{cast.engagement.pk}/adjustments/").content.decode()
    assert "No adjustments" in page
    assert "Propose…" not in page
