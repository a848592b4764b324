"""The journal as a stream: day by day, by who sees it, each line with the way to what it tells of."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.talks import commented
from tests.factories.cast import Cast, make_cast
from tests.governance.kept import written
from tests.journeys.test_pages import signed_in

from handfast.journeys.web.journal_sayings import PAGES, SAID

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
A_DAY = int(timedelta(days=1) / timedelta(minutes=1))
ASKED_BY_A_JOURNAL = 40


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def journal(cast: Cast, person: Person, **asked: str) -> str:
    answer = signed_in(person).get(reverse("journeys:journal", args=[cast.engagement.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def told(cast: Cast, person: Person, **asked: str) -> list[str]:
    """The entries of registers that the page tells of, in its order."""
    return re.findall(
        r"wrote issue (I-\d+)", re.sub(r"<[^>]*only-read.*?</span>", "", journal(cast, person, **asked))
    )


def test_entries_stand_under_their_day_the_latest_first(cast: Cast) -> None:
    written(cast, cast.owner, title="Headsets")
    written(cast, cast.delivery, title="Chairs", minutes=A_DAY)
    page = journal(cast, cast.owner)
    days = re.findall(r'class="hf-day"><h2>([^<]+)', page)
    assert len(days) == len(set(days)) == 2
    assert (
        page.index(days[0])
        < page.index("wrote issue I-2")
        < page.index(days[1])
        < page.index("wrote issue I-1")
    )


def test_the_stream_is_told_apart_by_who_sees_it(cast: Cast) -> None:
    written(cast, cast.owner, title="Shared matter")
    own = written(cast, cast.owner, title="Walkaway price", is_own=True, minutes=1)
    assert len(told(cast, cast.owner)) == 2
    assert told(cast, cast.owner, audience="shared") == ["I-1"]
    opens = reverse("governance:entry", args=[cast.engagement.pk, own.pk])
    assert opens in journal(cast, cast.owner, audience="own")
    assert opens not in journal(cast, cast.owner, audience="shared")
    for asked in ("", "own", "shared", "everything"):
        assert opens not in journal(cast, cast.delivery, audience=asked)
    assert told(cast, cast.owner, audience="everything") == told(cast, cast.owner)


def test_api_tells_the_same_and_refuses_an_audience_that_there_is_not(cast: Cast) -> None:
    written(cast, cast.owner, title="Shared matter")
    written(cast, cast.owner, title="Walkaway price", is_own=True, minutes=1)
    client = signed_in(cast.owner)
    place = f"/api/journeys/engagements/{cast.engagement.pk}/journal"
    counts = {one: client.get(place, {"audience": one}).json()["count"] for one in ("", "shared", "own")}
    assert counts["shared"] > 0 < counts["own"]
    assert counts[""] == counts["shared"] + counts["own"]
    assert client.get(place, {"audience": "theirs"}).status_code == 422
    assert signed_in(cast.delivery).get(place, {"audience": "own"}).json()["count"] < counts["own"] + 1


def test_each_line_leads_to_its_thing(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Headsets")
    said = commented(cast, cast.delivery, entry, "They drop on VPN")
    client = signed_in(cast.owner)
    page = journal(cast, cast.owner)
    for name, thing in (("governance:entry", entry), ("evidence:comment", said)):
        place = reverse(name, args=[cast.engagement.pk, thing.pk])
        assert place in page
        assert client.get(place, follow=True).status_code == 200
    assert {one.partition(".")[0] for one in SAID} >= set(PAGES)


def test_a_page_asks_the_same_for_one_line_as_for_thirty(cast: Cast) -> None:
    journal(cast, cast.owner)  # notes the visit
    counts = []
    for more in (1, 29):
        for at in range(more):
            written(cast, cast.owner, title=f"Entry {at}", minutes=at)
        client = signed_in(cast.owner)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("journeys:journal", args=[cast.engagement.pk]), {"audience": "shared"})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= ASKED_BY_A_JOURNAL
