"""Whoever belongs nowhere can be forgotten: no table says their name or address, and every chain still verifies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from tests.architecture.verbs import everywhere
from tests.factories.cast import AT, PASSWORD, Cast, joined, make_cast, person_named

from handfast.foundation.journal import verified
from handfast.foundation.models import Space
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.people.actions.erasing import erase_person
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token, new_secret
from handfast.people.models import CompanyAccount, Feed, Membership, Person, Token
from handfast.people.queries import own_membership, secret_digest
from handfast.people.refusals import ErasureUnconfirmed, StillBelongs

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Zorana Vidaković", "zorana.vidakovic@lumen.example"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def came(cast: Cast) -> Membership:
    """Somebody with a token, a feed and an account at a company, in one engagement."""
    member = joined(cast.actor(cast.owner), cast.engagement, "client", ["process-owner"], NAME, "lumen")
    actor, secret = cast.actor(member.person), new_secret()
    with entered(actor.reach):
        mine = own_membership(actor, member.pk)
        issue_token(
            actor, mine, name="Mine", secret=secret, digest=secret_digest(secret), expires_at=AT + timedelta(days=9), at=AT
        )  # fmt: skip
        make_feed(actor, mine, digest="d" * 64, at=AT)
    CompanyAccount.objects.create(
        person=member.person, issuer="https://id.example", subject="zv", linked_at=datetime.now(UTC)
    )
    return member


def left(cast: Cast) -> Person:
    member = came(cast)
    end_membership(cast.actor(cast.owner), member, at=AT)
    return member.person


def cells_with(*words: str) -> set[str]:
    """Every table in which one of these words stands in any column, past every wall."""
    found = set()
    with entered(everywhere()), connection.cursor() as cursor, transaction.atomic():
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own table
            cells = (str(cell).casefold() for row in cursor.fetchall() for cell in row)
            if any(word.casefold() in cell for cell in cells for word in words):
                found.add(model._meta.label)
    return found


def test_no_table_says_name_or_address_and_every_chain_verifies(cast: Cast) -> None:
    person = left(cast)
    assert {"people.Person", "people.Invitation", "account.EmailAddress"} <= cells_with(NAME, ADDRESS)
    before = person.pk
    gone = erase_person(cast.actor(person), person, typed=f" {ADDRESS.upper()} ")
    assert cells_with(NAME, ADDRESS, "zv@", "https://id.example") == set()
    assert (gone.pk, gone.name) == (before, f"Former member {before.hex[:4].upper()}")
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert not Token.objects.filter(membership__person=gone).exists()
    assert not Feed.objects.filter(membership__person=gone).exists()
    with entered(everywhere()):
        chains = [verified(space) for space in Space.objects.values_list("pk", flat=True)]
    assert len(chains) > 3
    assert all(one.is_whole for one in chains)


def test_who_still_belongs_or_writes_another_address_stays(cast: Cast) -> None:
    member = came(cast)
    with pytest.raises(StillBelongs):
        erase_person(cast.actor(member.person), member.person, typed=ADDRESS)
    end_membership(cast.actor(cast.owner), member, at=AT)
    with pytest.raises(ErasureUnconfirmed):
        erase_person(cast.actor(member.person), member.person, typed="somebody@else.example")
    assert Person.objects.get(pk=member.person_id).name == NAME


def test_nobody_erases_another(cast: Cast) -> None:
    person = left(cast)
    for other in (cast.owner, cast.stranger):
        with pytest.raises(NotPermitted):
            erase_person(cast.actor(other), person, typed=ADDRESS)


def test_membership_that_begins_later_counts(cast: Cast) -> None:
    member = came(cast)
    Membership.objects.filter(pk=member.pk).update(starts_at=datetime.now(UTC) + timedelta(days=9))
    with pytest.raises(StillBelongs):
        erase_person(cast.actor(member.person), member.person, typed=ADDRESS)


def page_of(client: Client) -> str:
    return " ".join(client.get("/account/erase/").content.decode().split())


def test_page_says_what_goes_and_stays_and_the_session_is_over(cast: Cast) -> None:
    person = left(cast)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "You belong nowhere" in page_of(client)
    slip: HttpResponse = client.post("/account/erase/", {"email": "zorana@lumen.example"})
    assert slip.status_code == 422
    assert "by a slip" in slip.content.decode()
    assert client.post("/account/erase/", {"email": ADDRESS}).status_code == 302
    assert client.get("/account/").status_code == 302
    assert not Client().login(username=ADDRESS, password=PASSWORD)


def test_page_of_somebody_who_belongs_has_no_button(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "You still belong to 1 engagement" in page_of(client)
    assert "Erase me" not in page_of(client)
    refused = client.post("/account/erase/", {"email": cast.reader.email})
    assert refused.status_code == 409
    assert Person.objects.get(pk=cast.reader.pk).is_active


def test_api_erases_by_a_session_alone(cast: Cast) -> None:
    person = person_named(NAME)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    by_token = {"Authorization": "Bearer hf_whatever"}
    told = client.post(
        "/api/me/erasure", {"email": person.email}, content_type="application/json", headers=by_token
    )
    assert told.status_code in (401, 403)
    wrong = client.post("/api/me/erasure", {"email": "x"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "erasure-unconfirmed")
    done = client.post("/api/me/erasure", {"email": person.email}, content_type="application/json")
    assert done.status_code == 204
    assert cells_with(NAME) == set()
