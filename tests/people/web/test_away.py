"""While I am away, by the page and by the API: handed over, used, read with both names, ended."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.cast import Cast, make_cast
from tests.transition.owed import handed_in, owed

from handfast.foundation.models import Space
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import Reach, entered
from handfast.journeys.models import Notice
from handfast.people.models import Delegation, Person
from handfast.people.queries import memberships_in_force

pytestmark = pytest.mark.django_db
SEEN, DONE, REFUSED = 200, 302, 422
TODAY = datetime.now(UTC).date()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def given(cast: Cast, **other: Any) -> dict[str, Any]:
    mine = memberships_in_force(cast.reader.pk)[0]
    days = {"starts_on": str(TODAY - timedelta(days=1)), "ends_on": str(TODAY + timedelta(days=5))}
    return {"to": str(mine.pk), "words": ["review-deliverables"]} | days | other


def test_colleague_reviews_for_the_one_who_is_away_and_the_history_says_both(cast: Cast) -> None:
    away, rada, page = signed_in(cast.owner), signed_in(cast.reader), reverse("people:away")
    assert "Nobody stands in for you." in said(away.get(page))
    assert away.post(page, given(cast)).status_code == DONE
    assert "Rada Reader stands in for you" in said(away.get(page))
    assert "You stand in for Priya Raman" in said(rada.get(page))
    one = owed(cast.actor(cast.owner), cast.engagement, review_days=20)
    handed_in(cast.actor(cast.delivery), one, datetime.now(UTC))
    here = reverse("transition:deliverable", args=[cast.engagement.pk, one.pk])
    assert "Accept" in said(rada.get(here))
    seen = {"as_seen": "2", "reasons": "Page 3 is missing"}
    assert rada.post(f"{here}reject/", seen).status_code == DONE
    history = reverse("journeys:history", args=[cast.engagement.pk, one.pk])
    assert "Rada Reader for Priya Raman" in said(signed_in(cast.delivery).get(history))


def test_colleague_hears_of_it_and_one_that_was_ended_is_gone(cast: Cast) -> None:
    away = signed_in(cast.owner)
    away.post(reverse("people:away"), given(cast))
    while work_once(lambda: datetime.now(UTC)):
        pass
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        assert [one.person_id for one in Notice.objects.filter(kind="people.delegation_begins")] == [
            cast.reader.pk
        ]
    made = Delegation.objects.get()
    rada = signed_in(cast.reader)
    assert rada.post(reverse("people:away_end", args=[made.pk])).status_code == 404
    assert signed_in(cast.delivery).post(reverse("people:away_end", args=[made.pk])).status_code == 404
    assert away.post(reverse("people:away_end", args=[made.pk])).status_code == DONE
    assert "Nobody stands in for you." in said(away.get(reverse("people:away")))


def test_what_cannot_be_handed_over_is_refused_at_its_field(cast: Cast) -> None:
    away = signed_in(cast.owner)
    back = str(TODAY - timedelta(days=9))
    for wrong in ({"ends_on": back}, {"to": "nobody"}, {"words": ["manage-people"]}, {"starts_on": "soon"}):
        assert away.post(reverse("people:away"), given(cast, **wrong)).status_code == REFUSED
    assert not Delegation.objects.exists()


def test_api_hands_over_lists_and_ends(cast: Cast) -> None:
    away = signed_in(cast.owner)

    def sent(path: str, **body: Any) -> Any:
        return json.loads(
            away.post(f"/api/delegations{path}", json.dumps(body), content_type="application/json").content
        )

    made = sent("", **given(cast))
    assert made["words"] == ["review-deliverables"]
    assert [one["id"] for one in json.loads(away.get("/api/delegations").content)] == [made["id"]]
    assert sent(f"/{made['id']}/end")["ended_at"]
    assert sent(f"/{made['id']}/end")["code"] == "delegation-ended"
    assert sent("", **given(cast, ends_on=str(TODAY - timedelta(days=9))))["code"] == "delegation-refused"
    assert json.loads(away.get("/api/delegations").content) == []
