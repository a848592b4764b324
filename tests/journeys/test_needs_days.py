"""What waits is told on the day of the clock that it was promised by."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.evidence.papers import asked_to_sign, drafted, published
from tests.factories.cast import a_deal, engagement_of, joined, make_cast, organisation_of, person_named

from handfast.evidence.refusals import SignOffRefused
from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.people.queries import actor_for
from handfast.transition.actions import plan_deliverable, submit_deliverable
from handfast.transition.reading.deliverables import DeliverableSaid

pytestmark = pytest.mark.django_db


def test_a_review_ends_on_the_reviewers_day() -> None:
    owner = person_named("Priya Raman")
    deal = engagement_of(owner, organisation_of(owner, "Lumen"), a_deal(zone="America/Los_Angeles"))
    other = joined(
        actor_for(owner), deal, "provider", ["delivery-manager"], "Jovana Petrović", "danubecare"
    ).person
    at = datetime(2026, 12, 7, 12, tzinfo=UTC)
    said = DeliverableSaid("Runbook", "provider", date(2026, 12, 8), 2, is_silence_acceptance=True)
    one = submit_deliverable(
        actor_for(other), plan_deliverable(actor_for(owner), deal, said=said, at=at), note="", at=at
    )
    assert one.review_ends_at is not None
    local = one.review_ends_at.astimezone(ZoneInfo("America/Los_Angeles"))
    assert one.review_ends_at.date() != local.date()
    actor = actor_for(owner)
    with entered(actor.reach):
        assert [(each.kind, each.due_on) for each in needs_of(actor, at=at)] == [("review", local.date())]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_nothing_is_asked_by_a_day_that_none_comes_after(day: date) -> None:
    cast = make_cast()
    document = published(cast, cast.delivery, drafted(cast, cast.delivery))
    with pytest.raises(SignOffRefused) as refused:
        asked_to_sign(cast, cast.delivery, document, ("client", "sponsor"), due_on=day)
    assert [name for name, _ in refused.value.fields] == ["due_on"]
