"""Whom a comment mentions hears of it at once, by one notice and one mail, and of nothing that it says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from tests.evidence.talks import commented
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import written
from tests.records.deal import work

from handfast.evidence.actions import see_mention, withdraw_comment
from handfast.evidence.models import Comment, Mention
from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.journeys.queries.notices import notices_seen_by, unread_by
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership, Person

if TYPE_CHECKING:
    from handfast.journeys.models import Notice

SAID = "A comment mentions you"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def mails() -> list[str]:
    return [one.to[0] for one in mail.outbox if one.subject == SAID]


def notices(cast: Cast, person: Person) -> list[Notice]:
    actor = cast.actor(person)
    with entered(actor.reach):
        return list(notices_seen_by(actor).filter(kind="evidence.mentioned"))


def unread(cast: Cast, person: Person) -> int:
    actor = cast.actor(person)
    with entered(actor.reach):
        return unread_by(actor).count()


def mentioned(cast: Cast, **given: str) -> Comment:
    """Priya tells Jovana about an entry, and herself, who need not hear of it."""
    entry = written(cast, cast.owner)
    text = "Line 3 drops, @Jovana Petrović and @Priya Raman know"
    return commented(cast, cast.owner, entry, text, **given)


def test_mention_is_told_once_by_a_notice_and_a_mail_that_says_nothing_of_it(cast: Cast) -> None:
    made = mentioned(cast)
    work(AT)
    work(AT)
    assert mails() == [cast.delivery.email]
    (found,) = notices(cast, cast.delivery)
    assert notices(cast, cast.owner) == []
    sent = next(one for one in mail.outbox if one.subject == SAID)
    text = f"{sent.subject} {sent.body}"
    assert f"/notices/{found.pk}/" in text
    assert not any(word in text for word in ("Line 3", "Priya", "Headsets", "Lumen", "Customer Support"))
    client = Client()
    client.force_login(cast.delivery)
    assert client.post(f"/notices/{found.pk}/").url.endswith(f"/comment/{made.pk}/")  # type: ignore[attr-defined]  # a redirect
    assert unread(cast, cast.delivery) == 0


def test_mail_that_is_sent_again_is_the_same_mail_about_the_same_notice(cast: Cast) -> None:
    mentioned(cast)
    work(AT)
    again = Outgoing.objects.filter(kind="journeys.notify.evidence.mentioned")
    again.update(done_at=None, leased_until=None)  # as if its worker had been killed after the mail
    work(AT)
    first, second = (one.extra_headers["Message-ID"] for one in mail.outbox if one.subject == SAID)
    assert first == second
    assert len(notices(cast, cast.delivery)) == 1


def test_own_sides_comment_tells_its_own_people_only(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    commented(cast, cast.owner, entry, "Ours, @Rada Reader", audience="own")
    work(AT)
    assert mails() == [cast.reader.email]


@pytest.mark.parametrize("what", ["withdrawn", "seen", "left", "inactive"])
@pytest.mark.parametrize("is_planted", [False, True])
def test_what_is_settled_before_it_is_sent_is_not_mailed(cast: Cast, what: str, is_planted: bool) -> None:
    made = mentioned(cast)
    if is_planted:  # the row for the person is there, the mail not yet
        Outgoing.objects.filter(kind="evidence.mentioned").update(due_at=AT - timedelta(hours=1))
        work(AT - timedelta(minutes=30))
        Outgoing.objects.filter(kind__endswith="notify.evidence.mentioned").update(
            done_at=None, leased_until=None
        )
        mail.outbox.clear()
    actor = cast.actor(cast.delivery)
    if what == "withdrawn":
        withdraw_comment(cast.actor(cast.owner), made, at=AT)
    elif what == "seen":
        with entered(actor.reach):
            found = Mention.objects.get(comment=made, person_id=cast.delivery.pk)
        see_mention(actor, found, at=AT)
    elif what == "left":
        Membership.objects.filter(person=cast.delivery).update(ended_at=AT)
    else:
        Person.objects.filter(pk=cast.delivery.pk).update(is_active=False)
    work(AT)
    assert mails() == []
    if what in ("withdrawn", "seen"):
        assert unread(cast, cast.delivery) == 0


def test_who_is_taken_out_of_the_engagement_hears_nothing_of_what_was_on_its_way(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    commented(cast, cast.owner, entry, "@Rada Reader, look")
    member = Membership.objects.get(person=cast.reader)
    end_membership(cast.actor(cast.owner), member, at=AT)
    work(AT)
    assert mails() == []
