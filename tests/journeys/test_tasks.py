"""The other side hears once of what it can answer, and the journal's head goes out by mail every day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from tests.contract.deal import TERMS, Bargain, bargain_of
from tests.factories.cast import AT, joined, make_cast

from handfast.engagement.actions.engagements import amend_engagement
from handfast.foundation.models import Head, Outgoing, Space
from handfast.foundation.outbox import HANDLERS, Task, work_once
from handfast.foundation.scope import Reach, entered
from handfast.journeys.models import Notice
from handfast.operate.actions import propose_adjustment, withdraw_adjustment
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership, Person
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from handfast.operate.models import Adjustment

pytestmark = pytest.mark.django_db
KIND = "operate.adjustment_proposed"


@pytest.fixture
def bargain() -> Bargain:
    made = bargain_of(make_cast())
    made.agreed(TERMS)
    Outgoing.objects.filter(kind__startswith="contract.").delete()  # what terms tell is tried beside this
    return made


def proposed(bargain: Bargain) -> Adjustment:
    said = {"kind": "record excluded", "type": "duplicate", "records": ["T-1"], "reason": "twice"}
    return propose_adjustment(bargain.provider, bargain.agreement, side="provider", said=said, at=AT)


def worked(at: datetime = AT) -> None:
    while work_once(lambda: at):
        pass


def run_again(kind: str) -> None:
    for row in Outgoing.objects.filter(kind=kind):
        task = Task(row, lambda: AT)
        with entered(task.actor.reach):
            HANDLERS[kind](task)


def notices() -> list[Notice]:
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        return list(Notice.objects.select_related("space"))


def test_notice_is_given_once_though_the_tasks_run_twice(bargain: Bargain) -> None:
    proposed(bargain)
    worked()
    run_again(KIND)
    worked()
    run_again(f"journeys.notify.{KIND}")
    (notice,) = notices()
    assert notice.person_id == bargain.cast.owner.pk
    assert notice.space.organisation_id == bargain.cast.lumen.pk
    about_it = [one for one in mail.outbox if "adjustment" in one.subject]
    assert len({one.extra_headers["Message-ID"] for one in about_it}) == 1


def test_mail_of_a_notice_holds_no_name_of_the_deal_and_no_figure(bargain: Bargain) -> None:
    proposed(bargain)
    worked()
    (sent,) = [one for one in mail.outbox if "adjustment" in one.subject]
    assert sent.to == [bargain.cast.owner.email]
    assert f"/notices/{notices()[0].pk}/" in sent.body
    assert not any(word in sent.body for word in ("Customer Support", "Danube", "T-1"))


def test_what_was_taken_back_before_is_not_told(bargain: Bargain) -> None:
    withdraw_adjustment(bargain.provider, proposed(bargain), at=AT)
    worked()
    assert notices() == []


def test_history_that_comes_in_late_calls_nobody(bargain: Bargain) -> None:
    proposed(bargain)
    worked(AT + timedelta(days=31))
    assert notices() == []


def test_reader_and_who_has_left_are_not_told(bargain: Bargain) -> None:
    cast = bargain.cast
    finance = joined(cast.actor(cast.owner), cast.engagement, "client", ["finance"], "Fay Finance", "lumen")
    proposed(bargain)
    end_membership(cast.actor(cast.owner), Membership.objects.get(pk=finance.pk), at=AT)
    worked()
    assert {one.person_id for one in notices()} == {cast.owner.pk}


def test_head_of_the_shared_journal_goes_to_both_sides_every_day(bargain: Bargain) -> None:
    at = AT + timedelta(days=2)
    worked(at)
    with entered(bargain.client.reach):
        head = Head.objects.get(space_id=bargain.cast.engagement.space_id)
    sent = [one for one in mail.outbox if one.subject.startswith("Journal of Customer Support")]
    assert {one.to[0] for one in sent} == {bargain.cast.owner.email, bargain.cast.delivery.email}
    command = f"handfast verify-journal --space {head.space_id} --head {head.hash}"
    assert all(command in one.body for one in sent)
    assert not Outgoing.objects.filter(
        kind="journeys.mail_heads", done_at__isnull=True, due_at__lt=at
    ).exists()
    assert Outgoing.objects.filter(
        kind="journeys.mail_heads", done_at__isnull=True, due_at=at + timedelta(days=1)
    ).exists()


def test_newline_in_the_name_of_a_deal_keeps_no_mail_from_going(bargain: Bargain) -> None:
    with entered(bargain.client.reach):
        type(bargain.cast.engagement).objects.filter(pk=bargain.cast.engagement.pk).update(
            name="Customer\r\nBcc: x@elsewhere.example"
        )
    worked(AT + timedelta(days=2))
    sent = [one for one in mail.outbox if one.subject.startswith("Journal of Customer Bcc")]
    assert len(sent) == 2
    assert sent[0].message()["Bcc"] is None


def given_up(bargain: Bargain, space: Space) -> set[str]:
    """Who hears that a row of the space was given up."""
    Outgoing.objects.all().delete()
    Outgoing.objects.create(
        kind="outbox.given_up", space_id=space.pk, subject_id=space.pk, key=str(space.pk), due_at=AT
    )
    worked()
    told = Person.objects.filter(pk__in=[one.person_id for one in notices() if one.kind == "outbox.given_up"])
    return {one.name for one in told}


def test_row_given_up_is_told_to_those_who_manage_where_it_was_to_be_done(bargain: Bargain) -> None:
    cast = bargain.cast
    own = internal_space_of(cast.lumen.pk, cast.engagement.pk)
    assert given_up(bargain, own) == {"Priya Raman"}
    shared = Space.objects.get(pk=cast.engagement.space_id)
    assert given_up(bargain, shared) == {"Priya Raman", "Jovana Petrović"}


def test_notice_of_a_row_given_up_leads_to_the_overview(bargain: Bargain, client: Client) -> None:
    own = internal_space_of(bargain.cast.lumen.pk, bargain.cast.engagement.pk)
    given_up(bargain, own)
    client.force_login(bargain.cast.owner)
    assert "could not be sent or done" in client.get("/notices/").content.decode()
    answer = client.post(f"/notices/{notices()[0].pk}/")
    assert answer["Location"] == f"/engagements/{bargain.cast.engagement.pk}/"


def test_other_side_hears_that_the_deal_was_changed_and_finds_by_whom(
    bargain: Bargain, client: Client
) -> None:
    cast, deal = bargain.cast, bargain.cast.engagement
    Outgoing.objects.all().delete()
    amend_engagement(
        bargain.client, deal, name=deal.name, size=deal.size, zone=deal.zone, currency="EUR", signed_on=None,
        live_on=None, notice_on=None, ends_on=None, at=AT,
    )  # fmt: skip
    worked()
    (notice,) = notices()
    assert (notice.person_id, notice.kind) == (cast.delivery.pk, "engagement.amended")
    client.force_login(cast.delivery)
    answer = client.post(f"/notices/{notice.pk}/", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/journal/{deal.pk}/")
    assert "Priya Raman" in page
