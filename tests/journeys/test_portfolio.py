"""The portfolio shows every engagement of one's own side by side, by the same figures as their own pages, and no other."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.contract.actions.test_summaries import SAID
from tests.factories.cast import AT, Cast, a_deal, make_cast
from tests.governance.kept import written
from tests.journeys.test_pages import seen_by, signed_in, text_of
from tests.operate.month import Month, a_month
from tests.transition.programme import Programme, programme_of

from handfast.contract.actions import write_summary
from handfast.contract.web.summary_words import passed_line
from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.journeys.queries.portfolio import (
    Holding,
    LastMonth,
    credits_by_currency,
    notices_of,
    portfolio_of,
    values_by_currency,
)
from handfast.operate.models import Statement
from handfast.people.models import Organisation
from handfast.people.queries import actor_for
from handfast.transition.actions import simulate_now
from handfast.transition.models import Activity, Dates, Plan
from handfast.transition.queries.outlook import outlook_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.contract.models import ContractSummary
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
LATE = date(2026, 4, 1)


def held_by(person: Person) -> list[Holding]:
    actor = actor_for(person)
    with entered(actor.reach):
        return portfolio_of(actor, at=AT)


def held_of(cast: Cast, person: Person) -> Holding:
    """The engagement between Lumen and Danube Care; Lumen has another one with Tagus."""
    return next(one for one in held_by(person) if one.deal.pk == cast.engagement.pk)


def told(person: Person, **asked: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get("/api/journeys/portfolio", asked).json()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_engagement_without_a_month_stands_there_with_nothing_judged(cast: Cast) -> None:
    held = held_of(cast, cast.owner)
    assert (held.deal.pk, held.month, held.late) == (cast.engagement.pk, None, {})
    assert "No month issued yet" in text_of(seen_by(cast.owner, "journeys:portfolio"))


def test_each_side_reads_the_other_side_s_name(cast: Cast) -> None:
    assert [one.partner for one in held_by(cast.owner)] == ["Danube Care", "Tagus"]
    assert [one.partner for one in held_by(cast.delivery)] == ["Lumen"]


def test_provider_reads_nothing_of_a_rival_with_the_same_client(cast: Cast) -> None:
    for person, other in ((cast.delivery, "Tagus"), (cast.rival, "Danube Care")):
        page = text_of(seen_by(person, "journeys:portfolio"))
        assert other not in page
        assert "1 engagement with 1 other side" in page


def test_stranger_reads_an_empty_page_and_no_rows(cast: Cast) -> None:
    page = text_of(seen_by(cast.stranger, "journeys:portfolio"))
    assert cast.engagement.name not in page
    assert "No engagement yet" in page
    assert told(cast.stranger) == []


def test_last_month_is_the_statement_s_own_figures() -> None:
    month: Month = a_month()
    cast = month.bargain.cast
    assert held_of(cast, cast.owner).month is None
    statement = month.issued()
    held = held_of(cast, cast.owner)
    assert held.month is not None
    assert held.month.statement == statement
    row = next(one for one in told(cast.owner) if one["engagement_id"] == str(cast.engagement.pk))
    assert (row["period"], len(row["verdicts"])) == (statement.period, len(held.month.verdicts))


def test_last_six_months_stand_there_each_in_the_revision_that_counts() -> None:
    month: Month = a_month()
    cast = month.bargain.cast
    made = month.issued()
    with entered(cast.actor(cast.delivery).reach):
        fields = {one.attname: getattr(made, one.attname) for one in Statement._meta.concrete_fields}
        for number in range(1, 9):
            for revision in (1, 2):
                past = {"id": uuid4(), "period": f"2025-{number:02}", "revision": revision}
                Statement.objects.create(**fields | past)
    with CaptureQueriesContext(connection) as queries:
        held = held_of(cast, cast.owner)
    told = [(one.statement.period, one.statement.revision) for one in held.months]
    assert told == [(made.period, 1), *((f"2025-0{number}", 2) for number in range(8, 3, -1))]
    assert held.month == held.months[0]
    assert sum("operate_statement" in one["sql"] for one in queries) == 1
    page = text_of(seen_by(cast.delivery, "journeys:portfolio"))
    assert "of 6 months" in page
    assert f"August 2025: {held.month.met} of {len(held.month.verdicts)} met" in page
    assert [one.months for one in held_by(cast.rival)] == [()]


def test_range_is_the_plan_s_own_and_says_where_there_is_none_or_it_is_old() -> None:
    programme = programme_of("standard")
    cast = programme.cast
    page = text_of(seen_by(cast.owner, "journeys:portfolio"))
    assert "No range: not simulated" in page
    simulate_now(cast.engagement.pk, at=AT, runs=50)
    held = held_of(cast, cast.owner)
    assert held.foreseen is not None
    found = held.foreseen.range
    assert found is not None
    assert (found.p50_on <= found.p80_on, found.is_stale) == (True, False)
    with entered(programme.client.reach):
        plan = programme.plan()
        outlook = outlook_of(plan)
        assert outlook is not None
        told = [one for one in (outlook.live, *outlook.milestones) if one.activity_id == first_of(programme)]
        assert told[0].p50_at.astimezone(ZoneInfo(cast.engagement.zone)).date() == found.p50_on
    assert "P50" in text_of(seen_by(cast.delivery, "journeys:portfolio"))
    with entered(programme.client.reach):
        Plan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    assert "simulated before the plan was changed" in text_of(seen_by(cast.delivery, "journeys:portfolio"))
    assert [one.foreseen for one in held_by(cast.rival)] == [None]


def first_of(programme: Programme) -> UUID:
    kinds = (Activity.Kind.MILESTONE, Activity.Kind.GATE)
    space = programme.cast.engagement.space_id
    known = Activity.objects.filter(kind__in=kinds, space_id=space).values_list("pk", flat=True)
    dates = Dates.objects.filter(space_id=space, activity_id__in=list(known))
    return min(dates, key=lambda one: one.ends_at).activity_id


def test_decisions_past_their_day_are_counted_apart_from_other_entries(cast: Cast) -> None:
    written(cast, cast.owner, register="decisions", title="Which queue first", due_on=LATE)
    written(cast, cast.owner, register="issues", title="Headsets drop", due_on=LATE)
    written(cast, cast.owner, register="issues", title="Later", due_on=AT.date() + timedelta(days=3))
    held = held_of(cast, cast.delivery)
    assert (held.late_decisions, held.late_others) == (1, 1)
    page = text_of(seen_by(cast.delivery, "journeys:portfolio"))
    assert "1 decision</a>" in page
    assert "?overdue=1" in page


def test_what_one_side_keeps_for_itself_is_not_counted_for_the_other(cast: Cast) -> None:
    written(cast, cast.owner, register="decisions", title="Ours alone", due_on=LATE, is_own=True)
    assert held_of(cast, cast.owner).late_decisions == 1
    assert held_of(cast, cast.delivery).late_decisions == 0


def test_next_date_is_the_nearest_to_come(cast: Cast) -> None:
    deal, today = cast.engagement, AT.date()
    with entered(cast.actor(cast.owner).reach):
        deal.live_on, deal.notice_on = today - timedelta(days=1), today + timedelta(days=9)
        deal.ends_on = today + timedelta(days=90)
        deal.save()
    assert held_of(cast, cast.owner).next_date == ("Notice by", deal.notice_on)


def test_nearest_milestone_of_the_shared_plan_stands_there_on_the_day_it_is_foreseen_for() -> None:
    programme = programme_of("standard")
    cast, actor = programme.cast, programme.cast.actor(programme.cast.delivery)
    with entered(actor.reach):
        space, kinds = cast.engagement.space_id, (Activity.Kind.MILESTONE, Activity.Kind.GATE)
        names = dict(Activity.objects.filter(kind__in=kinds, space_id=space).values_list("pk", "name"))
        dates = Dates.objects.filter(space_id=space, activity_id__in=list(names))
        first = min(dates, key=lambda one: one.ends_at)
    held = held_of(cast, cast.delivery)
    assert held.foreseen is not None
    assert (held.foreseen.name, held.foreseen.is_late) == (names[first.activity_id], False)
    assert held.foreseen.on == first.ends_at.astimezone(ZoneInfo(cast.engagement.zone)).date()
    assert f"{names[first.activity_id]}, foreseen" in text_of(seen_by(cast.owner, "journeys:portfolio"))
    row = next(one for one in told(cast.owner) if one["engagement_id"] == str(cast.engagement.pk))
    assert row["milestone_on"] == held.foreseen.on.isoformat()
    assert [one.foreseen for one in held_by(cast.rival)] == [None]


def test_notices_to_come_stand_first_with_the_nearest_day_first(cast: Cast) -> None:
    said = replace(SAID, ends_on=date(2098, 12, 31))
    write_summary(cast.actor(cast.owner), cast.engagement, said=said, after=0, at=AT)
    held = held_by(cast.owner)
    assert [one.deal.pk for one in notices_of(held)] == [cast.engagement.pk]
    assert values_by_currency(held) == {"CAD": Decimal("2400000.00")}
    page = text_of(seen_by(cast.delivery, "journeys:portfolio"))
    assert "Last days of notice" in page
    assert "or it renews for 12 months" in page
    assert "Last days of notice" not in text_of(seen_by(cast.rival, "journeys:portfolio"))


def test_day_of_notice_that_has_passed_stays_until_the_term_is_over(cast: Cast) -> None:
    today = datetime.now(UTC).date()
    ends_on = today + timedelta(days=40)
    said = replace(
        SAID, starts_on=date(2020, 1, 1), effective_on=date(2020, 1, 1), signed_on=None, ends_on=ends_on
    )
    write_summary(
        cast.actor(cast.owner), cast.engagement, said=replace(said, notice_months=2), after=0, at=AT
    )
    page = text_of(seen_by(cast.delivery, "journeys:portfolio"))
    assert "Last days of notice" in page
    assert "days ago: unless notice was given, it renews on" in page
    assert "1 is past the last day of notice" in page
    held = held_of(cast, cast.delivery)
    day = replace(held, today=ends_on)
    assert (day.is_notice_passed, notices_of([day])) == (True, [day])
    assert notices_of([replace(held, today=ends_on + timedelta(days=1))]) == []


def test_option_that_was_missed_says_that_the_contract_ends(cast: Cast) -> None:
    said = replace(SAID, renewal="option")
    made = write_summary(cast.actor(cast.owner), cast.engagement, said=said, after=0, at=AT)
    told = passed_line(made, date(2028, 7, 1))
    assert (
        told
        == "The last day of notice, 30 Jun 2028, was 1 day ago: unless it was renewed, it ends on 31 Dec 2028"
    )
    renewed = passed_line(replace_renewal(made), date(2028, 7, 3))
    assert renewed.endswith("unless notice was given, it renews on 1 Jan 2029 until 31 Dec 2029")


def replace_renewal(made: ContractSummary) -> ContractSummary:
    made.renewal = "automatic"
    return made


def test_day_of_notice_that_only_the_deal_says_stays_too(cast: Cast) -> None:
    held = held_of(cast, cast.delivery)
    held.deal.notice_on = held.today - timedelta(days=3)
    assert notices_of([held]) == [held]
    held.deal.ends_on = held.today - timedelta(days=1)
    assert notices_of([held]) == []


def test_currencies_are_never_added_to_each_other(cast: Cast) -> None:
    held = held_of(cast, cast.owner)
    assert credits_by_currency([held]) == {}

    def with_credit(currency: str, credit: str) -> Holding:
        month = LastMonth(None, (), currency, Decimal(credit), None)  # type: ignore[arg-type]  # no statement is asked
        return replace(held, month=month)

    found = credits_by_currency(
        [with_credit("EUR", "0.10"), with_credit("CAD", "5"), with_credit("EUR", "0.20")]
    )
    assert found == {"CAD": Decimal(5), "EUR": Decimal("0.30")}


def test_questions_do_not_grow_with_the_engagements(cast: Cast) -> None:
    def asked() -> int:
        client = signed_in(cast.owner)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("journeys:portfolio")).status_code == 200
        return len(queries)

    few = asked()
    client = Organisation.objects.get(name="Lumen")
    for number in range(3):
        open_engagement(actor_for(cast.owner), client, deal=a_deal(name=f"Deal {number}"), at=AT)
    assert len(held_by(cast.owner)) == 5
    assert asked() == few


def test_questions_do_not_grow_with_the_samples_either(cast: Cast) -> None:
    def asked(number: int) -> int:
        Engagement.objects.filter(pk__in=pks[:number]).update(is_sample=True)
        with CaptureQueriesContext(connection) as queries:
            portfolio_of(actor, at=AT)
        return len(queries)

    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        pks = list(Engagement.objects.values_list("pk", flat=True))
        assert len(pks) > 1
        assert asked(1) == asked(len(pks))


def test_file_has_the_same_rows(cast: Cast) -> None:
    answer = seen_by(cast.owner, "journeys:portfolio_export", "csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # it streams
    head, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == len(held_by(cast.owner))
    row = next(one for one in rows if cast.engagement.name in one)
    said = dict(zip(head, row, strict=True))
    assert (said["Engagement"], said["Month"], said["Late decisions"]) == (cast.engagement.name, "", "0")
