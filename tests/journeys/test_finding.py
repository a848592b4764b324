"""Whoever looks for words finds every thing of theirs that says them, of each kind, and nothing of anybody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.contract.promises import LIVE, agreed
from tests.evidence.keeping import attached
from tests.evidence.talks import commented
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import moved, written
from tests.journeys.small import small_sample
from tests.journeys.test_pages import signed_in, text_of
from tests.transition.programme import a_programme

from handfast.contract.models import Agreement
from handfast.evidence.actions import withdraw_comment
from handfast.foundation.scope import entered
from handfast.journeys.queries.finding import KINDS, found, sought
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.journeys.web.finding import around_word
from handfast.people.models import Person
from handfast.people.queries import actor_for
from handfast.records.models import Source

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
ASKED_BY_A_PALETTE = 25


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def sample() -> UUID:
    return load_sample(small_sample(), Loading())


def hits(person: Person, text: str, **asked: Any) -> list[tuple[str, str]]:
    actor = actor_for(person)
    with entered(actor.reach):
        groups = found(actor, sought(actor, text), most=20, **asked)
    return [(kind, one.name) for kind, some in groups.items() for one in some]


def palette(person: Person, text: str, **headers: str) -> str:
    answer = signed_in(person).get(reverse("journeys:palette"), {"q": text}, headers=headers)
    assert answer.status_code == 200
    return text_of(answer)


def told(person: Person, **asked: str) -> Any:
    return signed_in(person).get("/api/journeys/search", asked)


def test_entry_is_found_by_its_number_and_by_its_words_what_is_open_first(cast: Cast) -> None:
    first = written(cast, cast.owner, title="Headsets drop")
    written(cast, cast.delivery, title="New headsets", minutes=1)
    written(cast, cast.owner, is_own=True, title="Our own price")
    moved(cast, cast.owner, first, "withdrawn")
    assert hits(cast.owner, "headset")[0] == ("entry", "I-2 New headsets")
    assert len(hits(cast.owner, "headset")) == 2
    assert hits(cast.owner, "i-2") == [("entry", "I-2 New headsets")]
    assert hits(cast.owner, "I-own-1") == [("entry", "I-own-1 Our own price")]
    assert hits(cast.owner, "I-99") == hits(cast.owner, "ZZ-1") == []


def test_what_one_side_keeps_and_what_a_rival_has_is_found_by_nobody_else(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Shared matter")
    written(cast, cast.owner, is_own=True, title="Walkaway price")
    commented(cast, cast.owner, entry, "Walkaway is near", audience="own")
    assert [kind for kind, _ in hits(cast.owner, "walkaway")] == ["entry", "comment"]
    for other in (cast.delivery, cast.rival, cast.stranger):
        assert hits(other, "walkaway") == []
        assert hits(other, "I-own-1") == []
    assert hits(cast.rival, "shared matter") == hits(cast.stranger, "shared") == []


def test_comment_is_found_until_it_is_withdrawn_and_leads_to_itself(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    said = commented(cast, cast.delivery, entry, "The firmware of the batch is old")
    page = palette(cast.owner, "firmware")
    assert reverse("evidence:comment", args=[cast.engagement.pk, said.pk]) in page
    withdraw_comment(cast.actor(cast.delivery), said, at=AT)
    assert hits(cast.owner, "firmware") == []


def test_file_is_found_by_its_name_by_who_may_open_it_and_leads_to_its_thing(
    cast: Cast, tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_HOME = tmp_path
    entry = written(cast, cast.owner)
    attached(cast, cast.owner, entry, name="walkaway_figures.txt", audience="own")
    assert ("file", "walkaway_figures.txt") in hits(cast.owner, "figures")
    assert hits(cast.delivery, "figures") == []
    page = palette(cast.owner, "walkaway")
    assert reverse("evidence:files", args=[cast.engagement.pk, "entry", entry.pk]) in page


def test_people_of_both_sides_are_found_by_name_and_not_by_address(cast: Cast) -> None:
    name = cast.delivery.name
    assert ("person", name) in hits(cast.owner, name.split()[0])
    assert hits(cast.rival, cast.reader.name) == []
    assert hits(cast.owner, "example") == []


def test_each_kind_of_thing_is_found_and_its_page_is_there(sample: UUID) -> None:
    person = Person.objects.get(name="Priya Raman")
    client = signed_in(person)
    with entered(actor_for(person).reach):
        title, source = Agreement.objects.get().title, Source.objects.first().name
    for text, kind in (
        ("statement march 2026", "statement"),
        ("2026-03", "statement"),
        ("petrovic", "person"),
        (title, "agreement"),
        (source, "source"),
    ):
        assert kind in {one for one, _ in hits(person, text)}, text
        page = client.get(reverse("journeys:palette"), {"q": text}).content.decode()
        places = re.findall(r'class="hf-found-name" href="([^"#]+)', page)
        assert places
        assert {client.get(one, follow=True).status_code for one in places} == {200}


def test_activities_and_milestones_are_found_and_one_sides_own_by_that_side_alone() -> None:
    programme = a_programme()
    owner, delivery = programme.cast.owner, programme.cast.delivery
    with entered(programme.provider.reach):
        programme.internal(programme.provider, "hire", "Hire quietly", lead="provider", likely="5d")
    agreed(programme.cast)
    assert hits(delivery, "hire quiet") == [("activity", "Hire quietly")]
    assert hits(owner, "hire quiet") == []
    assert ("milestone", f"M-1 {LIVE.name}") in hits(owner, LIVE.name)
    page = palette(owner, LIVE.name)
    assert f"{reverse('contract:milestones', args=[programme.cast.engagement.pk])}#M-1" in page


def test_palette_shows_pages_what_may_be_done_and_things_and_leads_to_all(cast: Cast) -> None:
    for one in range(5):
        written(cast, cast.owner, title=f"Issues with line {one}", minutes=one)
    page = palette(cast.owner, "issue", **FRAGMENT)
    assert page.count("Issues with line") == 3
    assert "New issue…" in page
    assert f"{reverse('journeys:palette')}?q=issue" in page
    assert "<html" not in page
    assert "New issue…" not in palette(cast.reader, "issue", **FRAGMENT)


def test_page_marks_the_word_in_the_text_and_says_who_alone_sees_it(cast: Cast) -> None:
    written(
        cast, cast.owner, is_own=True, title="Tariff", text="If they ask for more than Žižkov pays, we leave."
    )
    page = palette(cast.owner, "zizkov")
    assert "<mark>Žižkov</mark> pays" in page
    assert "Only Lumen" in page
    assert "1 thing that you can see says" in page


def test_page_of_one_kind_and_one_engagement_shows_that_alone(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Firmware")
    commented(cast, cast.owner, entry, "Firmware again")
    client = signed_in(cast.owner)
    url = reverse("journeys:palette")
    only = text_of(
        client.get(url, {"q": "firmware", "kind": "comment", "engagement": str(cast.engagement.pk)})
    )
    assert "Firmware again" in only
    assert "I-1 Firmware" not in only
    for nonsense in ({"kind": "secret"}, {"engagement": "x"}, {"engagement": str(entry.pk)}):
        assert "I-1 Firmware" in text_of(client.get(url, {"q": "firmware"} | nonsense))


@pytest.mark.parametrize(
    "text", ["", " ", "%", "<b>x</b>", '"', "'", "x" * 5000, "🙂", "NEAR(a b)", "-", "(", "* OR *"]
)
def test_whatever_is_typed_answers(cast: Cast, text: str) -> None:
    written(cast, cast.owner)
    for headers in ({}, FRAGMENT):
        assert "Headsets drop" not in palette(cast.owner, text, **headers)
    assert told(cast.owner, q=text).status_code == (200 if 0 < len(text) <= 100 else 422)


def test_palette_asks_as_often_for_many_things_as_for_one(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Headsets drop")
    commented(cast, cast.owner, entry, "headsets again")
    counts = []
    client = signed_in(cast.owner)
    for _ in range(2):
        client.get(reverse("journeys:palette"), {"q": "headsets"})
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("journeys:palette"), {"q": "headsets"})
        counts.append(len(asked))
        for one in range(30):
            commented(cast, cast.owner, written(cast, cast.owner, title=f"Headsets {one}"), "headsets too")
    assert counts[0] == counts[1] <= ASKED_BY_A_PALETTE


def test_api_tells_the_hits_and_of_which_kinds_there_are_more(cast: Cast) -> None:
    for one in range(3):
        written(cast, cast.owner, title=f"Line {one} is down", minutes=one)
    answer = told(cast.owner, q="line", limit="2").json()
    assert [one["name"] for one in answer["hits"]] == ["I-3 Line 2 is down", "I-2 Line 1 is down"]
    assert answer["more"] == ["entry"]
    assert told(cast.owner, q="line", kind="comment").json() == {"hits": [], "more": []}
    assert told(cast.owner, q="line", engagement=str(cast.stranger.pk)).json() == {"hits": [], "more": []}
    assert told(cast.owner, q="line", kind="secret").status_code == 422
    assert told(cast.rival, q="line").json()["hits"] == []


def test_kinds_that_are_not_asked_are_not_looked_through(cast: Cast) -> None:
    written(cast, cast.owner, title="Priya knows")
    assert {kind for kind, _ in hits(cast.owner, "priya")} == {"entry", "person"}
    assert {kind for kind, _ in hits(cast.owner, "priya", kinds=("person",))} == {"person"}
    assert "person" in KINDS


@pytest.mark.parametrize(
    ("text", "words", "around"),
    [
        ("one two three", ("tw",), ("one ", "two", " three")),
        ("nothing here", ("x",), None),
        ("a " * 60 + "Žižkov" + " b" * 60, ("zizkov",), ("…" + "a " * 30, "Žižkov", " b" * 30 + "…")),
        ("two\nlines", ("lines",), ("two ", "lines", "")),
    ],
)
def test_text_is_cut_around_the_first_word_that_is_looked_for(
    text: str, words: tuple[str, ...], around: tuple[str, str, str] | None
) -> None:
    assert around_word(text, words) == around
