"""A channel of one side hears what its people hear, signed and at least once, and nothing of what is not for it."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.talks import commented
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import written
from tests.records.deal import work

from handfast.foundation.models import Outgoing
from handfast.foundation.outward import AddressClosed, NotReached
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.journeys import channelling
from handfast.journeys.actions import add_channel, stop_channel, try_channel
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.queries.channels import MOST_CHANNELS, ChannelSaid, channel_seen_by, channels_seen_by
from handfast.journeys.refusals import ChannelRefused, ChannelStopped
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
KEY = "hf_" + "k" * 43
ADDRESS = "https://hooks.example/services/T0/B0/secret"
MENTIONED = "evidence.mentioned"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any], dict[str, str], bytes]]:
    """What goes out, instead of going out; `answers` below say what comes back."""
    heard: list[tuple[str, dict[str, Any], dict[str, str], bytes]] = []

    def posted(address: str, body: bytes, headers: Mapping[str, str]) -> int:
        heard.append((address, json.loads(body), dict(headers), body))
        return 204

    monkeypatch.setattr(channelling, "post_outside", posted)
    return heard


def said(**given: Any) -> ChannelSaid:
    told = {
        "name": "Desk chat",
        "form": "signed",
        "address": ADDRESS,
        "kinds": (MENTIONED,),
        "is_own_told": False,
    }
    return ChannelSaid(**(told | given))


def added(cast: Cast, person: Person, **given: Any) -> Channel:
    actor = cast.actor(person)
    with entered(actor.reach):
        space = own_space_of(actor, cast.engagement.pk)
    return add_channel(actor, space, said=said(**given), key=KEY, at=AT)


def mentioned(cast: Cast, *, by: Person | None = None, name: str = "Jovana Petrović", **given: Any) -> None:
    writer = by or cast.owner
    commented(cast, writer, written(cast, writer), f"Line 3 drops, @{name}", **given)
    work(AT)


def log(cast: Cast, person: Person) -> list[Delivery]:
    with entered(cast.actor(person).reach):
        return list(Delivery.objects.order_by("made_at"))


def test_channel_hears_what_its_side_hears_signed_and_without_a_word_of_anybody(
    cast: Cast, sent: list[Any]
) -> None:
    added(cast, cast.delivery)
    added(cast, cast.owner)
    mentioned(cast)
    ((address, told, headers, body),) = sent
    assert address == ADDRESS
    assert (told["kind"], told["said"], told["engagement"]) == (
        MENTIONED,
        "A comment mentions you",
        str(cast.engagement.pk),
    )
    assert not any(
        word in body.decode() for word in ("Line 3", "Priya", "Jovana", "Headsets", "Lumen", "Customer")
    )
    stamp, _, mark = headers["Handfast-Signature"].partition(",v1=")
    assert (
        hmac.new(KEY.encode(), stamp.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
        == mark
    )
    (delivery,) = log(cast, cast.delivery)
    assert (headers["Handfast-Delivery"], delivery.status, delivery.done_at) == (str(delivery.pk), 204, AT)
    assert log(cast, cast.owner) == []


def test_chat_hears_one_line(cast: Cast, sent: list[Any]) -> None:
    added(cast, cast.delivery, form="chat")
    mentioned(cast)
    assert list(sent[0][1]) == ["text"]
    assert sent[0][1]["text"].startswith("A comment mentions you: http")
    assert "Handfast-Signature" not in sent[0][2]


def test_what_one_side_says_among_itself_goes_only_where_it_was_chosen(cast: Cast, sent: list[Any]) -> None:
    added(cast, cast.owner, name="Shared things")
    added(cast, cast.owner, name="All", is_own_told=True, address="https://hooks.example/all")
    mentioned(cast, name="Rada Reader", audience="own")
    assert [one[0] for one in sent] == ["https://hooks.example/all"]


def test_other_kinds_are_not_told(cast: Cast, sent: list[Any]) -> None:
    added(cast, cast.delivery, kinds=("operate.statement_issued",))
    mentioned(cast)
    assert sent == []


def test_delivery_that_fails_is_sent_again_with_the_same_id_and_at_last_given_up(
    cast: Cast, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []

    def refused(address: str, body: bytes, headers: Mapping[str, str]) -> int:
        ids.append(headers["Handfast-Delivery"])
        if len(ids) % 3 == 0:
            raise NotReached("it did not answer")
        if len(ids) % 3 == 1:
            raise AddressClosed("it leads into a network that nothing is sent to")
        return 302

    monkeypatch.setattr(channelling, "post_outside", refused)
    added(cast, cast.delivery)
    mentioned(cast)
    for hour in range(1, 200):
        work(AT + timedelta(hours=hour))
    (delivery,) = log(cast, cast.delivery)
    assert (len(set(ids)), len(ids), delivery.attempts) == (1, channelling.UNTIL_GIVEN_UP.attempts, len(ids))
    assert delivery.given_up_at is not None
    assert (delivery.done_at, delivery.fault in ("not-reached", "address-closed", "answered-no")) == (
        None,
        True,
    )
    assert not Outgoing.objects.filter(said__contains="hooks").exists()


def test_worker_that_is_killed_after_sending_sends_the_same_again(cast: Cast, sent: list[Any]) -> None:
    added(cast, cast.delivery)
    mentioned(cast)
    with entered(cast.actor(cast.delivery).reach):
        Delivery.objects.update(done_at=None)
    Outgoing.objects.filter(kind="journeys.deliver").update(done_at=None, leased_until=None)
    Outgoing.objects.filter(kind__startswith="journeys.channels").update(done_at=None, leased_until=None)
    work(AT)
    assert [one[2]["Handfast-Delivery"] for one in sent] == [sent[0][2]["Handfast-Delivery"]] * 2


def test_channel_that_is_stopped_is_told_nothing_and_its_address_is_forgotten(
    cast: Cast, sent: list[Any]
) -> None:
    channel = added(cast, cast.delivery)
    mentioned_later = try_channel(cast.actor(cast.delivery), channel, at=AT)
    stopped = stop_channel(cast.actor(cast.delivery), channel, at=AT)
    assert stopped.sealed == ""
    work(AT)
    mentioned(cast)
    assert sent == []
    for verb in (stop_channel, try_channel):
        with pytest.raises(ChannelStopped):
            verb(cast.actor(cast.delivery), channel, at=AT)
    assert mentioned_later.done_at is None


def test_test_is_sent_and_its_outcome_stands_on_the_page_without_the_address(
    cast: Cast, sent: list[Any]
) -> None:
    channel = added(cast, cast.delivery)
    client = signed_in(cast.delivery)
    where = reverse("journeys:channels", args=[cast.engagement.pk])
    assert (
        client.post(reverse("journeys:try_channel", args=[cast.engagement.pk, channel.pk])).status_code == 302
    )
    from django.utils import timezone  # noqa: PLC0415 - the page's clock, for this case alone

    work(timezone.now())
    assert sent[-1][1]["kind"] == "test"
    page = client.get(where).content.decode()
    assert "delivered" in page
    assert "204" in page
    assert "hooks.example" not in page
    assert KEY not in page


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_address_is_kept_sealed(cast: Cast) -> None:
    channel = added(cast, cast.delivery)
    assert "hooks" not in str(vars(channel))
    assert KEY not in str(vars(channel))


def test_channel_of_one_side_is_unknown_to_the_other(cast: Cast) -> None:
    channel = added(cast, cast.delivery)
    for person in (cast.owner, cast.rival):
        actor = cast.actor(person)
        with entered(actor.reach):
            assert not channels_seen_by(actor, cast.engagement.pk).exists()
            with pytest.raises(NotSeen):
                channel_seen_by(actor, channel.pk)
    page = signed_in(cast.owner).post(reverse("journeys:stop_channel", args=[cast.engagement.pk, channel.pk]))
    assert page.status_code == 404


def test_channel_is_added_by_who_manages_the_engagement_alone(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        added(cast, cast.reader)
    assert (
        signed_in(cast.reader).post(reverse("journeys:channels", args=[cast.engagement.pk]), {}).status_code
        == 403
    )


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""}, {"name": "a\nb"}, {"form": "fax"}, {"address": "http://hooks.example"}, {"address": "https://hooks.example:25/"},
        {"kinds": ()}, {"kinds": ("no.such",)}, {"kinds": ("outbox.given_up",)}, {"address": "https://u:p@hooks.example/"},
    ],
)  # fmt: skip
def test_channel_that_cannot_be_told_is_refused_by_its_field(cast: Cast, given: dict[str, Any]) -> None:
    with pytest.raises(ChannelRefused) as refused:
        added(cast, cast.delivery, **given)
    assert [name for name, _ in refused.value.fields] == list(given)


def test_more_channels_than_are_useful_are_refused(cast: Cast) -> None:
    for _ in range(MOST_CHANNELS):
        added(cast, cast.delivery)
    with pytest.raises(ChannelRefused):
        added(cast, cast.delivery)


def test_key_is_shown_once_to_who_adds_a_program(cast: Cast) -> None:
    client, where = signed_in(cast.delivery), reverse("journeys:channels", args=[cast.engagement.pk])
    told = {"name": "Desk", "form": "signed", "address": ADDRESS, "kinds": [MENTIONED]}
    answer = client.post(where, told)
    assert answer["Cache-Control"] == "no-store"
    assert "hf_" in answer.content.decode()
    assert "hf_" not in client.get(where).content.decode()
    assert client.post(where, told | {"form": "chat"}).status_code == 302
    wrong = client.post(where, told | {"address": "http://127.0.0.1/"})
    assert wrong.status_code == 422
    assert "https://" in wrong.content.decode()


def asked(cast: Cast) -> int:
    client = signed_in(cast.delivery)
    client.get(reverse("journeys:channels", args=[cast.engagement.pk]))
    with CaptureQueriesContext(connection) as told:
        client.get(reverse("journeys:channels", args=[cast.engagement.pk]))
    return len(told)


def test_page_costs_the_same_with_one_channel_and_with_many(cast: Cast, sent: list[Any]) -> None:
    added(cast, cast.delivery)
    mentioned(cast)
    one = asked(cast)
    for _ in range(MOST_CHANNELS - 1):
        added(cast, cast.delivery)
    mentioned(cast)
    assert asked(cast) == one
