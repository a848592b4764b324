"""The cover plan: every holiday of either side after the go-live, with how it is covered and whether both say so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.transition.programme import AT, Programme

from handfast.engagement.models import Party
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.transition.actions import agree_cover, propose_cover
from handfast.transition.models import Cover
from handfast.transition.queries.covering import covered_in, live_on
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.together import together_in
from handfast.transition.refusals import CoverRefused

if TYPE_CHECKING:
    from django.test import Client

    from handfast.foundation.actor import Actor
    from handfast.transition.queries.covering import Covered

CHRISTMAS = date(2026, 12, 25)

pytestmark = pytest.mark.django_db


def _covered(programme: Programme, year: int = 2026) -> tuple[Covered, ...]:
    with entered(programme.client.reach):
        plan = programme.plan()
        return covered_in(plan, together_in(plan, year), live_on(rows_of(plan)))


def _said(programme: Programme, actor: Actor | None = None, **other: Any) -> Cover:
    actor = actor or programme.client
    values: dict[str, Any] = {
        "side": "client",
        "on": CHRISTMAS,
        "how": "on_call",
        "note": "Ring Priya",
        "at": AT,
    }
    with entered(actor.reach):
        return propose_cover(actor, programme.plan(), **(values | other))


def test_holidays_after_the_go_live_are_listed_and_no_earlier_one_and_no_weekend(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        live = live_on(rows_of(programme.plan()))
    assert live is not None
    found = _covered(programme)
    assert found
    assert all(one.on > live and one.on.weekday() < 5 for one in found)
    assert {one.side for one in found} == {"client", "provider"}
    days = {(one.side, one.on) for one in found}
    assert ("client", CHRISTMAS) in days
    assert ("client", date(2026, 5, 18)) not in days
    # Saint Stephen's Day of Ontario, 26 December 2026, is a Saturday.
    assert not [one for one in found if one.on == date(2026, 12, 26)]
    assert [one for one in _covered(programme, 2027) if one.on.year == 2027]


def test_one_side_alone_agrees_to_its_own_cover(programme: Programme) -> None:
    with entered(programme.client.reach):
        Party.objects.filter(side="provider").update(organisation=None)
    cover = _said(programme)
    with entered(programme.client.reach):
        assert agree_cover(programme.client, cover, at=AT).agreed_at == AT


def test_cover_that_waits_is_among_what_needs_the_other_side(programme: Programme) -> None:
    _said(programme)
    needs = {}
    for side, actor in (("client", programme.client), ("provider", programme.provider)):
        with entered(actor.reach):
            needs[side] = [one.kind for one in needs_of(actor, at=AT)]
    assert ("cover" in needs["client"], needs["provider"].count("cover")) == (False, 1)


def test_cover_is_proposed_by_one_side_and_agreed_by_the_other_once(programme: Programme) -> None:
    cover = _said(programme)
    with entered(programme.client.reach), pytest.raises(NotPermitted):
        agree_cover(programme.client, cover, at=AT)
    with entered(programme.provider.reach):
        agree_cover(programme.provider, cover, at=AT)
        with pytest.raises(Conflict):
            agree_cover(programme.provider, cover, at=AT)
    line = next(one for one in _covered(programme) if (one.side, one.on) == ("client", CHRISTMAS))
    assert line.cover is not None
    assert line.cover.agreed_at == AT


def test_cover_that_is_said_anew_is_to_be_agreed_anew(programme: Programme) -> None:
    cover = _said(programme)
    with entered(programme.provider.reach):
        agree_cover(programme.provider, cover, at=AT)
    again = _said(programme, programme.provider, how="closed", note="")
    assert (again.pk, again.agreed_at, again.how) == (cover.pk, None, "closed")
    with entered(programme.client.reach):
        assert agree_cover(programme.client, again, at=AT).agreed_at == AT


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": date(2026, 12, 24)}, "on"),
        ({"on": date(1800, 12, 25)}, "on"),
        ({"side": "both"}, "side"),
        ({"how": "somehow"}, "how"),
        ({"note": "two\nlines"}, "note"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_cover_of_no_holiday_or_in_no_known_way_is_refused_by_its_field(
    programme: Programme, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(CoverRefused) as refused:
        _said(programme, **wrong)
    assert [name for name, _ in refused.value.fields] == [field]
    with entered(programme.client.reach):
        assert not Cover.objects.exists()


def test_page_says_what_is_not_covered_and_takes_and_agrees_a_cover(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.owner)
    deal = programme.cast.engagement.pk
    year = reverse("transition:year", args=[deal])
    before = len(_covered(programme))
    assert f"{before} holidays after go-live have no cover yet" in client.get(year).content.decode()
    given = {"side": "client", "on": "2026-12-25", "how": "on_call", "note": "Ring Priya"}
    here = reverse("transition:cover", args=[deal])
    assert client.post(here, given | {"on": "never"}).status_code == 422
    assert client.post(here, given).status_code == 302
    page = client.get(year).content.decode()
    assert f"{before - 1} holidays after go-live" in page
    assert "Ring Priya" in page
    with entered(programme.client.reach):
        cover = Cover.objects.get()
    client.force_login(programme.cast.delivery)
    agreed = client.post(reverse("transition:agree_to_cover", args=[deal, cover.pk]))
    assert agreed.headers["Location"] == f"{year}?year=2026"
    told = client.get(f"/api/transition/engagements/{deal}/plan/covers").json()
    assert [one["cover"]["how"] for one in told if one["cover"] and one["cover"]["agreed_at"]] == ["on_call"]


def test_api_takes_and_agrees_a_cover(client: Client, programme: Programme) -> None:
    here = f"/api/transition/engagements/{programme.cast.engagement.pk}/plan/covers"
    client.force_login(programme.cast.owner)
    given = {"side": "client", "on": "2026-12-25", "how": "other"}
    made = client.post(here, given, content_type="application/json")
    assert made.status_code == 201, made.content
    client.force_login(programme.cast.delivery)
    assert client.post(f"{here}/{made.json()['id']}/agreement").json()["agreed_at"]


def test_weekdays_that_are_as_good_for_meeting_are_named(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        for side in ("client", "provider"):
            plan.calendars[side] = {"zone": "UTC", "hours": {"tue,thu": ["09:00-12:00"]}}
        plan.save()
        # Of 2027 there are as many Tuesdays as Thursdays.
        found = together_in(plan, 2027)
    assert [(one.weekday, one.weeks) for one in found.windows] == [(1, 52), (3, 52)]
    client.force_login(programme.cast.owner)
    page = client.get(reverse("transition:year", args=[programme.cast.engagement.pk]) + "?year=2027")
    assert "Thursday is as good: the earliest weekday is named" in page.content.decode()
