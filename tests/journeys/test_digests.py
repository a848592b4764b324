"""All that need not be told at once comes in one mail, in the reader's morning, counted by what they may see then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from tests.contract.deal import bargain_of
from tests.evidence.talks import commented
from tests.factories.cast import AT, Cast, joined, make_cast
from tests.factories.racing import at_once
from tests.governance.kept import written
from tests.records.deal import work

from handfast.contract.actions import agree_terms
from handfast.evidence.actions import withdraw_comment
from handfast.foundation.models import Outgoing
from handfast.governance.actions import amend_entry
from handfast.governance.reading.said import EntrySaid
from handfast.journeys import digesting
from handfast.people.actions.mailing import MAIL_DIGEST, choose_mail, plant_digest
from handfast.people.models import Membership, Person
from handfast.people.queries import next_morning
from handfast.people.refusals import HourUnknown

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from handfast.governance.models import RegisterEntry

MORNING = datetime(2026, 4, 17, 8, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """What came of the cast's own beginnings is told before each test."""
    made = make_cast()
    work(AT)
    mail.outbox.clear()
    return made


def digests(person: Person) -> list[EmailMessage]:
    return [one for one in mail.outbox if one.to == [person.email] and "last daily mail" in one.subject]


def instant(person: Person) -> list[EmailMessage]:
    return [one for one in mail.outbox if one.to == [person.email] and "/notices/" in one.body]


def kept(cast: Cast, owner: Person, title: str = "Headsets drop", **said: date) -> RegisterEntry:
    return written(cast, cast.owner, title=title, owner_id=owner.pk, **said)


def chosen(cast: Cast, person: Person, **given: object) -> None:
    member = Membership.objects.get(person=person, engagement_id=cast.engagement.pk)
    told = {"is_mailed_approvals": True, "is_mailed_mentions": True, "digest_hour": 8} | given
    choose_mail(cast.actor(person), member, **told, at=AT)  # type: ignore[arg-type]  # as the door hands it on


def afternoon(cast: Cast) -> None:
    """Fifty edits by three people of both sides, of ten entries that Jovana owns."""
    people = [cast.owner]
    for side, role, name in (("client", "finance", "Hana Holt"), ("provider", "trainer", "Milan Marić")):
        inviter = cast.actor(cast.owner if side == "client" else cast.delivery)
        people.append(joined(inviter, cast.engagement, side, [role], name, f"{side}").person)
    entries = [kept(cast, cast.delivery, f"Entry {number}") for number in range(10)]
    for number in range(50):
        at = AT + timedelta(minutes=5 * number)
        said = EntrySaid(f"Entry {number % 10}, edit {number}", owner_id=cast.delivery.pk)
        actor, spot = cast.actor(people[number % 3]), number % 10
        entries[spot] = amend_entry(actor, entries[spot], said=said, at=at, as_seen=entries[spot].seen_as)
        work(at)


def test_afternoon_of_fifty_edits_makes_one_mail_next_morning(cast: Cast) -> None:
    afternoon(cast)
    assert (digests(cast.delivery), instant(cast.delivery)) == ([], [])
    work(MORNING - timedelta(minutes=1))
    assert digests(cast.delivery) == []
    work(MORNING)
    work(MORNING + timedelta(hours=5))
    (sent,) = digests(cast.delivery)
    assert "10 issues that you own: new or changed" in sent.body
    assert f"/governance/issues/?owner={cast.delivery.pk}" in sent.body
    assert "/account/mail/" in sent.extra_headers["List-Unsubscribe"]
    assert not any(word in sent.body for word in ("Entry", "edit", "Priya", "Hana", "Milan"))
    assert instant(cast.delivery) == []
    work(MORNING + DAY)
    assert len(digests(cast.delivery)) == 1
    assert digests(cast.reader) == []


def test_mention_of_the_afternoon_goes_at_once_and_is_not_told_again(cast: Cast) -> None:
    commented(cast, cast.owner, kept(cast, cast.delivery), "@Jovana Petrović, see line 3")
    work(AT)
    assert len(instant(cast.delivery)) == 1
    work(MORNING)
    (sent,) = digests(cast.delivery)
    assert "mention" not in sent.body
    assert "comment" not in sent.body
    assert len(instant(cast.delivery)) == 1


def test_day_on_which_nothing_happened_brings_no_mail(cast: Cast) -> None:
    work(MORNING)
    assert digests(cast.delivery) == []


def test_what_is_not_mailed_at_once_is_in_the_daily_mail(cast: Cast) -> None:
    chosen(cast, cast.delivery, is_mailed_mentions=False)
    commented(cast, cast.owner, written(cast, cast.owner), "@Jovana Petrović")
    work(AT)
    assert instant(cast.delivery) == []
    work(MORNING)
    assert "A comment mentions you" in digests(cast.delivery)[0].body


