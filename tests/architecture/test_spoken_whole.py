"""A page that says it was translated was translated whole: in a language of markers every word of it is marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import resolve, reverse
from django.utils import timezone, translation
from tests.architecture.routes import pages
from tests.factories.cast import AT, Cast, make_cast

from handfast.foundation.actor import Actor
from handfast.foundation.scope import Reach, entered
from handfast.journeys.actions.notices import Told, give_notice
from handfast.journeys.telling import SAID
from handfast.people.actions.delegating import hand_over
from handfast.people.actions.persons import change_details
from handfast.people.actions.tokens import issue_token
from handfast.people.queries import actor_for, own_membership, own_space_of, secret_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db

OPENS, CLOSES = "⟦", "⟧"
VOID = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "rect", "circle", "line"}
)
UNREAD = frozenset({"script", "style", "code", "kbd", "time"})
READ_ALOUD = ("aria-label", "alt", "placeholder", "title", "aria-description")
# What nobody translates: the reader's initials, names of zones and languages to choose from, how a product or a form is called, units of time.
NAMES = ("name=zone", "name=language")
SAME_EVERYWHERE = re.compile(r"\b(Handfast|UTC|CSV|XLSX|Ctrl|K)\b")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Every page that speaks and is opened by its address alone.
DEALS = ("Customer Support", "Back Office")
BROWSER = "Firefox/1 Windows"
OPENED = {"people:account", "people:away", "people:mail", "journeys:notices"}


@dataclass
class Reader(HTMLParser):
    """Gathers what stands outside the markers, in texts and in what is read aloud."""

    data: tuple[str, ...]
    found: list[str] = field(default_factory=list)
    inside: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if not any(name in UNREAD or name.startswith("data:") for name, _ in self.inside):
            for name in READ_ALOUD:
                self._note(told.get(name) or "")
        if tag not in VOID:
            self.inside.append((tag, f"name={told.get('name')}"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in UNREAD or name in NAMES for tag, name in self.inside):
            return
        self.depth, outside = _outside(data, self.depth)
        self._tell(outside, data)

    def _note(self, text: str) -> None:
        self._tell(_outside(text, 0)[1], text)

    def _tell(self, outside: str, text: str) -> None:
        for one in self.data:
            outside = outside.replace(one, " ")
        if LETTERS.search(SAME_EVERYWHERE.sub(" ", outside)):
            self.found.append(" ".join(text.split()))


def _outside(text: str, depth: int) -> tuple[int, str]:
    kept = ""
    for one in text:
        depth += (one == OPENS) - (one == CLOSES)
        kept += one if depth == 0 and one != CLOSES else ""
    return depth, kept


def unmarked(page: str, *data: str) -> list[str]:
    """The texts of a page that no catalogue has said; `data` are words that people wrote."""
    reader = Reader(data=tuple(sorted(data, key=len, reverse=True)))
    reader.feed(page)
    assert reader.depth == 0
    return reader.found


@pytest.fixture
def marking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every catalogue marks what it says; English has none."""

    def marked(real: Callable[..., str]) -> Callable[..., str]:
        def said(*told: Any) -> str:
            text = real(*told)
            return text if translation.get_language() == "en" or not text else f"{OPENS}{text}{CLOSES}"

        return said

    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        monkeypatch.setattr(translation._trans, name, marked(getattr(translation._trans, name)))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def filled(cast: Cast) -> tuple[Person, tuple[str, ...]]:
    """The owner, who chose German, with a notice of each kind and a token; and the words that people wrote."""
    actor = actor_for(cast.owner)
    member = next(iter(cast.owner.memberships.all()))
    space = member.organisation.home_space
    with entered(actor.reach):
        change_details(actor, cast.owner, name=cast.owner.name, zone="Europe/Berlin", language="de", at=AT)
        issue_token(
            actor, own_membership(actor, member.pk), name="Warehouse", secret="s" * 40,
            digest=secret_digest("s" * 40), expires_at=AT.replace(year=2027), at=AT,
        )  # fmt: skip
        first = timezone.now().date() + timedelta(days=3)
        told = {"to": cast.reader.memberships.get(engagement_id=cast.engagement.pk).pk, "words": []}
        home = own_space_of(actor, cast.engagement.pk)
        hand_over(actor, home, **told, starts_on=first, ends_on=first + timedelta(days=7), at=timezone.now())
    own = frozenset({space.pk})
    worker = Actor(None, None, Reach(own, own))
    with entered(worker.reach):
        for kind in SAID:
            told = Told(cast.owner.pk, cast.engagement.pk, kind, uuid4(), f"marking {kind}")
            give_notice(worker, space, told=told, at=AT)
    names = (
        cast.owner.name,
        cast.owner.email,
        cast.reader.name,
        cast.lumen.name,
        cast.danube.name,
        cast.tagus.name,
    )
    return cast.owner, (
        *names,
        *DEALS,
        BROWSER,
        "PR",
        "Warehouse",
        "Europe/Berlin",
        "Berlin",
        "Toronto",
        "Belgrade",
        "America",
    )


def test_pages_that_speak_are_opened_here() -> None:
    speaking = set()
    for one in pages():
        if one.keys or one.name.startswith(("account_", "mfa_", "usersessions_")):
            continue
        view = resolve(reverse(one.name)).func
        if getattr(view, "is_spoken", False) and one.name not in {"people:token_new", "people:feed_new"}:
            speaking.add(one.name)
    assert speaking == OPENED


@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("name", sorted(OPENED))
def test_a_page_that_speaks_says_no_word_of_english(client: Client, cast: Cast, name: str) -> None:
    person, data = filled(cast)
    client.force_login(person)
    page = client.get(reverse(name), headers={"User-Agent": BROWSER}).content.decode()
    assert '<html lang="de"' in page
    assert "; ".join(unmarked(page, *data)) == ""


@pytest.mark.usefixtures("marking")
def test_what_is_shown_once_and_what_was_wrong_speak_too(client: Client, cast: Cast) -> None:
    person, data = filled(cast)
    client.force_login(person)
    member = str(person.memberships.all()[0].pk)
    for name, told in (
        ("people:account", {"name": "x" * 400, "zone": "Mars"}),
        ("people:mail", {"digest_hour": "25"}),
        ("people:away", {"words": ["manage-plan"], "starts_on": "2026-05-04", "ends_on": "2026-05-01"}),
        ("people:token_new", {"membership": member, "token_name": "Warehouse", "days": "30"}),
        ("people:feed_new", {"membership": member, "holds": "mine"}),
    ):
        page = client.post(reverse(name), told).content.decode()
        secret = re.search(r'hf-secret">([^<]*)<', page)
        assert unmarked(page, *data, "x" * 400, *(secret.groups() if secret else ())) == [], name


def test_the_reader_finds_what_is_not_marked() -> None:
    page = (
        f'<p>{OPENS}Gut <b>so</b>{CLOSES} Ann</p><p aria-label="Close">3</p><p>Not said</p><code>x-y</code>'
    )
    assert unmarked(page, "Ann") == ["Close", "Not said"]
