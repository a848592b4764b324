"""Dependencies and relief: how late, what it costs by the plan, who may ask, until when, and one winner."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.racing import WON, at_once
from tests.readiness.gated import AT, Gated
from tests.readiness.web.test_pages import browser, delivery, owner, told, url

from handfast.evidence.actions import relate_things
from handfast.evidence.queries.relations import thing_meant
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.governance.actions import amend_entry
from handfast.governance.queries.things import thing_of
from handfast.governance.reading.said import said_of
from handfast.journeys.queries.needs import needs_of
from handfast.readiness.actions import ask_relief, decline_relief, grant_relief, withdraw_relief
from handfast.readiness.models import Relief
from handfast.readiness.queries.dependencies import DependencyNow, dependencies_of, relief_seen_by
from handfast.readiness.reading.relief_said import ReliefSaid
from handfast.readiness.refusals import ReliefAnswered, ReliefRefused
from handfast.transition.models import Activity

if TYPE_CHECKING:
    from handfast.governance.models import RegisterEntry

pytestmark = pytest.mark.django_db
TODAY = AT.date()
SAID = ReliefSaid(6, "Accounts came late.", "The class begins a week later.")


def owed(gated: Gated, days: int = -9, title: str = "Accounts of the class", **own: str) -> RegisterEntry:
    """What the client owes the provider, due so many days from today."""
    told_own = {"owed_by": "client"} | own
    return gated.entry("dependencies", title=title, due_on=TODAY + timedelta(days=days), own=told_own)


def now(gated: Gated, entry: RegisterEntry) -> DependencyNow:
    with entered(gated.client.reach):
        return next(
            one for one in dependencies_of(gated.client, gated.engagement, at=AT) if one.entry.pk == entry.pk
        )


def linked(gated: Gated, entry: RegisterEntry, key: str) -> Activity:
    """Linked by the address of the activity's page, as people do it."""
    actor = gated.client
    with entered(actor.reach):
        activity = Activity.objects.get(plan__engagement=gated.engagement, key=key, wave=1)
        thing = thing_of(entry)
        to = thing_meant(actor, thing, f"/engagements/{gated.engagement.pk}/plan/activities/{activity.pk}/")
        relate_things(actor, entry.space, thing=thing, to=to, at=AT)
    return activity


def asked(gated: Gated, entry: RegisterEntry, **said: Any) -> Relief:
    return ask_relief(
        gated.provider,
        entry,
        said=ReliefSaid(**({"days": 6, "reason": "Late.", "effect": "Later."} | said)),
        at=AT,
    )


def test_late_are_days_after_the_due_day_until_it_was_delivered(gated: Gated) -> None:
    assert now(gated, owed(gated, 0, "Today")).late_days == 0
    assert now(gated, owed(gated, -9, "Still owed")).late_days == 9
    delivered = owed(gated, -9, "Delivered", delivered_on=(TODAY - timedelta(days=4)).isoformat())
    assert (now(gated, delivered).late_days, now(gated, delivered).is_open) == (5, False)
    assert now(gated, gated.entry("dependencies", title="No day")).late_days == 0


def test_what_it_holds_up_says_by_how_much_the_go_live_moves(gated: Gated) -> None:
    entry = owed(gated)
    assert (now(gated, entry).holds_up, now(gated, entry).plan_days) == ((), None)
    activity = (
        linked(gated, entry, "infrastructure.accounts")
        if _has(gated, "infrastructure.accounts")
        else linked(gated, entry, _first(gated))
    )
    found = now(gated, entry)
    assert found.holds_up == (activity,)
    assert found.plan_days is not None
    assert found.plan_days >= 0


def _has(gated: Gated, key: str) -> bool:
    with entered(gated.client.reach):
        return Activity.objects.filter(plan__engagement=gated.engagement, key=key).exists()


def _first(gated: Gated) -> str:
    with entered(gated.client.reach):
        rows = Activity.objects.filter(plan__engagement=gated.engagement, kind="work", wave=1)
        return rows.order_by("position").first().key


def test_the_side_that_waits_asks_and_the_side_that_owes_grants(gated: Gated) -> None:
    entry = owed(gated)
    made = asked(gated, entry)
    assert (made.name, made.state, made.late_days) == ("RL-1", "asked", 9)
    with pytest.raises(NotPermitted):
        grant_relief(gated.provider, made, days=6, answer="", at=AT)
    done = grant_relief(gated.client, made, days=4, answer="Two days were your own.", at=AT)
    assert (done.state, done.granted_days, done.days) == ("granted", 4, 6)
    with pytest.raises(ReliefAnswered):
        decline_relief(gated.client, done, answer="No.", at=AT)
    with pytest.raises(ReliefAnswered, match="granted already"):
        asked(gated, entry)


def test_who_owes_it_asks_for_nothing_and_neither_does_an_outsider(gated: Gated) -> None:
    entry = owed(gated)
    with pytest.raises(NotPermitted):
        ask_relief(gated.client, entry, said=SAID, at=AT)
    with pytest.raises(NotPermitted):
        ask_relief(gated.provider, gated.entry("issues"), said=SAID, at=AT)
    nobody = gated.entry("dependencies", title="Owed by nobody", due_on=TODAY - timedelta(days=3))
    with pytest.raises(NotPermitted):
        ask_relief(gated.provider, nobody, said=SAID, at=AT)


