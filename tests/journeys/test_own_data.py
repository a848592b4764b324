"""What is held of a person is found by machine, is all there is, and is told to them alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from tests.architecture.deals import make_deals
from tests.architecture.verbs import everywhere
from tests.records.deal import AT, Deal, deal

from handfast.evidence.models import Comment
from handfast.foundation.models import Space
from handfast.foundation.scope import entered
from handfast.journeys.queries.own_data import SECRETS, naming_columns, own_data
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token, new_secret
from handfast.people.models import Invitation, Membership, Person
from handfast.people.queries import own_membership, secret_digest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

PATH = "/account/data/"
NOW = datetime.now(UTC)  # by which a token is still in force
# Tables in which a person's id or address can stand, and which are not asked by their columns, each with its reason.
TEXT_ONLY = {
    "foundation.Contents": "the payload of one's own deeds is the journal's page; the deed itself is told by its columns",
    "foundation.Outgoing": "keys of work that waits, made of ids",
    "django_session": "the signed content of a session, told as the session itself",
}


@pytest.fixture
def bargain(db: None, tmp_path: Path, settings: SettingsWrapper) -> Deal:
    settings.HANDFAST_HOME, settings.HANDFAST_RECORDS = tmp_path, tmp_path / "records"
    made = deal()
    made.imported(made.source())
    return made


def told(person: Person) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    answer = client.get("/account/data.json")
    assert answer["Content-Type"] == "application/json"
    assert "attachment" in answer["Content-Disposition"]
    found: dict[str, Any] = json.loads(answer.content)
    return found


def tables_with(*words: str) -> set[str]:
    """Every table in which one of these words stands, in any column, past every wall."""
    found = set()
    with entered(everywhere()), connection.cursor() as cursor, transaction.atomic():
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own table
            cells = (str(cell).replace("-", "") for row in cursor.fetchall() for cell in row)
            if any(word in cell for cell in cells for word in words):
                found.add(model._meta.label)
    return found


def test_every_table_that_carries_a_person_is_in_the_file(bargain: Deal) -> None:
    """By a walk that knows nothing of the columns: ids and address are looked for in every cell of every table."""
    person = bargain.cast.owner
    member = Membership.objects.get(person=person, engagement_id=bargain.engagement.pk)
    secret = new_secret()
    with entered(bargain.importer.reach):
        mine = own_membership(bargain.importer, member.pk)
        issue_token(
            bargain.importer, mine, name="Mine", secret=secret, digest=secret_digest(secret), expires_at=NOW + timedelta(days=9), at=NOW
        )  # fmt: skip
        make_feed(bargain.importer, mine, digest="d" * 64, at=AT)
    held = {one["table"] for one in told(person)["held"]}
    carried = tables_with(person.pk.hex, member.pk.hex, person.email)
    assert {"people.Person", "people.Token", "people.Feed", "records.Upload", "account.EmailAddress"} <= held
    assert carried - held <= TEXT_ONLY.keys() | {"sessions.Session"}


def test_walk_over_a_whole_deal_finds_no_table_that_the_file_lacks(
    db: None, tmp_path: Path, settings: SettingsWrapper
) -> None:
    """In deals that have a row of every model: one that names a person in a way of its own fails here."""
    settings.HANDFAST_HOME, settings.HANDFAST_RECORDS = tmp_path, tmp_path / "records"
    people = make_deals()["ours"].people
    lacking = {}
    for role, person in people.items():
        ids = [one.hex for one in Membership.objects.filter(person=person).values_list("pk", flat=True)]
        held = {one["table"] for one in told(person)["held"]}
        lacking[role] = tables_with(person.pk.hex, person.email, *ids) - held - TEXT_ONLY.keys()
    assert not any(lacking.values()), lacking


def test_column_that_can_carry_a_person_is_asked_in_every_table() -> None:
    """A new table joins by having the column: there is no list that somebody forgets."""
    missed = []
    for model in apps.get_models():
        asked = {one.name for one in naming_columns(model)}
        for one in model._meta.concrete_fields:
            is_id = isinstance(one, models.UUIDField) and not one.primary_key
            is_person = isinstance(one, models.ForeignKey) and one.related_model in {Person, Membership}
            if (
                is_id or is_person or isinstance(one, models.EmailField | models.JSONField)
            ) and one.name not in asked:
                missed.append(f"{model._meta.label}.{one.name}")
    assert missed == []
    assert "journeys.Notice" in {one._meta.label for one in apps.get_models() if list(naming_columns(one))}


def test_what_is_only_acted_on_is_told_without_what_it_holds(bargain: Deal) -> None:
    uploads = next(one for one in told(bargain.cast.owner)["held"] if one["table"] == "records.Upload")
    assert uploads["count"] == 1
    assert set(uploads["rows"][0]) == {"id", "named_in", "received_at", "reading_at", "ended_at"}
    assert uploads["rows"][0]["named_in"] == ["uploaded_by_id"]


def test_words_of_ones_own_are_told(bargain: Deal) -> None:
    with entered(bargain.importer.reach):
        Comment.objects.create(
            space=Space.objects.get(pk=bargain.engagement.space_id), engagement=bargain.engagement, about_kind="entry",
            about_id=bargain.engagement.pk, text="My own words", written_at=AT, written_by_id=bargain.cast.owner.pk,
        )  # fmt: skip
    assert "My own words" in json.dumps(told(bargain.cast.owner))
    assert "My own words" not in json.dumps(told(bargain.cast.delivery))


def test_nobody_else_is_told_and_no_secret(bargain: Deal) -> None:
    found = json.dumps(told(bargain.cast.owner))
    for other in (bargain.cast.delivery, bargain.cast.rival):
        assert other.email not in found
        assert other.name not in found
    assert bargain.cast.owner.password not in found
    assert not [one for one in SECRETS if f'"{one}":' in found]


def test_page_counts_what_the_file_has(bargain: Deal) -> None:
    client = Client()
    client.force_login(bargain.cast.owner)
    said = client.get(PATH).content.decode()
    assert "records.Upload" in said
    assert "carry your id or your address" in said
    assert PATH in client.get("/account/").content.decode()


def test_program_asks_by_a_session_and_never_by_a_token(bargain: Deal) -> None:
    client = Client()
    client.force_login(bargain.cast.owner)
    assert client.get("/api/journeys/me/data").json()["person"]["email"] == bargain.cast.owner.email
    secret = new_secret()
    with entered(bargain.importer.reach):
        mine = own_membership(
            bargain.importer,
            Membership.objects.get(person=bargain.cast.owner, engagement_id=bargain.engagement.pk).pk,
        )
        token = issue_token(
            bargain.importer, mine, name="Mine", secret=secret, digest=secret_digest(secret),
            expires_at=NOW + timedelta(days=9), at=NOW,
        )  # fmt: skip
    assert token.revoked_at is None
    for path in ("/api/journeys/me/data", PATH, "/account/data.json"):
        assert Client().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code == 403


def test_invitation_of_others_is_told_without_where_it_came_from(bargain: Deal) -> None:
    Invitation.objects.create(
        journal_space_id=uuid4(), shared_space_id=uuid4(), inviting_organisation_id=uuid4(), engagement_id=uuid4(),
        email=bargain.cast.stranger.email.upper(), side="client", digest="f" * 64, invited_at=AT, expires_at=AT,
    )  # fmt: skip
    (row,) = next(one for one in told(bargain.cast.stranger)["held"] if one["table"] == "people.Invitation")[
        "rows"
    ]
    assert set(row) == {
        "named_in",
        "starts_at",
        "ends_at",
        "invited_at",
        "expires_at",
        "used_at",
        "withdrawn_at",
    }


def test_where_somebody_belongs_no_more_is_told_without_what_it_is_called(bargain: Deal) -> None:
    reader = bargain.cast.reader
    member = reader.memberships.get()
    end_membership(bargain.importer, member, at=AT)
    file = told(reader)
    (row,) = next(one for one in file["held"] if one["table"] == "people.Membership")["rows"]
    assert (row["side"], row["roles"]) == ("client", ["reader"])
    gone = (member.pk, member.engagement_id, member.organisation_id, bargain.engagement.space_id)
    assert [str(one) for one in gone if str(one) in json.dumps(file)] == []


@pytest.mark.usefixtures("bargain")
def test_stranger_who_belongs_nowhere_is_told_of_themselves(bargain: Deal) -> None:
    assert told(bargain.cast.stranger)["person"]["name"] == bargain.cast.stranger.name


def test_thirty_rows_cost_no_more_questions_than_one(
    bargain: Deal, django_assert_max_num_queries: Any
) -> None:
    with entered(bargain.importer.reach):
        before = len(own_data(bargain.importer, at=AT).held)
        asked = len([one for one in apps.get_models() if list(naming_columns(one))])
        for place in range(30):
            Comment.objects.create(
                space_id=bargain.engagement.space_id, engagement=bargain.engagement, about_kind="entry",
                about_id=bargain.engagement.pk, text=f"Word {place}", written_at=AT, written_by_id=bargain.cast.owner.pk,
            )  # fmt: skip
        with django_assert_max_num_queries(asked + 2):
            assert len(own_data(bargain.importer, at=AT).held) == before + 1
