"""Who looks at an engagement as the other side sees it sees what both share, and changes nothing until they end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import Cast, make_cast
from tests.governance.kept import written
from tests.journeys.test_pages import signed_in, text_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
SAYS = "This is what Danube Care sees here"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def looking(cast: Cast) -> Client:
    written(cast, cast.owner, title="Headsets drop")
    written(cast, cast.owner, is_own=True, title="Our own price")
    client = signed_in(cast.owner)
    assert client.post(reverse("journeys:preview", args=[cast.engagement.pk])).status_code == 302
    return client


def issues(cast: Cast) -> str:
    return reverse("governance:entries", args=[cast.engagement.pk, "issues"])


def test_page_says_whose_view_it_is_and_holds_nothing_of_the_own_side(cast: Cast, looking: Client) -> None:
    page = text_of(looking.get(issues(cast)))
    assert SAYS in page
    assert "Headsets drop" in page
    assert "Our own price" not in page
    assert "Our own price" not in text_of(looking.get(reverse("journeys:palette"), {"q": "price"}))


def test_nothing_is_written_while_it_lasts(cast: Cast, looking: Client) -> None:
    asked = {"title": "A new one", "audience": "shared"}
    assert looking.post(issues(cast), asked).status_code == 403
    assert looking.post(issues(cast), asked | {"audience": "own"}).status_code in (403, 404)
    assert "A new one" not in text_of(signed_in(cast.owner).get(issues(cast)))


def test_ended_it_shows_again_what_the_own_side_keeps(cast: Cast, looking: Client) -> None:
    answer = looking.post(reverse("journeys:end_preview"))
    assert answer.url == reverse("journeys:overview", args=[cast.engagement.pk])
    page = text_of(looking.get(issues(cast)))
    assert "Our own price" in page
    assert SAYS not in page
    assert looking.post(reverse("journeys:end_preview")).url == reverse("journeys:home")


def test_acting_for_an_organisation_ends_it(cast: Cast, looking: Client) -> None:
    looking.post(reverse("people:act_for", args=[cast.lumen.pk]))
    assert "Our own price" in text_of(looking.get(issues(cast)))


def test_every_side_is_offered_the_other_ones_view_by_its_name(cast: Cast) -> None:
    assert "As Danube Care sees it" in text_of(signed_in(cast.owner).get(issues(cast)))
    assert "As Lumen sees it" in text_of(signed_in(cast.delivery).get(issues(cast)))


def test_engagement_of_others_is_not_previewed(cast: Cast) -> None:
    client = signed_in(cast.rival)
    assert client.post(reverse("journeys:preview", args=[cast.engagement.pk])).status_code == 404
    assert SAYS not in text_of(client.get(reverse("journeys:home")))
