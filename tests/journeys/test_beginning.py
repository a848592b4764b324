"""Until the first figure home, overview and statements show the way to it: what is done, and one step that is next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.contract.deal import TERMS, bargain_of
from tests.factories.cast import AT, Cast, a_deal, make_cast
from tests.journeys.small import small_sample
from tests.operate.month import MAPPING, Month, a_month

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.people.models import Person
from handfast.records.actions import add_source, withdraw_batch
from handfast.records.models import Batch

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.django_db
INK = re.compile(r'class="hf-button hf-button--ink[^"]*"[^>]*>(?:<svg.*?</svg>)?([^<]*)', re.DOTALL)
STEP = re.compile(r'<li>\s*<svg[^>]*aria-label="(\w[\w ]*)".*?hf-need-title">([^<]*)<', re.DOTALL)
ASKED_AT_HOME = 14


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def page(person: Person, route: str, *given: object) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse(route, args=given)).content.decode()


def shown(person: Person, engagement: UUID) -> tuple[list[str], list[str]]:
    """The ink buttons of the overview, and the titles of the steps that are done."""
    text = page(person, "journeys:overview", engagement)
    steps = dict.fromkeys((title, state) for state, title in STEP.findall(text))
    assert len(steps) == 4
    return [one.strip() for one in INK.findall(text)], [title for title, state in steps if state == "done"]


def test_steps_are_ticked_one_by_one_and_the_next_has_the_only_ink_button(cast: Cast) -> None:
    person, key = cast.owner, cast.engagement.pk
    assert shown(person, key) == (["Add a source"], [])
    bargain = bargain_of(cast)
    source = add_source(bargain.client, cast.engagement, key="desk", name="Desk", mapping=MAPPING, at=AT)
    assert shown(person, key) == (["Import a file"], ["Say what the columns mean"])
    Month(bargain, source).send_text([("Ticket", "At", "Event"), ("L-1", "2026-03-02T09:00:00", "created")])
    done = ["Say what the columns mean", "Import a file"]
    assert shown(person, key) == (["Write the terms"], done)
    bargain.proposed(bargain.provider)
    assert shown(person, key) == (["Open version 1"], done)
    assert "Version 1 waits for an answer" in page(cast.delivery, "journeys:overview", key)


def test_last_step_is_open_once_all_others_are_done_and_the_list_goes_with_the_first_month() -> None:
    month = a_month()
    person, key = month.bargain.cast.owner, month.bargain.cast.engagement.pk
    assert shown(person, key)[0] == ["Compute a month"]
    month.drafted(month.client)
    after = page(person, "journeys:overview", key)
    assert "To the first figure" not in after
    assert "Service levels in March 2026" in after
    assert "To the first figure" in page(month.bargain.cast.delivery, "journeys:overview", key)


def test_records_that_were_withdrawn_are_no_records() -> None:
    month = a_month()
    with entered(month.client.reach):
        batch = Batch.objects.get()
    withdraw_batch(month.client, batch, at=AT)
    assert shown(month.bargain.cast.owner, month.bargain.cast.engagement.pk)[0] == ["Import a file"]


def test_reader_sees_whose_the_steps_are_and_no_button(cast: Cast) -> None:
    ink, _ = shown(cast.reader, cast.engagement.pk)
    assert ink == []
    assert "your role does not import" in page(cast.reader, "journeys:overview", cast.engagement.pk)


def test_home_shows_the_steps_of_an_engagement_without_a_figure(cast: Cast) -> None:
    text = page(cast.delivery, "journeys:home")
    assert "Customer Support has no figure yet: none of four steps are done." in text
    assert "Next: say what the columns mean." in text
    assert "To the first figure of Customer Support" in text
    engagement = load_sample(replace(small_sample("Quiet Desk")), Loading())
    assert "To the first figure" not in page(Person.objects.get(name="Helen Osei"), "journeys:home")
    assert "To the first figure" not in page(
        Person.objects.get(name="Helen Osei"), "journeys:overview", engagement
    )


def test_home_asks_the_same_for_one_unfinished_engagement_and_for_thirty(cast: Cast) -> None:
    def asked() -> int:
        client = Client()
        client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(reverse("journeys:home"))
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("journeys:home")).content.decode()
        assert len(INK.findall(text)) == 1
        return len(queries)

    few = asked()
    for number in range(28):
        open_engagement(cast.actor(cast.owner), cast.lumen, deal=a_deal(name=f"Deal {number}"), at=AT)
    assert few == asked() <= ASKED_AT_HOME


def test_life_line_is_drawn_from_the_first_date_on(cast: Cast) -> None:
    assert "Life line" not in page(cast.owner, "journeys:overview", cast.engagement.pk)
    with entered(cast.actor(cast.owner).reach):
        Engagement.objects.filter(pk=cast.engagement.pk).update(signed_on=date(2025, 12, 1))
    assert "Contract signed 1 Dec 2025" in page(cast.owner, "journeys:overview", cast.engagement.pk)


def test_statements_without_a_month_have_the_button_that_is_next(cast: Cast) -> None:
    def ink() -> list[str]:
        text = page(cast.owner, "operate:statements", cast.engagement.pk)
        assert "No statement yet" in text
        return [one.strip() for one in INK.findall(text)]

    assert ink() == ["Write the terms"]
    bargain = bargain_of(cast)
    assert ink() == ["Write the terms"]
    bargain.agreed(TERMS)
    assert ink() == ["Add a source"]
    source = add_source(bargain.client, cast.engagement, key="desk", name="Desk", mapping=MAPPING, at=AT)
    assert ink() == ["Import a file"]
    Month(bargain, source).send_text([("Ticket", "At", "Event"), ("L-1", "2026-03-02T09:00:00", "created")])
    assert ink() == ["Compute a month"]
