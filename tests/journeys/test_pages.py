"""Home, overview, journal and notices show everybody their own, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import Cast, make_cast
from tests.journeys.small import small_sample

from handfast.contract.models import Agreement, TermsVersion
from handfast.foundation.models import Contents, Entry, Space
from handfast.foundation.scope import Reach, entered
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.people.models import Membership, Person
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
OK, FOUND, UNSEEN, REFUSED = 200, 302, 404, 403


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def seen_by(person: Person, route: str, *given: object) -> HttpResponse:
    return signed_in(person).get(reverse(route, args=given))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def sample(cast: Cast) -> UUID:
    """The sample beside the cast: its persons have addresses of their own, as a guest's copies have."""
    from handfast.journeys.sampling.loading import Guest  # noqa: PLC0415 - beside its only use

    return load_sample(small_sample("Quiet Desk"), Loading(guest=Guest(cast.stranger.pk, "copy")))


def copied(name: str) -> Person:
    return Person.objects.get(name=name, email__contains="+copy@")


def test_home_shows_each_side_what_waits_for_it(sample: UUID) -> None:
    client, provider = (
        text_of(seen_by(copied(name), "journeys:home")) for name in ("Priya Raman", "Jovana Petrović")
    )
    assert "Answer the dispute of March 2026" in provider
    assert "Answer the dispute" not in client
    assert "Quiet Desk" in client


@pytest.mark.parametrize("who", ["owner", "rival", "reader"])
def test_home_shows_nothing_of_an_engagement_one_is_not_in(cast: Cast, sample: UUID, who: str) -> None:
    page = seen_by(getattr(cast, who), "journeys:home")
    assert page.status_code == OK
    assert "Quiet Desk" not in text_of(page)
    assert str(sample) not in text_of(page)


def test_home_of_somebody_without_engagement_offers_the_samples(cast: Cast) -> None:
    page = text_of(seen_by(cast.stranger, "journeys:home"))
    assert "No engagement yet" in page
    assert reverse("journeys:load_sample", args=["light"]) in page


def test_overview_of_an_empty_engagement_says_what_belongs_there(cast: Cast) -> None:
    page = text_of(seen_by(cast.owner, "journeys:overview", cast.engagement.pk))
    assert "Customer Support has no figure yet" in page
    assert "What is measured, when the clock runs, and what is promised." in page
    assert " style=" not in page


def test_overview_shows_months_levels_and_money_without_styles(sample: UUID) -> None:
    page = text_of(seen_by(copied("Priya Raman"), "journeys:overview", sample))
    assert "March 2026: a level missed its minimum" in page
    assert "Service levels in April 2026" in page
    assert "Money at risk" in page
    assert " style=" not in page


@pytest.mark.parametrize("route", ["overview", "journal"])
def test_pages_are_not_there_for_rival_stranger_and_signed_out(cast: Cast, route: str) -> None:
    url = reverse(f"journeys:{route}", args=[cast.engagement.pk])
    assert [signed_in(one).get(url).status_code for one in (cast.rival, cast.stranger)] == [UNSEEN, UNSEEN]
    assert Client().get(url).status_code == FOUND


def test_journal_tells_each_side_its_own_and_the_shared_entries(sample: UUID) -> None:
    client, provider = (
        text_of(seen_by(copied(name), "journeys:journal", sample))
        for name in ("Priya Raman", "Jovana Petrović")
    )
    assert "Only Lumen" in client
    assert "Only Danube Care" not in client
    assert "Only Danube Care" in provider
    assert "disputed first response" in client
    assert "whole, " in client


def test_journal_filters_pages_and_exports(sample: UUID) -> None:
    client = signed_in(copied("Priya Raman"))
    url = reverse("journeys:journal", args=[sample])
    narrowed = text_of(client.get(url, {"action": "statement.agreed"}))
    assert "agreed to February 2026, revision 1" in narrowed
    assert "disputed first response" not in narrowed
    assert "Nothing here" in text_of(client.get(url, {"person": "nobody"}))
    csv = client.get(reverse("journeys:journal_export", args=[sample, "csv"]), {"action": "statement.agreed"})
    lines = b"".join(csv.streaming_content).decode().splitlines()
    assert len(lines) == 3