def test_what_is_not_late_or_asked_too_late_is_refused(gated: Gated) -> None:
    with pytest.raises(ReliefRefused, match="is not late"):
        asked(gated, owed(gated, 0, "Due today"))
    last = owed(gated, -9, "Last day", notice_days="9")
    assert asked(gated, last).state == "asked"
    with pytest.raises(ReliefRefused, match="which is over"):
        asked(gated, owed(gated, -9, "Over", notice_days="8"))
    with pytest.raises(ReliefRefused, match="which is over"):
        asked(gated, owed(gated, -9, "Part of a day", notice_days="8.9"))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"reason": " "}, "reason"),
        ({"effect": "x" * 2001}, "effect"),
        ({"reason": "\x00"}, "reason"),
    ],
)
def test_relief_that_says_too_little_is_refused_at_its_field(
    gated: Gated, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ReliefRefused) as refusal:
        asked(gated, owed(gated), **said)
    assert [name for name, _ in refusal.value.fields] == [field]


def test_less_than_asked_and_no_needs_a_reason_and_more_is_refused(gated: Gated) -> None:
    made = asked(gated, owed(gated))
    for days in (5, 7, 0):
        with pytest.raises(ReliefRefused):
            grant_relief(gated.client, made, days=days, answer="", at=AT)
    with pytest.raises(ReliefRefused):
        decline_relief(gated.client, made, answer=" ", at=AT)
    assert decline_relief(gated.client, made, answer="They came in time.", at=AT).state == "declined"
    assert asked(gated, made.entry).name == "RL-2"


def test_taken_back_by_who_asked_and_stale_answers_are_a_conflict(gated: Gated) -> None:
    made = asked(gated, owed(gated))
    with pytest.raises(NotPermitted):
        withdraw_relief(gated.client, made, at=AT)
    withdraw_relief(gated.provider, made, at=AT, as_seen="asked")
    with pytest.raises(Conflict):
        grant_relief(gated.client, made, days=6, answer="", at=AT, as_seen="asked")


def test_what_was_frozen_stays_when_the_dependency_changes(gated: Gated) -> None:
    entry = owed(gated)
    made = asked(gated, entry)
    said = said_of(entry)
    amend_entry(gated.client, entry, said=type(said)(said.title, due_on=TODAY, own=dict(said.own)), at=AT)
    with entered(gated.client.reach):
        assert relief_seen_by(gated.client, made.pk).late_days == 9
    assert now(gated, entry).late_days == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_does() -> None:
    from tests.readiness.gated import a_gated  # noqa: PLC0415 - rows of its own, outside the transaction of a fixture

    gated = a_gated()
    entry = owed(gated)
    assert sorted(at_once(lambda: asked(gated, entry), lambda: asked(gated, entry))) == [
        ReliefAnswered.code,
        WON,
    ]


def test_page_asks_and_answers_and_says_what_is_wrong(gated: Gated) -> None:
    entry = owed(gated)
    page = url(gated, "dependencies")
    mine, theirs = owner(gated), delivery(gated)
    assert "Accounts of the class" in told(mine.get(page))
    assert "Ask for relief" not in told(mine.get(page))
    assert "Ask for relief" in told(theirs.get(page))
    wrong = theirs.post(url(gated, "relief_ask", entry.pk), {"days": "0", "reason": "", "effect": ""})
    assert wrong.status_code == 422
    assert (
        theirs.post(
            url(gated, "relief_ask", entry.pk), {"days": "6", "reason": "Late.", "effect": "Later."}
        ).status_code
        == 302
    )
    assert (
        mine.post(
            url(gated, "relief_ask", entry.pk), {"days": "6", "reason": "Late.", "effect": "Later."}
        ).status_code
        == 403
    )
    with entered(gated.client.reach):
        made = Relief.objects.get(entry=entry)
        assert made.pk in {one.subject for one in needs_of(gated.client, at=AT)}
    assert theirs.post(url(gated, "relief_grant", made.pk), {"days": "6"}).status_code == 403
    assert mine.post(url(gated, "relief_grant", made.pk), {"days": "2"}).status_code == 422
    assert (
        mine.post(
            url(gated, "relief_grant", made.pk), {"days": "2", "reason": "The rest was yours."}
        ).status_code
        == 302
    )
    assert "2 of 6 days" in told(theirs.get(page))
    assert browser(gated.programme.cast.stranger).get(page).status_code == 404


def test_questions_do_not_grow_with_dependencies(gated: Gated) -> None:
    def count() -> int:
        with entered(gated.client.reach), CaptureQueriesContext(connection) as questions:
            dependencies_of(gated.client, gated.engagement, at=AT)
        return len(questions)

    owed(gated, title="Row 0")
    few = count()
    for number in range(1, 30):
        owed(gated, title=f"Row {number}")
    assert count() == few


def test_address_of_a_criterion_links_it_too(gated: Gated) -> None:
    entry, criterion = owed(gated), gated.criterion(number=1)
    with entered(gated.client.reach):
        found = thing_meant(
            gated.client,
            thing_of(entry),
            f"/engagements/{gated.engagement.pk}/readiness/criteria/{criterion.pk}/",
        )
    assert found.id == criterion.pk
