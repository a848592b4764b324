"""The pages of the plan, as client, provider, reader and rival meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import make_cast

from handfast.foundation.scope import entered
from handfast.transition.models import Plan, ProposedChange

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def address(programme: Programme, name: str, *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def test_an_engagement_without_a_plan_offers_to_make_one(client: Client) -> None:
    cast = make_cast()
    here = reverse("transition:plan", args=[cast.engagement.pk])
    page = signed_in(client, cast.owner).get(here)
    assert b"Make the plan" in page.content
    given = {
        "size": "light", "starts_on": "2026-05-04", "client_hours": "09:00-17:00", "client_country": "CA",
        "provider_hours": "08:00-16:00", "provider_country": "RS",
    }  # fmt: skip
    made = client.post(reverse("transition:make", args=[cast.engagement.pk]), given)
    assert made.status_code == 302
    page = client.get(here)
    assert b"activities drive it" in page.content
    with entered(cast.actor(cast.owner).reach):
        assert Plan.objects.get().calendars["provider"]["hours"] == {"mon-fri": ["08:00-16:00"]}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("client_country", "QQ", "is not known"),
        ("client_hours", "25:00-26:00", "names a time"),
        ("size", "huge", "valid choice"),
    ],
)
def test_a_plan_that_cannot_be_made_is_told_beside_its_field(
    client: Client, field: str, value: str, said: str
) -> None:
    cast = make_cast()
    given = {
        "size": "light", "starts_on": "2026-05-04", "client_hours": "09:00-17:00", "client_country": "CA",
        "provider_hours": "08:00-16:00", "provider_country": "RS", field: value,
    }  # fmt: skip
    page = signed_in(client, cast.owner).post(reverse("transition:make", args=[cast.engagement.pk]), given)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_an_activity_says_why(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        tasks = programme.activity("prepare.tasks")
    page = signed_in(client, programme.cast.reader).get(address(programme, "activity", tasks.pk))
    assert "Waits until “Write one page" in page.content.decode()


def test_a_change_that_moves_others_is_proposed_and_accepted_by_the_other_side(
    client: Client, programme: Programme
) -> None:
    with entered(programme.client.reach):
        tasks, before = programme.activity("prepare.tasks"), programme.dates("golive.ready").ends_at
    given = {"name": tasks.name, "lead": "client", "low": "5d", "likely": "9d", "high": "9d", "as_seen": "1"}
    signed_in(client, programme.cast.owner)
    refused = client.post(address(programme, "change", tasks.pk), given)
    assert refused.status_code == 422
    assert "say why" in refused.content.decode()
    done = client.post(address(programme, "change", tasks.pk), {**given, "reason": "Access came late."})
    assert done.status_code == 302
    with entered(programme.client.reach):
        change = ProposedChange.objects.get()
    signed_in(client, programme.cast.delivery)
    assert "Access came late." in client.get(address(programme, "changes")).content.decode()
    assert client.post(address(programme, "answer_change", change.pk, "accept")).status_code == 302
    with entered(programme.provider.reach):
        assert programme.dates("golive.ready").ends_at > before


def test_a_stale_form_changes_nothing(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        tone = programme.activity("write.tone")
        programme.change(programme.client, "write.tone", name="Tone of voice")
    given = {"name": "Mine", "lead": "client", "low": "1d", "likely": "1d", "high": "2d", "as_seen": "1"}
    page = signed_in(client, programme.cast.owner).post(address(programme, "change", tone.pk), given)
    assert page.status_code == 409
    said = page.content.decode()
    assert f"{programme.cast.owner.name} changed “Tone of voice” after you opened it" in said
    assert "<td>Mine</td><td>Tone of voice</td>" in said
    again = client.post(address(programme, "effect", tone.pk), given | {"as_seen": "2"})
    assert 'name="name" value="Mine"' in again.content.decode()
    with entered(programme.client.reach):
        assert programme.activity("write.tone").name == "Tone of voice"


def test_a_stale_report_shows_both_and_is_reported_anew(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        tone = programme.activity("write.tone")
        programme.change(programme.client, "write.tone", name="Tone of voice")
    here = address(programme, "progress", tone.pk)
    given = {"started_on": "2026-05-04", "as_seen": "1"}
    page = signed_in(client, programme.cast.owner).post(here, given)
    assert page.status_code == 409
    assert "<td>Mon 4 May 2026</td><td>none</td>" in page.content.decode()
    assert client.post(here, given | {"as_seen": "2"}).status_code == 302
    with entered(programme.client.reach):
        assert programme.activity("write.tone").started_on is not None


def test_what_has_not_happened_is_not_reported(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        goal = programme.activity("prepare.goal")
    page = signed_in(client, programme.cast.owner).post(
        address(programme, "progress", goal.pk), {"started_on": "2030-01-01", "as_seen": "1"}
    )
    assert page.status_code == 422


def test_the_rival_finds_no_plan(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        goal = programme.activity("prepare.goal")
    signed_in(client, programme.cast.rival)
    assert client.get(address(programme, "plan")).status_code == 404
    assert client.get(address(programme, "activity", goal.pk)).status_code == 404