def test_journal_parts_what_people_did_from_what_the_worker_did(sample: UUID) -> None:
    client = signed_in(copied("Priya Raman"))
    url = reverse("journeys:journal", args=[sample])
    with entered(actor_for(copied("Priya Raman")).reach):
        every = Contents.objects.filter(space__engagement_id=sample)
        someone = every.filter(person_id__isnull=False).count()
        nobody = every.filter(person_id__isnull=True).count()
    told = {who: sum(1 for _ in _rows(client, sample, who)) for who in ("people", "handfast", "")}
    assert told == {"people": someone, "handfast": nobody, "": someone + nobody}
    assert 'value="people" selected' in text_of(client.get(url, {"person": "people"}))


def _rows(client: Client, sample: UUID, who: str) -> list[str]:
    csv = client.get(reverse("journeys:journal_export", args=[sample, "csv"]), {"person": who})
    return b"".join(csv.streaming_content).decode().splitlines()[1:]


@pytest.mark.parametrize("route", ["engagement:settings", "contract:versions"])
def test_page_that_shows_a_thing_leads_to_its_history(sample: UUID, route: str) -> None:
    priya = copied("Priya Raman")
    with entered(actor_for(priya).reach):
        agreement, version = Agreement.objects.get(), TermsVersion.objects.latest("number")
    given, thing = ((), sample) if route == "engagement:settings" else ((agreement.pk,), version.pk)
    way = reverse("journeys:history", args=[sample, thing])
    assert f'href="{way}"' in text_of(seen_by(priya, route, sample, *given))
    assert seen_by(priya, "journeys:history", sample, thing).status_code == OK


def test_page_of_a_person_leads_to_what_they_did(sample: UUID) -> None:
    priya = copied("Priya Raman")
    member = Membership.objects.get(person=priya, engagement_id=sample)
    way = f"{reverse('journeys:journal', args=[sample])}?person={priya.pk}"
    assert f'href="{way}"' in text_of(seen_by(priya, "engagement:person", sample, member.pk))
    assert "Nothing here" not in text_of(signed_in(priya).get(way))


def test_journal_says_where_a_chain_was_changed(sample: UUID) -> None:
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        shared = Space.objects.get(engagement_id=sample, kind=Space.Kind.SHARED)
        entry = Entry.objects.get(space=shared, sequence=3)
        Contents.objects.filter(entry=entry).update(payload="{}")
    page = text_of(seen_by(copied("Priya Raman"), "journeys:journal", sample))
    assert "The journal was changed: the contents of entry 3 were changed." in page


def test_journal_is_held_against_a_head_that_the_reader_kept(sample: UUID) -> None:
    priya = copied("Priya Raman")
    url = reverse("journeys:journal", args=[sample])
    reader = signed_in(priya)
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        shared = Entry.objects.get(space__engagement_id=sample, space__kind=Space.Kind.SHARED, sequence=3)
        here = Entry.objects.filter(space__engagement_id=sample)
        others = here.exclude(space_id__in=actor_for(priya).reach.reads).first()
    assert others is not None
    page = text_of(reader.get(url, {"head": f" {shared.hash.upper()} "}))
    assert "It is the head of entry 3, and every entry before and after it holds." in page
    for absent in ("ab" * 32, others.hash):
        assert "No journal here holds this head" in text_of(reader.get(url, {"head": absent}))
    assert "A head is 64 digits" in text_of(reader.get(url, {"head": "<b>x"}))
    with entered(Reach(every, every)):
        Contents.objects.filter(entry__space=shared.space, entry__sequence=2).update(payload="{}")
    broken = text_of(reader.get(url, {"head": shared.hash}))
    assert "The journal was changed: the contents of entry 2 were changed." in broken
    assert "every entry before" not in broken


def test_history_of_one_thing_holds_only_its_entries(sample: UUID) -> None:
    page = text_of(seen_by(copied("Priya Raman"), "journeys:history", sample, sample))
    assert "the engagement" in page
    assert "recorded batch" not in page


def test_sample_is_removed_with_one_click_and_its_person_signed_out(sample: UUID) -> None:
    client = signed_in(copied("Priya Raman"))
    answer = client.post(reverse("journeys:remove_sample", args=[sample]))
    assert answer.status_code == FOUND
    assert not Space.objects.filter(engagement_id=sample).exists()
    assert client.get(reverse("journeys:home")).status_code == FOUND


