"""Whoever reviews hears of what is handed in, and again before the end; whoever handed in hears the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from tests.journeys.test_pages import signed_in
from tests.journeys.test_told import opened
from tests.transition.owed import ENDS, HANDED_IN, handed_in, owed, rejected
from tests.transition.programme import Programme, a_programme

from handfast.foundation.models import Space
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import Reach, entered
from handfast.journeys.models import Notice
from handfast.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
# Its second day is the last: from the close of the first one whole working day is left.
ONE_DAY_LEFT = ENDS - timedelta(days=1)


@pytest.fixture
def programme(db: None) -> Programme:
    return a_programme()


def told(kind: str, at: datetime) -> list[str]:
    """Who has notices of this kind once the worker has done what is due, each as often as they were told."""
    while work_once(lambda: at):
        pass
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        persons = list(Notice.objects.filter(kind=f"transition.{kind}").values_list("person_id", flat=True))
    names = dict(Person.objects.values_list("pk", "name"))
    return sorted(names[one] for one in persons)


def test_named_reviewer_hears_at_once_by_mail_and_again_with_one_day_left(programme: Programme) -> None:
    cast = programme.cast
    one = handed_in(programme.provider, owed(programme.client, cast.engagement, reviewer_id=cast.owner.pk))
    assert told("deliverable_submitted", HANDED_IN) == [cast.owner.name]
    assert [each.to for each in mail.outbox if "deliverable was handed in" in each.subject] == [
        [cast.owner.email]
    ]
    assert opened(cast.owner, "transition.deliverable_submitted").endswith(f"/deliverables/{one.pk}/")
    assert told("review_ends", ONE_DAY_LEFT - timedelta(seconds=1)) == []
    assert told("review_ends", ONE_DAY_LEFT) == [cast.owner.name]


def test_answered_before_the_warning_nobody_is_warned(programme: Programme) -> None:
    cast = programme.cast
    rejected(programme.client, handed_in(programme.provider, owed(programme.client, cast.engagement)))
    assert told("deliverable_answered", HANDED_IN) == [cast.delivery.name]
    assert told("review_ends", ENDS + timedelta(days=1)) == []
    assert told("review_over", ENDS + timedelta(days=1)) == []


def test_both_hear_once_that_no_answer_came_whether_it_is_an_acceptance_or_not(programme: Programme) -> None:
    cast = programme.cast
    handed_in(programme.provider, owed(programme.client, cast.engagement))
    both = sorted([cast.owner.name, cast.delivery.name])
    assert told("review_over", ENDS) == both
    assert told("review_over", ENDS + timedelta(days=1)) == both
    handed_in(programme.provider, owed(programme.provider, cast.engagement))
    assert told("review_over", ENDS) == sorted(both * 2)


def test_other_side_is_asked_whether_silence_counts_and_not_its_own(programme: Programme) -> None:
    owed(programme.client, programme.cast.engagement)
    assert told("silence_asked", HANDED_IN) == []
    owed(programme.provider, programme.cast.engagement)
    assert told("silence_asked", HANDED_IN) == [programme.cast.owner.name]


def test_deliverable_is_found_by_its_words_and_its_number(programme: Programme) -> None:
    one = owed(programme.client, programme.cast.engagement)
    for query in ("knowledge transfer", "DL-1", "queues"):
        answer = signed_in(programme.cast.owner).get("/api/journeys/search", {"q": query})
        assert str(one.pk) in answer.content.decode()
    rival = signed_in(programme.cast.rival).get("/api/journeys/search", {"q": "DL-1"})
    assert str(one.pk) not in rival.content.decode()
