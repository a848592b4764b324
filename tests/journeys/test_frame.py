"""The frame of every page costs a fixed number of queries, and shows what its person may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from tests.factories.cast import AT, Cast, a_deal, make_cast
from tests.journeys.small import small_sample
from tests.transition.programme import a_programme

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.journeys.frame import frame_of
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.people.models import Person
from handfast.people.queries import actor_for, memberships_in_force
from handfast.transition.models import Activity

if TYPE_CHECKING:
    from handfast.foundation.web.frame import Frame

pytestmark = pytest.mark.django_db
MOST_QUERIES = 7


def framed(person: Person, path: str) -> tuple[Frame | None, int]:
    """The frame of a request of this person, and how many queries it took."""
    request = RequestFactory().get(path)
    actor = actor_for(person)
    request.user, request.resolver_match = person, resolve(path)
    request.actor, request.at, request.memberships = actor, AT, memberships_in_force(person.pk)
    with entered(actor.reach), CaptureQueriesContext(connection) as asked:
        frame = frame_of(request)
    return frame, len(asked)


@pytest.mark.parametrize(("size", "is_shown"), [("light", False), ("standard", True)])
def test_rail_of_a_light_deal_leads_to_no_waves(size: str, is_shown: bool) -> None:
    cast = make_cast()
    made = open_engagement(cast.actor(cast.owner), cast.lumen, deal=a_deal(name="Other", size=size), at=AT)
    frame, _ = framed(cast.owner, reverse("transition:plan", args=[made.pk]))
    assert frame is not None
    pages = [page.name for stage in frame.stages for page in stage.pages]
    assert ("Plan" in pages, "Waves" in pages) == (True, is_shown)


def test_frame_takes_seven_queries_in_one_engagement_and_in_thirty() -> None:
    cast = make_cast()
    path = reverse("journeys:overview", args=[cast.engagement.pk])
    _, few = framed(cast.owner, path)
    for number in range(28):
        open_engagement(cast.actor(cast.owner), cast.lumen, deal=a_deal(name=f"Deal {number}"), at=AT)
    frame, many = framed(cast.owner, path)
    assert few == many <= MOST_QUERIES
    assert frame is not None
    assert len(frame.other_engagements) == 31


def test_transition_is_done_in_the_rail_once_everything_that_both_planned_is_finished() -> None:
    programme = a_programme()
    path = reverse("transition:plan", args=[programme.cast.engagement.pk])

    def told() -> str:
        frame, _ = framed(programme.cast.owner, path)
        assert frame is not None
        return next(stage.status for stage in frame.stages if stage.name == "Transition")

    with entered(programme.client.reach):
        Engagement.objects.filter(pk=programme.cast.engagement.pk).update(live_on=date(2025, 6, 2))
    assert told() == "running"
    with entered(programme.client.reach):
        Activity.objects.filter(plan_id=programme.plan_id).update(finished_on=date(2025, 6, 2))
    assert told() == "met"


def test_frame_of_a_sample_shows_its_stages_and_the_way_out() -> None:
    engagement = load_sample(small_sample(), Loading())
    frame, _ = framed(Person.objects.get(name="Priya Raman"), reverse("journeys:overview", args=[engagement]))
    assert frame is not None
    facts = {stage.name: (stage.status, stage.fact) for stage in frame.stages}
    assert facts["Contract"] == ("met", "v1")
    assert facts["Operate"] == ("missed", "0 of 1")
    assert (facts["Assess"], facts["Exit"]) == (("not-yet", ""), ("not-yet", "Jan 27"))
    assert frame.remove_sample_url.endswith("/remove-sample/")
    assert frame.engagement_line == "Lumen with Danube Care"


@pytest.mark.parametrize("who", ["rival", "stranger"])
def test_frame_names_no_engagement_that_its_person_is_not_in(who: str) -> None:
    cast: Cast = make_cast()
    frame, _ = framed(getattr(cast, who), reverse("journeys:overview", args=[cast.engagement.pk]))
    assert frame is not None
    assert frame.stages == ()
    assert cast.engagement.name not in {page.name for page in frame.other_engagements}