def test_daily_mail_that_is_not_wanted_is_not_sent_and_is_not_caught_up_with(cast: Cast) -> None:
    chosen(cast, cast.delivery, digest_hour=None)
    kept(cast, cast.delivery)
    work(MORNING)
    chosen(cast, cast.delivery, digest_hour=7)
    work(MORNING + DAY)
    assert digests(cast.delivery) == []
    with pytest.raises(HourUnknown):
        chosen(cast, cast.delivery, digest_hour=24)


def test_comments_about_what_is_mine_are_counted_while_they_stand(cast: Cast) -> None:
    entry = kept(cast, cast.delivery)
    own = written(cast, cast.owner, is_own=True)
    commented(cast, cast.owner, entry, "First")
    commented(cast, cast.owner, entry, "Second", minutes=1)
    gone = commented(cast, cast.owner, entry, "Third", minutes=2)
    commented(cast, cast.owner, entry, "Ours alone", audience="own", minutes=3)
    commented(cast, cast.owner, own, "Ours alone too", audience="own", minutes=4)
    withdraw_comment(cast.actor(cast.owner), gone, at=AT)
    work(MORNING)
    assert "2 new comments about issues that you own" in digests(cast.delivery)[0].body


def test_entry_is_told_as_overdue_on_the_morning_after_its_day_and_never_again(cast: Cast) -> None:
    kept(cast, cast.delivery, due_on=date(2026, 4, 17))
    for days in range(4):
        work(MORNING + days * DAY)
    assert ["overdue" in one.body for one in digests(cast.delivery)] == [False, True]


def test_what_became_of_ones_own_asking_is_a_notice_at_once_and_a_line_in_the_morning(cast: Cast) -> None:
    bargain = bargain_of(cast)
    agree_terms(bargain.provider, bargain.proposed(bargain.client), typed="1", at=AT)
    work(AT)
    assert instant(cast.owner) == []
    work(MORNING)
    sent = next(one for one in digests(cast.owner) if "for Lumen" in one.subject)
    assert "Terms that your side proposed were agreed" in sent.body


@pytest.mark.parametrize("how", ["left", "inactive"])
def test_who_left_or_cannot_sign_in_is_told_nothing(cast: Cast, how: str) -> None:
    kept(cast, cast.delivery)
    if how == "left":
        Membership.objects.filter(person=cast.delivery).update(ended_at=AT)
    else:
        Person.objects.filter(pk=cast.delivery.pk).update(is_active=False)
    work(MORNING)
    assert digests(cast.delivery) == []


def test_worker_that_is_killed_sends_the_same_mail_again_and_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(cast, cast.delivery)

    def dying(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(digesting, "close_digest", dying)
        work(MORNING)
    written(cast, cast.owner, title="Another", owner_id=cast.delivery.pk, minutes=24 * 60)
    work(MORNING + timedelta(minutes=1))
    first, second = digests(cast.delivery)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert (first.subject, first.body) == (second.subject, second.body)
    with monkeypatch.context() as broken:
        broken.setattr(digesting, "send_mail", dying)
        written(cast, cast.owner, title="Third", owner_id=cast.delivery.pk, minutes=24 * 60)
        work(MORNING + DAY)
    work(MORNING + 2 * DAY)
    assert "2 issues that you own" in digests(cast.delivery)[-1].body
    assert len(digests(cast.delivery)) == 3


@pytest.mark.parametrize(
    ("zone", "at", "due"),
    [
        ("Europe/Belgrade", datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        ("Europe/Belgrade", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        ("Europe/Belgrade", datetime(2026, 4, 16, 6, tzinfo=UTC), datetime(2026, 4, 17, 6, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 4, 16, 9, tzinfo=UTC), datetime(2026, 4, 16, 20, tzinfo=UTC)),
        ("Mars/Base", datetime(2026, 4, 16, 9, tzinfo=UTC), datetime(2026, 4, 17, 8, tzinfo=UTC)),
    ],
)
def test_morning_is_that_of_the_readers_own_zone_whatever_the_clock_does(
    zone: str, at: datetime, due: datetime
) -> None:
    assert next_morning(Person(zone=zone), at) == due


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_a_row_each_send_one_mail() -> None:
    cast = make_cast()
    kept(cast, cast.delivery)
    Outgoing.objects.exclude(kind=MAIL_DIGEST).delete()
    Outgoing.objects.filter(kind=MAIL_DIGEST).exclude(person_id=cast.delivery.pk).delete()
    danube = Membership.objects.get(person=cast.delivery).organisation
    Person.objects.filter(pk=cast.delivery.pk).update(digest_hour=7)
    plant_digest(
        Person.objects.get(pk=cast.delivery.pk), danube, at=AT
    )  # as if the hour was changed: another row
    assert Outgoing.objects.filter(kind=MAIL_DIGEST).count() == 2
    mail.outbox.clear()
    at_once(lambda: work(MORNING), lambda: work(MORNING))
    sent = digests(cast.delivery)
    assert {one.extra_headers["Message-ID"] for one in sent} == {sent[0].extra_headers["Message-ID"]}
