"""Several people are invited out of a spreadsheet: all who are new or nobody, and nothing is told of accounts elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import AT, Cast, a_deal, engagement_of, joined, make_cast, organisation_of
from tests.factories.racing import at_once

from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.governance.refusals import TableRefused
from handfast.journeys.actions import invite_people
from handfast.journeys.inviting.rows import MOST_PEOPLE, read_people, rows_in
from handfast.journeys.queries.inviting import people_looked_at, sides_of
from handfast.journeys.refusals import NobodyToInvite, PeopleRefused
from handfast.people.actions.invitations import LASTS, MAIL_INVITATION, withdraw_invitation
from handfast.people.models import Invitation
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.journeys.inviting.rows import PersonRow
    from handfast.journeys.queries.inviting import Looked
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
TWO = "Name\tE-mail\tRole\nUna Urban\tuna@lumen.example\tFinance\nVid Vukov\tVid@Lumen.example\tprocess-owner; Reader\n"
PLACE = "journeys:people_several"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def rows(
    cast: Cast, pasted: str, by: Person | None = None, deal: Engagement | None = None
) -> list[PersonRow]:
    actor = cast.actor(by or cast.owner)
    with entered(actor.reach):
        return rows_in(read_people(pasted), sides_of(actor, deal or cast.engagement))


def looked(cast: Cast, pasted: str, by: Person | None = None) -> list[Looked]:
    actor = cast.actor(by or cast.owner)
    with entered(actor.reach):
        return people_looked_at(actor, cast.engagement, rows(cast, pasted, by), at=AT)


def sent(cast: Cast, pasted: str, by: Person | None = None) -> list[Invitation]:
    actor = cast.actor(by or cast.owner)
    with entered(actor.reach):
        space = own_space_of(actor, cast.engagement.pk)
    return invite_people(actor, space, rows=rows(cast, pasted, by), at=AT)


def fault(cast: Cast, pasted: str) -> str:
    (one,) = rows(cast, pasted)
    return "; ".join(f"{name}: {said}" for name, said in one.faults)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]  # a response


def test_each_is_invited_as_one_is_invited_alone(cast: Cast) -> None:
    una, vid = sent(cast, TWO)
    assert (una.email, una.side, una.roles, una.organisation) == (
        "una@lumen.example", "client", ["finance"], cast.lumen,
    )  # fmt: skip
    assert (vid.email, vid.roles, vid.expires_at) == (
        "vid@lumen.example",
        ["process-owner", "reader"],
        AT + LASTS,
    )
    assert Outgoing.objects.filter(kind=MAIL_INVITATION, subject_id__in=[una.pk, vid.pk]).count() == 2
    with entered(cast.actor(cast.owner).reach):
        told = list(Contents.objects.values_list("action", flat=True))
    assert told.count("invitations.sent") == 1
    with entered(cast.actor(cast.delivery).reach):
        assert "invitations.sent" not in Contents.objects.values_list("action", flat=True)


def test_rows_without_heads_are_read_in_their_order(cast: Cast) -> None:
    for pasted in (
        "Una Urban\tuna@lumen.example\tFinance, Reader\tLumen",
        "Una Urban;una@lumen.example;Finance, Reader;client",
        "una@lumen.example\tfinance/reader",
        "Una Urban <Una@lumen.example>\tFINANCE,reader",
    ):
        (one,) = rows(cast, pasted)
        assert (one.number, one.email, one.roles, one.side, one.faults) == (
            1, "una@lumen.example", ("finance", "reader"), "client", (),
        ), pasted  # fmt: skip


def test_of_a_street_and_an_address_for_mail_the_latter_is_read(cast: Cast) -> None:
    (one,) = rows(cast, "Address\tMail\tRole\n1 Long Street\tuna@lumen.example\tReader\n")
    assert (one.email, one.faults) == ("una@lumen.example", ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("una at lumen\tReader", "email: “una at lumen” is no address: write it as name@company.example"),
        ("\tReader", "email: there is no address"),
        ("una@lumen.example\t", "roles: write one or more of Sponsor, "),
        ("una@lumen.example\tBoss", "roles: “Boss” is no role: write one or more of Sponsor, "),
        ("una@lumen.example\tTrainer", "roles: Trainer is no role of Lumen: write one or more of Sponsor, "),
        ("una@lumen.example\tReader\tTagus", "side: “Tagus” is neither side: write Lumen or Danube Care"),
        ("una@lumen.example\tReader\tdanube  care", "side: Danube Care is in already and invites its own"),
    ],
)
def test_what_cannot_be_invited_is_told_by_row_and_field(cast: Cast, row: str, said: str) -> None:
    assert said in fault(cast, f"Address\tRoles\tSide\n{row}\n")


def test_one_refused_row_leaves_everybody_uninvited(cast: Cast) -> None:
    before = Invitation.objects.count()
    with pytest.raises(PeopleRefused, match="nobody is invited: row 4, roles: “Boss” is no role") as refused:
        sent(cast, f"{TWO}Boss\tboss@lumen.example\tBoss\n")
    assert refused.value.fields[0][0] == "rows.4.roles"
    with pytest.raises(PeopleRefused, match="row 4, email: row 2 has the same address"):
        sent(cast, f"{TWO}Una again\tUNA@lumen.example\tReader\n")
    assert Invitation.objects.count() == before


def test_sheet_without_addresses_and_one_too_long_are_refused(cast: Cast) -> None:
    with pytest.raises(PeopleRefused, match="no column is called Address"):
        rows(cast, "Name\tRole\nUna\tReader\n")
    many = "\n".join(f"one{number}@lumen.example\treader" for number in range(MOST_PEOPLE + 1))
    with pytest.raises(PeopleRefused, match="101 rows: send 1 to 100 people"):
        rows(cast, many)
    with pytest.raises(TableRefused, match="no row below the first"):
        rows(cast, "Name\tAddress\n")


def test_whoever_is_here_or_invited_is_not_invited_again(cast: Cast) -> None:
    sent(cast, TWO)
    told = looked(cast, f"{TWO}Rada\tRada.Reader@lumen.example\tFinance\nNew\tnew@lumen.example\tFinance\n")
    assert [one.outcome for one in told] == ["invited", "invited", "member", "new"]
    assert told[2].why == "is of your side already, as Reader"
    assert [one.email for one in sent(cast, f"{TWO}New\tnew@lumen.example\tFinance\n")] == [
        "new@lumen.example"
    ]
    with pytest.raises(NobodyToInvite):
        sent(cast, TWO)


def test_withdrawn_and_expired_invitations_are_sent_anew(cast: Cast) -> None:
    una, vid = sent(cast, TWO)
    withdraw_invitation(cast.actor(cast.owner), una, at=AT)
    Invitation.objects.filter(pk=vid.pk).update(expires_at=AT)
    assert [one.outcome for one in looked(cast, TWO)] == ["new", "new"]


def test_account_elsewhere_and_member_of_the_other_side_look_like_anybody(cast: Cast) -> None:
    """Somebody's account, the other side's people and its invitations are told to nobody here."""
    sent(cast, "hidden@danubecare.example\tReader", by=cast.delivery)
    known = (cast.stranger, cast.delivery, cast.rival)
    addresses = [*(one.email for one in known), "hidden@danubecare.example", "nobody@nowhere.example"]
    told = looked(cast, "\n".join(f"{one}\tReader" for one in addresses))
    assert {(one.outcome, one.why) for one in told} == {("new", "")}


def test_first_people_of_the_other_side_are_invited_until_it_is_in(cast: Cast) -> None:
    alone = organisation_of(cast.stranger, "Elsewhere")
    deal = engagement_of(cast.stranger, alone, a_deal())
    pasted = "jo@danubecare.example\tDelivery manager\tDanube Care\njo2@danubecare.example\tTrainer\tprovider"
    found = rows(cast, pasted, cast.stranger, deal)
    assert [(one.side, one.faults) for one in found] == [("provider", ()), ("provider", ())]
    actor = cast.actor(cast.stranger)
    with entered(actor.reach):
        space = own_space_of(actor, deal.pk)
    made = invite_people(actor, space, rows=found, at=AT)
    assert [one.organisation for one in made] == [None, None]


def test_only_whoever_manages_people_invites_for_their_own_side(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        sent(cast, TWO, by=cast.reader)
    assert {one.organisation for one in sent(cast, "a@danubecare.example\tTrainer", by=cast.delivery)} == {
        cast.danube
    }
    url = reverse(PLACE, args=[cast.engagement.pk])
    assert signed_in(cast.reader).get(url).status_code == 403
    assert signed_in(cast.rival).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_sheet_at_once_one_invites() -> None:
    cast = make_cast()
    second = joined(cast.actor(cast.owner), cast.engagement, "client", ["sponsor"], "Helen Osei", "lumen")
    doings = [lambda who=who: sent(cast, TWO, by=who) for who in (cast.owner, second.person)]
    assert sorted(at_once(*doings)) == ["nobody-to-invite", "won"]
    assert Invitation.objects.filter(email__in=["una@lumen.example", "vid@lumen.example"]).count() == 2


def test_page_shows_what_becomes_of_each_before_any_mail_goes(cast: Cast) -> None:
    client, url = signed_in(cast.owner), reverse(PLACE, args=[cast.engagement.pk])
    assert "Process owner" in page(client.get(url))
    before = Invitation.objects.count()
    told = page(
        client.post(url, {"step": "preview", "pasted": f"{TWO}Rada\trada.reader@lumen.example\tFinance\n"})
    )
    assert "Of 3 rows 2 are new, 1 is here or invited already." in told
    assert "Send 2 invitations" in told
    refused = page(client.post(url, {"step": "preview", "pasted": f"{TWO}B\tb@lumen.example\tBoss\n"}))
    assert "“Boss” is no role" in refused
    assert "Send 2 invitations" not in refused
    assert Invitation.objects.count() == before
    assert client.post(url, {"step": "save", "pasted": f"{TWO}B\tb@lumen.example\tBoss\n"}).status_code == 422
    assert Invitation.objects.count() == before
    done = client.post(url, {"step": "save", "pasted": TWO}, follow=True)
    assert "2 invitations are on their way." in page(done)
    again = client.post(url, {"step": "save", "pasted": TWO})
    assert (again.status_code, "nobody-to-invite" in page(again)) == (409, True)
    assert mail.outbox == []  # the worker sends them


@pytest.mark.parametrize(
    ("pasted", "said"), [(" ", "paste at least one row"), ("a" * 100_001, "paste at most 100,000 characters")]
)
def test_nothing_and_too_much_are_refused(cast: Cast, pasted: str, said: str) -> None:
    answer = signed_in(cast.owner).post(reverse(PLACE, args=[cast.engagement.pk]), {"pasted": pasted})
    assert answer.status_code == 422
    assert said in page(answer)


def test_columns_that_nobody_reads_are_named(cast: Cast) -> None:
    pasted = "Name\tAddress\tRole\tPhone\nUna\tuna@lumen.example\tReader\t555\n"
    told = page(signed_in(cast.owner).post(reverse(PLACE, args=[cast.engagement.pk]), {"pasted": pasted}))
    assert "Not read: Phone." in told


def test_program_sees_first_and_then_sends(cast: Cast) -> None:
    client = signed_in(cast.owner)
    url = f"/api/journeys/engagements/{cast.engagement.pk}/invitations/several"
    people = [
        {"email": "una@lumen.example", "roles": ["finance"]},
        {"email": "rada.reader@lumen.example", "roles": ["reader"]},
    ]
    seen = client.post(url, {"people": people, "dry_run": True}, content_type="application/json")
    assert (seen.status_code, [one["outcome"] for one in seen.json()]) == (200, ["new", "member"])
    assert seen.json()[0]["invitation"] is None
    done = client.post(url, {"people": people}, content_type="application/json")
    assert done.status_code == 201
    made = Invitation.objects.get(email="una@lumen.example")
    assert [one["invitation"] for one in done.json()] == [str(made.pk), None]
    again = client.post(url, {"people": people}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "nobody-to-invite")
    wrong = client.post(url, {"people": [{"email": "x", "roles": ["boss"]}]}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "people-refused")
    assert [one["name"] for one in wrong.json()["fields"]] == ["rows.1.email", "rows.1.roles"]
    none = client.post(url, {"people": []}, content_type="application/json")
    assert none.status_code == 422


def test_questions_are_as_many_for_one_row_as_for_thirty(cast: Cast) -> None:
    client, url = signed_in(cast.owner), reverse(PLACE, args=[cast.engagement.pk])
    counts = []
    client.get(url)  # the session is begun
    for most in (1, 30):
        pasted = "\n".join(f"one{number}@lumen.example\tReader" for number in range(most))
        with CaptureQueriesContext(connection) as asked:
            client.post(url, {"step": "preview", "pasted": pasted})
        counts.append(len(asked))
    assert counts[0] == counts[1]
