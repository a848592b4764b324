"""The frame and sign-in speak the reader's language; what was not translated stays English as a whole."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.factories.cast import AT, Cast, make_cast

from handfast.foundation.languages import LANGUAGE_NAMES
from handfast.foundation.scope import entered
from handfast.foundation.web.instants import day_words, moment_words
from handfast.people.actions.persons import change_details
from handfast.people.queries import actor_for
from handfast.people.refusals import LanguageUnknown

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
SIGN_IN = {"en": "Sign in", "de": "Anmelden", "es": "Entrar", "pl": "Zaloguj się", "sr-latn": "Prijava"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def choose(person: Person, language: str) -> None:
    actor = actor_for(person)
    with entered(actor.reach):
        change_details(actor, person, name=person.name, zone=person.zone, language=language, at=AT)


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_sign_in_speaks_as_the_browser_asks(client: Client, language: str) -> None:
    page = client.get(reverse("account_login"), headers={"Accept-Language": language})
    said = page.content.decode()
    assert f'<html lang="{language}"' in said
    assert f">{SIGN_IN[language]}</h1>" in said
    assert "Accept-Language" in page["Vary"]


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de-AT,de;q=0.9", "de"),
        ("sr", "sr-latn"),
        ("fr", "en"),
        ("*", "en"),
        ("x" * 600 + ";q=", "en"),
        ("", "en"),
    ],
)
def test_a_language_that_nobody_wrote_falls_back(client: Client, asked: str, spoken: str) -> None:
    page = client.get(reverse("account_login"), headers={"Accept-Language": asked}).content.decode()
    assert f'<html lang="{spoken}"' in page


def test_wrong_password_is_said_in_the_readers_language_and_tells_nobody(client: Client, cast: Cast) -> None:
    said = []
    for address in (cast.owner.email, "nobody@nowhere.example"):
        told = {"login": address, "password": "wrong-on-purpose"}
        page = client.post(reverse("account_login"), told, headers={"Accept-Language": "de"}).content.decode()
        said.append(re.sub(r'value="[^"]*"|Token": "[^"]*"', "", page))
    assert said[0] == said[1]
    assert "Passwort" in said[0]


def test_the_accounts_language_wins_over_the_browsers(client: Client, cast: Cast) -> None:
    choose(cast.owner, "pl")
    client.force_login(cast.owner)
    page = client.get(reverse("account_change_password"), headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="pl"' in page
    assert ">Zmień hasło</h1>" in page


def test_a_page_that_was_not_translated_is_english_inside_a_frame_that_was(
    client: Client, cast: Cast
) -> None:
    choose(cast.owner, "de")
    client.force_login(cast.owner)
    page = client.get(reverse("journeys:journal", args=[cast.engagement.pk])).content.decode()
    assert '<html lang="en"' in page
    rail = page[page.index("<nav") : page.index("</nav>")]
    assert 'lang="de"' in rail
    assert "Durch alle Phasen" in rail
    assert ">Journal</h1>" in page
    top = page[page.index('<header class="hf-top"') : page.index("</header>")]
    assert "Ihr Konto" in top
    english = Client()
    english.force_login(cast.delivery)
    assert (
        "Through all stages"
        in english.get(reverse("journeys:journal", args=[cast.engagement.pk])).content.decode()
    )


def test_a_refusal_is_english_as_a_whole_where_its_page_speaks(client: Client, cast: Cast) -> None:
    choose(cast.owner, "de")
    client.force_login(cast.owner)
    answer = client.post(reverse("people:token_revoke", args=[uuid4()]))
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="en"' in page
    assert "Go back" in page
    assert 'lang="de"' in page[page.index("<nav") : page.index("</nav>")]


def test_the_api_and_what_follows_a_request_speak_english(client: Client, cast: Cast) -> None:
    choose(cast.owner, "es")
    client.force_login(cast.owner)
    client.get(reverse("account_change_password"))
    assert translation.get_language() == "en"
    answer = client.put("/api/me", {"name": " ", "zone": "UTC"}, content_type="application/json")
    assert answer.status_code == 422
    assert "write your name" in answer.json()["detail"]


def test_choosing_on_the_account_page_and_over_the_api(client: Client, cast: Cast) -> None:
    client.force_login(cast.owner)
    told = {"name": "Olga", "zone": "UTC", "language": "sr-latn"}
    assert client.post(reverse("people:account"), told).status_code == 302
    cast.owner.refresh_from_db()
    assert cast.owner.language == "sr-latn"
    assert client.post(reverse("people:account"), told | {"language": "tlh"}).status_code == 422
    cast.owner.refresh_from_db()
    assert cast.owner.language == "sr-latn"


def test_a_language_that_is_not_spoken_is_refused(cast: Cast) -> None:
    with pytest.raises(LanguageUnknown, match="no such language"):
        choose(cast.owner, "tlh")
    choose(cast.owner, "de")
    choose(cast.owner, "")
    cast.owner.refresh_from_db()
    assert cast.owner.language == ""


def test_days_are_written_as_the_language_writes_them() -> None:
    told = {}
    for code in LANGUAGE_NAMES:
        with translation.override(code):
            told[code] = (
                day_words(date(2026, 5, 4)),
                moment_words(timezone.make_aware(AT.replace(tzinfo=None))),
            )
    assert told["en"][0] == "4 May 2026"
    assert told["de"][0] == "4. Mai 2026"
    assert len({one for one, _ in told.values()}) >= 4
