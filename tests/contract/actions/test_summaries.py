"""Versions of a contract's summary stand beside each other; the deal's days follow the newest; of two at once one wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db.models.signals import post_init
from tests.factories.cast import Cast, make_cast
from tests.factories.racing import at_once

from handfast.contract.actions import write_summary
from handfast.contract.models import ContractSummary
from handfast.contract.queries import newest_summaries, summaries_seen_by
from handfast.contract.reading.summaries import SummarySaid
from handfast.contract.refusals import SummaryOvertaken, SummaryRefused
from handfast.engagement.models import Engagement
from handfast.foundation.models import Contents
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
SAID = SummarySaid(
    "Master services agreement", date(2026, 1, 1), date(2026, 1, 1), date(2028, 12, 31), date(2025, 12, 1),
    renewal="automatic", renewal_months=12, notice_months=6, yearly_value=Decimal("2400000.00"),
)  # fmt: skip
LONGER = replace(SAID, effective_on=date(2026, 4, 1), ends_on=date(2029, 12, 31), changes="A year longer")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def written(cast: Cast, said: SummarySaid = SAID, after: int = 0) -> ContractSummary:
    return write_summary(cast.actor(cast.owner), cast.engagement, said=said, after=after, at=AT)


def days(cast: Cast) -> tuple[date | None, date | None, date | None]:
    with entered(cast.actor(cast.delivery).reach):
        deal = Engagement.objects.get(pk=cast.engagement.pk)
        return deal.signed_on, deal.notice_on, deal.ends_on


def test_deal_s_days_follow_what_was_written(cast: Cast) -> None:
    made = written(cast)
    assert (made.number, made.currency, made.notice_on) == (1, "CAD", date(2028, 6, 30))
    assert made.space_id == cast.engagement.space_id
    assert days(cast) == (date(2025, 12, 1), date(2028, 6, 30), date(2028, 12, 31))


def test_amendment_is_the_next_version_and_the_first_stays(cast: Cast) -> None:
    first, second = written(cast), written(cast, LONGER, after=1)
    actor = cast.actor(cast.delivery)
    with entered(actor.reach):
        assert list(summaries_seen_by(actor, cast.engagement.pk)) == [second, first]
        assert newest_summaries(actor, [cast.engagement.pk]) == {cast.engagement.pk: second}
        assert summaries_seen_by(actor, cast.engagement.pk).last().ends_on == date(2028, 12, 31)
    assert days(cast)[1:] == (date(2029, 6, 30), date(2029, 12, 31))


def test_only_the_newest_of_many_versions_is_read_in_one_question(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [written(cast, after=number) for number in range(30)]
    actor, read = cast.actor(cast.delivery), []

    def noted(instance: ContractSummary, **_: object) -> None:
        read.append(instance.number)

    post_init.connect(noted, sender=ContractSummary)
    try:
        with entered(actor.reach), django_assert_num_queries(1):
            assert newest_summaries(actor, [cast.engagement.pk]) == {cast.engagement.pk: made[-1]}
    finally:
        post_init.disconnect(noted, sender=ContractSummary)
    assert read == [30]


def test_amendment_of_a_version_that_is_not_the_newest_changes_nothing(cast: Cast) -> None:
    written(cast)
    for after in (0, 2):
        with pytest.raises(SummaryOvertaken, match="version 1 is the newest"):
            written(cast, LONGER, after=after)
    assert days(cast)[2] == date(2028, 12, 31)


def test_amendment_does_not_count_from_before_what_it_amends(cast: Cast) -> None:
    written(cast)
    with pytest.raises(SummaryRefused, match="version 1 counts from 2026-01-01"):
        written(cast, replace(LONGER, effective_on=date(2025, 12, 31)), after=1)


def test_reader_and_the_rival_write_nothing(cast: Cast) -> None:
    for person in (cast.reader, cast.rival, cast.stranger):
        with pytest.raises((NotPermitted, NotSeen)):
            write_summary(cast.actor(person), cast.engagement, said=SAID, after=0, at=AT)
    assert days(cast) == (None, None, None)


def test_rival_of_the_same_client_reads_none(cast: Cast) -> None:
    written(cast)
    actor = cast.actor(cast.rival)
    with entered(actor.reach):
        assert newest_summaries(actor, [cast.engagement.pk]) == {}


def test_journal_holds_days_and_value_and_no_name(cast: Cast) -> None:
    written(cast, replace(SAID, client_contact="Priya Raman"))
    with entered(cast.actor(cast.owner).reach):
        entry = Contents.objects.get(action="summary.written")
        assert Contents.objects.filter(action="engagement.days_kept").count() == 1
    assert "2400000" in (entry.payload or "")
    assert "Priya" not in (entry.payload or "")


@pytest.mark.django_db(transaction=True)
def test_of_two_amendments_at_once_one_is_written() -> None:
    cast = make_cast()
    written(cast)
    outcomes = at_once(*[lambda: written(cast, LONGER, after=1)] * 2)
    assert sorted(outcomes) == ["summary-overtaken", "won"]
    with entered(cast.actor(cast.owner).reach):
        assert ContractSummary.objects.count() == 2
