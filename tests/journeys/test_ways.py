"""Whatever a page names as a way leads somewhere: stages, what both keep, the palette, what needs me."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.contract.deal import CHANGED
from tests.factories.cast import AT, make_cast
from tests.journeys.small import small_sample
from tests.operate.month import a_month

from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.journeys.web.jumping import PAGES
from handfast.journeys.web.needing import need_words
from handfast.operate.actions import dispute_line, propose_adjustment
from handfast.people.actions.invitations import invite
from handfast.people.models import Person
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from uuid import UUID

    from tests.operate.month import Month

    from handfast.operate.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OK = 200
LINKS = re.compile(r'href="(/(?!static/)[^"#]*)')
ENGAGEMENTS = ("light", "standard", "empty")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def made(kind: str) -> tuple[UUID, Person, Person]:
    """An engagement with a person of either side: one that nothing has come into yet, or a sample of this size."""
    if kind == "empty":
        cast = make_cast()
        return cast.engagement.pk, cast.owner, cast.delivery
    engagement = load_sample(replace(small_sample(), size=kind), Loading())
    return engagement, Person.objects.get(name="Priya Raman"), Person.objects.get(name="Jovana Petrović")


def walked(client: Client, urls: set[str]) -> dict[str, int]:
    """Where each of them ends up, by its address."""
    return {url: client.get(url, follow=True).status_code for url in sorted(urls)}


@pytest.mark.parametrize("kind", ENGAGEMENTS)
def test_every_way_of_rail_overview_home_and_palette_leads_to_a_page(kind: str) -> None:
    engagement, *sides = made(kind)
    for person in sides:
        client = signed_in(person)
        overview = client.get(reverse("journeys:overview", args=[engagement])).content.decode()
        pages = [overview, client.get(reverse("journeys:home")).content.decode()]
        pages += [client.get(reverse("journeys:palette"), {"q": name}).content.decode() for name, *_ in PAGES]
        found = {url for page in pages for url in LINKS.findall(page)} - {"/"}
        assert set(walked(client, found).values()) == {OK}
        assert len(found) > len(PAGES)


@pytest.mark.parametrize("kind", ENGAGEMENTS)
def test_terms_are_found_from_the_rail_and_by_the_palette(kind: str) -> None:
    engagement, *sides = made(kind)
    terms = reverse("contract:agreements", args=[engagement])
    for person in sides:
        client = signed_in(person)
        rail = client.get(reverse("journeys:overview", args=[engagement])).content.decode()
        assert f'href="{terms}"' in rail
        assert f'href="{terms}"' in client.get(reverse("journeys:palette"), {"q": "terms"}).content.decode()


def needy() -> tuple[Month, Statement]:
    """A month in which every kind of thing but a dispute waits for the client."""
    month = a_month()
    cast, bargain = month.bargain.cast, month.bargain
    said = {"kind": "record excluded", "type": "duplicate", "records": ["L-1"], "reason": "twice"}
    propose_adjustment(month.provider, bargain.agreement, side="provider", said=said, at=AT)
    issued = month.issued()
    month.send_text([("Ticket", "At"), ("L-9", "never")])
    space = internal_space_of(cast.lumen.pk, cast.engagement.pk)
    invite(
        month.client, space, shared_space=cast.engagement.space_id, email="nora@lumen.example", side="client",
        roles=["reader"], organisation=cast.lumen, at=AT,
    )  # fmt: skip
    bargain.proposed(month.provider, CHANGED)
    return month, issued


def needs_walked(month: Month, person: Person) -> dict[str, int]:
    """Where what waits for the person ends up, by its kind."""
    actor = month.bargain.cast.actor(person)
    with entered(actor.reach):
        needs = needs_of(actor, at=AT)
    client, deal = signed_in(person), month.bargain.cast.engagement
    return {one.kind: client.get(need_words(one, deal)[3], follow=True).status_code for one in needs}


def test_every_need_has_an_address_that_answers() -> None:
    month, issued = needy()
    cast = month.bargain.cast
    waiting = ("statement", "adjustment", "terms", "upload", "invitation")
    assert needs_walked(month, cast.owner) == dict.fromkeys(waiting, OK)
    dispute_line(month.client, issued, level="first_response", reason="No", at=AT)
    assert needs_walked(month, cast.delivery) == {"dispute": OK}
