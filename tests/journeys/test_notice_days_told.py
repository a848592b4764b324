"""Whoever keeps a contract hears 90, 30 and 7 days before its last day of notice, once each, by the day where they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.urls import reverse
from tests.contract.actions.test_summaries import SAID
from tests.factories.cast import Cast, make_cast
from tests.factories.racing import at_once
from tests.journeys.test_pages import signed_in
from tests.records.deal import work

from handfast.contract.actions import write_summary
from handfast.engagement.models import Engagement
from handfast.foundation.models import Outgoing, Space
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import Reach, entered
from handfast.journeys.models import Notice
from handfast.journeys.telling import NOTICE_WITHIN
from handfast.people.models import Person

if TYPE_CHECKING:
    from handfast.contract.models import ContractSummary

pytestmark = pytest.mark.django_db
NOTICE_ON = date(2028, 6, 30)


def days_before(days: int, hour: int = 12) -> datetime:
    on = NOTICE_ON - timedelta(days=days)
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def written(cast: Cast, at: datetime, *, after: int = 0, notice_months: int = 6) -> ContractSummary:
    said = replace(SAID, notice_months=notice_months)
    return write_summary(cast.actor(cast.owner), cast.engagement, said=said, after=after, at=at)


def told() -> list[tuple[int, str]]:
    """Threshold and hearer of every notice that was given."""
    every = frozenset(Space.objects.values_list("pk", flat=True))
    days = {kind: left for left, kind in NOTICE_WITHIN.items()}
    with entered(Reach(every, every)):
        rows = list(Notice.objects.filter(kind__in=days))
    mailed = sorted(one.to[0] for one in mail.outbox for row in rows if str(row.pk) in one.body)
    names = dict(Person.objects.values_list("pk", "email"))
    assert mailed == sorted(names[one.person_id] for one in rows)
    return sorted((days[one.kind], names[one.person_id]) for one in rows)


def both(cast: Cast, *days: int) -> list[tuple[int, str]]:
    return sorted((one, person.email) for one in days for person in (cast.owner, cast.delivery))


def test_both_sides_hear_once_at_each_threshold(cast: Cast) -> None:
    written(cast, days_before(100))
    for left in range(100, -4, -1):
        work(days_before(left))
        expected = [one for one in (90, 30, 7) if left <= one]
        assert told() == both(cast, *expected), left
    said = [one.body for one in mail.outbox if "within 30 days" in one.body]
    assert len(said) == 2
    assert "because your role keeps what is written down of the contract" in said[0]


def test_worker_that_was_away_tells_the_nearest_threshold_alone(cast: Cast) -> None:
    written(cast, days_before(200))
    work(days_before(200))
    assert told() == []
    work(days_before(20))
    work(days_before(19))
    assert told() == both(cast, 30)


def test_nothing_is_told_of_a_day_that_is_over(cast: Cast) -> None:
    written(cast, days_before(200))
    work(days_before(200))
    work(days_before(-1))
    assert told() == []


def test_amendment_that_moves_the_day_lets_the_thresholds_count_anew_and_another_does_not(cast: Cast) -> None:
    written(cast, days_before(60))
    work(days_before(60))
    assert told() == both(cast, 90)
    written(cast, days_before(59), after=1)
    work(days_before(58))
    assert told() == both(cast, 90)
    written(cast, days_before(57), after=2, notice_months=3)
    work(days_before(56))
    assert told() == both(cast, 90)  # the day is 30 September now
    written(cast, days_before(55), after=3)
    work(days_before(54))
    assert told() == both(cast, 90, 90)


def test_each_reader_s_own_day_counts(cast: Cast) -> None:
    Person.objects.filter(pk=cast.owner.pk).update(zone="Pacific/Auckland")
    Person.objects.filter(pk=cast.delivery.pk).update(zone="America/Vancouver")
    written(cast, days_before(91, hour=20))
    work(days_before(91, hour=20))
    assert told() == [(90, cast.owner.email)]
    work(days_before(90, hour=21))
    assert told() == both(cast, 90)


def test_reader_rival_and_stranger_hear_nothing_and_a_sample_tells_nobody(cast: Cast) -> None:
    with entered(cast.actor(cast.owner).reach):
        Engagement.objects.filter(pk=cast.engagement.pk).update(is_sample=True)
        cast.engagement.refresh_from_db()
    written(cast, days_before(30))
    work(days_before(30))
    work(days_before(29))
    assert told() == []


def test_summary_written_before_there_was_such_a_look_is_found_by_the_daily_one(cast: Cast) -> None:
    written(cast, days_before(30))
    Outgoing.objects.filter(kind="contract.watch_notice").delete()
    work(days_before(28))
    assert told() == both(cast, 30)


def test_notice_leads_to_the_summary(cast: Cast) -> None:
    written(cast, days_before(7))
    work(days_before(7))
    with entered(cast.actor(cast.delivery).reach):
        one = Notice.objects.get(person_id=cast.delivery.pk, kind=NOTICE_WITHIN[7])
    client = signed_in(cast.delivery)
    where = client.post(reverse("journeys:notice", args=[one.pk]))
    assert where["Location"] == reverse("contract:summary", args=[cast.engagement.pk])
    assert client.get(where["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_and_one_that_begins_again_each_hears_once(cast: Cast) -> None:
    written(cast, days_before(30))

    def working() -> None:
        while work_once(lambda: days_before(30)):
            pass

    at_once(working, working)
    Outgoing.objects.filter(kind="contract.watch_notice").update(done_at=None, leased_until=None)
    working()
    assert told() == both(cast, 30)
