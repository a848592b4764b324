"""The register of people: both sides see it, each changes its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import (
    AT,
    Cast,
    a_deal,
    engagement_of,
    joined,
    make_cast,
    organisation_of,
    person_named,
)

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.queries import engagement_seen_by
from handfast.engagement.refusals import SideTaken
from handfast.foundation.scope import entered
from handfast.people.actions.invitations import invite
from handfast.people.actions.organisations import choose_words
from handfast.people.models import Invitation, Membership, Person
from handfast.people.queries import actor_for, bearer_of, internal_space_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def address(name: str, cast: Cast, *more: object) -> str:
    return reverse(f"engagement:{name}", args=[cast.engagement.pk, *more])


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def test_both_sides_are_seen_by_name_and_role(cast: Cast, client: Client) -> None:
    client.force_login(cast.delivery)
    page = client.get(address("people", cast)).content.decode()
    for words in ("Priya Raman", "Jovana Petrović", "Delivery manager", "Lumen", "Danube Care"):
        assert words in page
    assert "Ines Duarte" not in page
    page = client.get(address("people", cast) + "?side=client").content.decode()
    assert "Rada Reader" in page


def test_invitations_of_a_side_are_not_seen_by_the_other(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    told = {"email": "helen.osei@lumen.example", "roles": ["sponsor"]}
    assert client.post(address("invite", cast), told).status_code == 302
    assert "helen.osei" in client.get(address("people", cast)).content.decode()
    for other in (cast.delivery, cast.reader):
        client.force_login(other)
        assert "helen.osei" not in client.get(address("people", cast)).content.decode()
    found = Invitation.objects.get(email="helen.osei@lumen.example")
    client.force_login(cast.delivery)
    assert client.post(address("withdraw", cast, found.pk)).status_code == 404
    client.force_login(cast.owner)
    assert client.post(address("withdraw", cast, found.pk)).status_code == 302
    assert client.post(address("withdraw", cast, found.pk)).status_code == 404


def test_invitation_without_a_role_or_with_a_wrong_address_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    for told in ({"email": "x@lumen.example"}, {"email": "not an address", "roles": ["sponsor"]}):
        answer = client.post(address("invite", cast), told)
        assert answer.status_code == 422
        assert "hf-field-wrong" in answer.content.decode()


def test_roles_are_changed_and_ended_by_the_own_side_only(cast: Cast, client: Client) -> None:
    reader = member(cast, cast.reader)
    for other in (cast.delivery, cast.reader):
        client.force_login(other)
        assert client.post(address("person", cast, reader.pk), {"roles": ["sponsor"]}).status_code == 403
        assert client.post(address("end", cast, reader.pk)).status_code == 403
    for outsider in (cast.rival, cast.stranger):
        client.force_login(outsider)
        assert client.post(address("end", cast, reader.pk)).status_code == 404
        assert client.get(address("person", cast, reader.pk)).status_code == 404
    client.force_login(cast.owner)
    assert client.get(address("person", cast, reader.pk)).status_code == 200
    seen = {"as_seen": reader.seen_as}
    assert client.post(address("person", cast, reader.pk), {"roles": ["finance"]} | seen).status_code == 302
    assert member(cast, cast.reader).roles == ["finance"]
    again = client.post(address("person", cast, reader.pk), {"roles": ["process-owner"]} | seen)
    assert (again.status_code, "conflict" in again.content.decode()) == (409, True)
    assert member(cast, cast.reader).roles == ["finance"]
    assert (
        client.post(address("person", cast, reader.pk), {"roles": [], "as_seen": "finance"}).status_code
        == 422
    )
    assert client.post(address("end", cast, reader.pk)).status_code == 302
    assert (
        "Rada Reader"
        not in client.get(address("people", cast), follow=False).content.decode().split("<table")[1]
    )


def test_last_one_who_manages_people_cannot_leave(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    answer = client.post(address("end", cast, member(cast, cast.owner).pk))
    assert answer.status_code == 409
    assert "last-manager" in answer.content.decode()


def test_side_alone_invites_the_first_of_the_other_and_then_no_more(client: Client) -> None:
    priya = person_named("Priya Raman")
    engagement = engagement_of(priya, organisation_of(priya, "Lumen"), a_deal())
    client.force_login(priya)
    url = reverse("engagement:invite", args=[engagement.pk]) + "?side=other"
    assert "Invite Danube Care" in client.get(url).content.decode()
    told = {"email": "milica.ilic@danubecare.example", "roles": ["account-executive"]}
    assert client.post(url, told).status_code == 302
    sent = Invitation.objects.get()
    assert (sent.side, sent.organisation) == ("provider", None)
    joined(actor_for(priya), engagement, "provider", ["delivery-manager"], "Jovana P", "danubecare")
    assert "Invite a colleague" in client.get(url).content.decode()


def test_nobody_lets_people_into_the_organisation_of_the_other_side(cast: Cast) -> None:
    owner = actor_for(cast.owner)
    choose_words(owner, cast.lumen, client_word="client", provider_word="supplier", at=AT)
    with entered(owner.reach):
        deal = engagement_seen_by(owner, cast.engagement.pk)
        with pytest.raises(SideTaken, match="the supplier's side is in already"):
            invite_to_side(
                owner, deal, email="x@y.example", side="provider", roles=["trainer"], at=datetime.now(UTC)
            )
    sent = invite(
        owner, internal_space_of(cast.lumen.pk, cast.engagement.pk), shared_space=cast.engagement.space_id,
        email="x@y.example", side="provider", roles=["trainer"], organisation=None, at=AT,
    )  # fmt: skip
    with pytest.raises(SideTaken):
        accept_invitation(bearer_of(sent), sent, name="X", password=make_password("x"), zone="UTC", at=AT)
    assert not Person.objects.filter(email="x@y.example").exists()


def test_list_costs_the_same_at_one_row_and_at_thirty(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    url = address("people", cast)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(30):
        joined(actor_for(cast.owner), cast.engagement, "client", ["reader"], f"Reader {number}", "lumen")
    with CaptureQueriesContext(connection) as many:
        assert "Reader 29" in client.get(url).content.decode()
    assert len(few) == len(many)


def test_register_is_exported_as_csv_and_xlsx(cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    answer = client.get(address("people_export", cast, "csv"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming answer
    assert text.count("\r\n") == 4
    assert "Jovana Petrović,Danube Care,provider,Delivery manager," in text
    sheet = client.get(address("people_export", cast, "xlsx"))
    assert b"".join(sheet).startswith(b"PK")
    assert client.get(address("people_export", cast, "pdf")).status_code == 404
    client.force_login(cast.rival)
    assert client.get(address("people_export", cast, "csv")).status_code == 404
