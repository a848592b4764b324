"""Whoever signs reads what they sign; whoever computes a month is offered one that has records."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.operate.month import AT, Month, a_month
from tests.operate.queries.test_revising import MORE, WORLD

from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.records.models import Batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def page(month: Month, name: str, **words: object) -> str:
    browser = Client()
    browser.force_login(month.bargain.cast.owner)
    place = {"engagement": month.bargain.cast.engagement.pk, **words}
    return str(browser.get(reverse(f"operate:{name}", kwargs=place)).content.decode())


def test_page_of_signing_shows_levels_verdicts_and_what_they_cost(month: Month) -> None:
    text = page(month, "agree", statement=month.issued().pk)
    table = text.split("hf-signed-lines")[1].split("</table>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", table).split())
    assert "First response 60.00 % Missed 10,000.00" in words
    assert "Credit in all 10,000.00" in words


def test_amount_to_type_is_said_by_the_label_and_lies_in_no_field(month: Month) -> None:
    text = page(month, "agree", statement=month.issued().pk)
    assert "Type 10,000.00 to confirm" in text
    field = text.split('name="typed"')[1].split(">")[0]
    assert 'value=""' in field
    assert '<span class="hf-field-unit">CAD</span>' in text


def offered(month: Month) -> str:
    field = page(month, "statements").split('name="period"')[1].split(">")[0]
    return field.split('value="')[1].partition('"')[0]


def test_month_that_is_offered_is_the_last_of_which_records_tell(month: Month) -> None:
    assert offered(month) == "2026-03"
    assert '<label for="id_period">Month</label>' in page(month, "statements")


def test_without_records_this_month_is_offered(month: Month) -> None:
    with entered(month.client.reach):
        Batch.objects.update(withdrawn_at=AT)
    assert offered(month) != "2026-03"


def test_each_source_is_told_with_its_own_digest(month: Month) -> None:
    made = month.issued()
    text = page(month, "statement", period=made.period)
    assert "Records, desk" in text
    assert "2 batches" in text


def test_sample_says_on_paper_that_its_figures_are_simulated(month: Month) -> None:
    made = month.issued()
    said = '<p class="hf-paper-only">Sample: all figures are simulated.</p>'
    assert said not in page(month, "statement", period=made.period)
    with entered(month.client.reach):
        Engagement.objects.update(is_sample=True)
    assert said in page(month, "statement", period=made.period)
