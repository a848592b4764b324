"""Opening an engagement, listing those one is in, and changing what a deal says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import AT, Cast, a_deal, engagement_of, make_cast, person_named

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.models import Engagement
from handfast.engagement.queries import engagements_seen_by
from handfast.engagement.refusals import OnlyASample
from handfast.foundation.actor import Actor
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.people.actions.invitations import invite
from handfast.people.actions.organisations import found_organisation
from handfast.people.models import Membership, Organisation, Person
from handfast.people.queries import actor_for, bearer_of, internal_space_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
NEW = "/engagements/new/"
TOLD = {
    "size": "light", "side": "provider", "organisation_name": "Sava Desk", "other_name": "Lumen", "name": "Night Desk",
    "zone": "Europe/Belgrade", "other_zone": "America/Toronto", "currency": "EUR",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_person_without_an_organisation_founds_one_with_the_first_engagement(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.stranger)
    page = client.get(reverse("engagement:list")).content.decode()
    assert "No engagement yet" in page
    page = client.get(NEW).content.decode()
    assert page.index("How big is it?") < page.index('name="organisation_name"')
    answer = client.post(NEW, TOLD)
    assert answer.status_code == 302
    member = Membership.objects.get(person=cast.stranger)
    assert (member.organisation.name, member.side) == ("Sava Desk", "provider")
    assert "Night Desk" in client.get(reverse("engagement:list")).content.decode()


def test_nothing_is_founded_when_the_deal_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.stranger)
    before = Organisation.objects.count()
    for field in TOLD:
        answer = client.post(NEW, {**TOLD, field: " "})
        assert answer.status_code == 422, field
        assert "hf-field-wrong" in answer.content.decode() or field == "size"
    assert Organisation.objects.count() == before


def test_person_of_an_organisation_opens_another_engagement_for_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    assert 'name="organisation_name"' not in client.get(NEW).content.decode()
    before = Organisation.objects.count()
    assert client.post(NEW, {**TOLD, "side": "client"}).status_code == 302
    assert Organisation.objects.count() == before
    assert Membership.objects.filter(person=cast.owner, organisation=cast.lumen).count() == 3


def test_reader_opens_no_engagement(cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, TOLD).status_code == 403


def settings_of(cast: Cast) -> str:
    return reverse("engagement:settings", args=[cast.engagement.pk])


def amendment(cast: Cast, person: Person, **values: str) -> dict[str, str]:
    actor = actor_for(person)
    with entered(actor.reach):
        seen = Engagement.objects.get(pk=cast.engagement.pk).seen_as
    told = {
        "name": "Customer Support",
        "size": "standard",
        "zone": "Europe/Belgrade",
        "currency": "CAD",
        "as_seen": seen,
    }
    return told | values


def test_deal_is_amended_and_both_sides_see_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.delivery)
    told = amendment(cast, cast.delivery, name="Care", live_on="2026-05-01")
    assert client.post(settings_of(cast), told).status_code == 302
    client.force_login(cast.owner)
    page = client.get(settings_of(cast)).content.decode()
    assert 'value="Care"' in page
    assert 'value="2026-05-01"' in page


def test_stale_form_shows_both_values_and_saves_nothing_until_it_is_sent_again(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.owner)
    mine = amendment(cast, cast.owner, name="My name")
    client.post(settings_of(cast), amendment(cast, cast.owner, name="Their name"))
    answer = client.post(settings_of(cast), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("My name", "Their name", "conflict", "Keep theirs"):
        assert words in page
    again = amendment(cast, cast.owner, name="My name")
    assert f'value="{again["as_seen"]}"' in page
    assert client.post(settings_of(cast), again).status_code == 302


def test_days_out_of_order_are_refused_beside_their_field(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    told = amendment(cast, cast.owner, signed_on="2026-05-01", live_on="2026-04-01")
    answer = client.post(settings_of(cast), told)
    assert answer.status_code == 422
    assert "lies before signed" in answer.content.decode()


def test_reader_sees_the_settings_and_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    assert "those who manage the engagement change it" in client.get(settings_of(cast)).content.decode()
    assert client.post(settings_of(cast), amendment(cast, cast.reader)).status_code == 403


def test_list_costs_the_same_at_one_row_and_at_thirty(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    url = reverse("engagement:list")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(30):
        open_engagement(actor_for(cast.owner), cast.lumen, deal=a_deal(name=f"Deal {number}"), at=AT)
    with CaptureQueriesContext(connection) as many:
        assert "Deal 29" in client.get(url).content.decode()
    assert len(few) == len(many)
    actor = actor_for(cast.owner)
    with entered(actor.reach):
        assert engagements_seen_by(actor).count() == 32


def a_guest_of_a_sample(cast: Cast) -> Organisation:
    """The stranger looks at a sample, on the side of its Lumen."""
    first = person_named("Sample Owner", "sample")
    lumen = found_organisation(Actor(first.pk, None), first, name="Lumen", is_sample=True, at=AT)
    deal = engagement_of(first, lumen, replace(a_deal(name="Customer Support (sample)"), is_sample=True))
    sent = invite(
        actor_for(first), internal_space_of(lumen.pk, deal.pk), shared_space=deal.space_id,
        email=cast.stranger.email, side="client", roles=["vendor-manager"], organisation=lumen, at=AT,
    )  # fmt: skip
    accept_invitation(bearer_of(sent), sent, name="", password="!", zone="UTC", at=AT)  # noqa: S106 - a hash that nothing fits
    return lumen


def test_guest_of_a_sample_opens_a_real_engagement_for_an_organisation_of_their_own(
    cast: Cast, client: Client
) -> None:
    sample = a_guest_of_a_sample(cast)
    client.force_login(cast.stranger)
    assert 'name="organisation_name"' in client.get(NEW).content.decode()
    assert (
        client.post(NEW, {key: one for key, one in TOLD.items() if key != "organisation_name"}).status_code
        == 422
    )
    answer = client.post(NEW, TOLD, follow=True)
    assert answer.status_code == 200
    own = Membership.objects.exclude(organisation=sample).get(person=cast.stranger)
    assert (own.organisation.name, own.organisation.is_sample) == ("Sava Desk", False)
    with entered(actor_for(cast.stranger, own.organisation_id).reach):
        entries = Contents.objects.filter(space_id=own.journal_space_id)
        assert entries.exists()
        assert not entries.filter(organisation_id=sample.pk).exists()
    client.post(reverse("people:act_for", args=[sample.pk]))
    assert client.get(NEW).status_code == 403  # they have one of their own: not a second one by accident
    assert client.post("/api/engagements/", TOLD, content_type="application/json").status_code == 403


def test_real_engagement_is_never_opened_for_the_organisation_of_a_sample(cast: Cast) -> None:
    sample = a_guest_of_a_sample(cast)
    with pytest.raises(OnlyASample):
        open_engagement(actor_for(cast.stranger), sample, deal=a_deal(), at=AT)