def test_real_engagement_is_refused_by_the_way_out_of_samples(cast: Cast) -> None:
    answer = signed_in(cast.owner).post(reverse("journeys:remove_sample", args=[cast.engagement.pk]))
    assert answer.status_code == REFUSED


def test_notice_opens_what_it_is_about_and_is_read_then(sample: UUID) -> None:
    client = signed_in(copied("Jovana Petrović"))
    page = text_of(client.get(reverse("journeys:notices")))
    assert "A line of a statement is disputed" in page
    from handfast.journeys.models import Notice  # noqa: PLC0415 - beside its only use

    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        key = Notice.objects.get(kind="operate.line_disputed").pk
    answer = client.post(reverse("journeys:notice", args=[key]))
    assert answer.url == reverse("operate:statement", args=[sample, "2026-03"])
    assert signed_in(copied("Priya Raman")).get(reverse("journeys:notice", args=[key])).status_code == UNSEEN
    with entered(Reach(every, every)):
        assert Notice.objects.get(pk=key).read_at is not None


def test_palette_finds_pages_of_own_engagements_only(cast: Cast, sample: UUID) -> None:
    found = text_of(signed_in(cast.owner).get(reverse("journeys:palette"), {"q": "journal"}))
    assert reverse("journeys:journal", args=[cast.engagement.pk]) in found
    assert str(sample) not in found


def test_overview_costs_the_same_with_few_and_many_months(sample: UUID) -> None:
    client = signed_in(copied("Priya Raman"))
    url = reverse("journeys:overview", args=[sample])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) <= 28


def begun(cast: Cast) -> Contents:
    """The entry that both sides read first."""
    with entered(actor_for(cast.owner).reach):
        rows = Contents.objects.filter(space_id=cast.engagement.space_id, entry__sequence=1)
        return rows.select_related("entry").get()


def test_entry_says_who_what_and_its_place_in_the_chain(cast: Cast) -> None:
    entry = begun(cast)
    page = text_of(seen_by(cast.delivery, "journeys:entry", cast.engagement.pk, entry.pk))
    assert "<strong>Priya Raman</strong> began the engagement" in page
    assert entry.entry.hash in page
    assert "Europe/Belgrade" in page
    assert "those who manage people erase entries" not in page
    read_only = text_of(seen_by(cast.reader, "journeys:entry", cast.engagement.pk, entry.pk))
    assert "those who manage people erase entries" in read_only


def test_entry_is_erased_with_its_reason_and_the_chain_stays_whole(cast: Cast) -> None:
    entry = begun(cast)
    client, url = signed_in(cast.owner), reverse("journeys:entry", args=[cast.engagement.pk, entry.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Asked for by the person"}).status_code == FOUND
    page = text_of(client.get(url))
    assert "What this entry said was erased by <strong>Priya Raman</strong>" in page
    assert "Asked for by the person" in page
    assert "Erase it" not in page
    assert client.post(url, {"reason": "Again"}).status_code == 409
    journal = text_of(client.get(reverse("journeys:journal", args=[cast.engagement.pk])))
    assert "an entry that was erased" in journal
    assert ", 1 erased" in journal
    assert "erased what an entry said" in journal


@pytest.mark.parametrize(("who", "status"), [("reader", REFUSED), ("rival", UNSEEN), ("stranger", UNSEEN)])
def test_entry_is_erased_by_nobody_who_does_not_manage_people(cast: Cast, who: str, status: int) -> None:
    entry = begun(cast)
    url = reverse("journeys:entry", args=[cast.engagement.pk, entry.pk])
    assert signed_in(getattr(cast, who)).post(url, {"reason": "No"}).status_code == status
    assert begun(cast).salt == entry.salt


def test_entry_of_another_engagement_or_space_is_not_there(cast: Cast, sample: UUID) -> None:
    entry = begun(cast)
    assert seen_by(copied("Priya Raman"), "journeys:entry", sample, entry.pk).status_code == UNSEEN
    with entered(actor_for(copied("Priya Raman")).reach):
        own = Space.objects.filter(engagement_id=sample, kind=Space.Kind.INTERNAL)
        internal = Contents.objects.filter(space__in=own).first()
    assert seen_by(copied("Priya Raman"), "journeys:entry", sample, internal.pk).status_code == OK
    assert seen_by(copied("Jovana Petrović"), "journeys:entry", sample, internal.pk).status_code == UNSEEN
