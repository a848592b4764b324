"""One deal whose every text is what was sent: each form and each operation filled in with payloads, by both sides."""

from __future__ import annotations

import html
import importlib
import inspect
import json
import pkgutil
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django import forms
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.architecture.cases import body_of, form_of, values_of
from tests.architecture.deals import Deal, begun, filled, person_of
from tests.architecture.marks import mark
from tests.architecture.policy import OPERATIONS, PAGES
from tests.architecture.routes import operations, pages, specification
from tests.factories.cast import organisation_of

import handfast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

SIDES = ("client", "provider")
AS_SEEN = re.compile(r'name="as_seen"[^>]* value="([^"]*)"')
STEP = 7  # between what a field gets in one round and in the next
# What these write stays; what others do is undone, since it would end what the next one needs.
KEPT = frozenset({
    "engagement:settings", "engagement:new", "engagement:invite", "people:account", "people:token_new",
    "records:source_new", "records:mapping", "contract:agreements", "contract:draft", "operate:dispute",
    "POST /api/engagements/", "PUT /api/engagements/{engagement}/", "PUT /api/me", "POST /api/tokens",
    "POST /api/records/engagements/{engagement}/sources", "POST /api/operate/engagements/{engagement}/adjustments",
    "POST /api/contract/engagements/{engagement}/agreements", "PUT /api/contract/agreements/{agreement}/draft",
    "POST /api/operate/statements/{statement}/disputes", "POST /api/engagements/{engagement}/invitations/",
})  # fmt: skip
FRAGMENTS = frozenset({"operate:level", "operate:record", "records:upload_progress", "journeys:palette"})
# Values that a form takes only from its own lists or shapes: poisoned apart from the others, which then are kept.
SHAPED = (
    forms.ChoiceField,
    forms.RegexField,
    forms.EmailField,
    forms.UUIDField,
    forms.DateField,
    forms.BooleanField,
)
NAMED_OTHERWISE = frozenset(
    {
        "as_seen",
        "source",
        "starts",
        "ends",
        "pause",
        "records",
        "period",
        "typed",
        "level",
        "key",
        "currency",
        "membership_id",
        "roles",
        "kind",
        "type",
        "side",
        "zone",
    }
)


def form_classes() -> list[type[forms.BaseForm]]:
    """Every form of every room."""
    found = {
        one
        for module in pkgutil.walk_packages(handfast.__path__, "handfast.")
        if ".web" in module.name and "form" in module.name.rpartition(".")[2]
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if issubclass(one, forms.BaseForm) and one.__module__.startswith("handfast.")
    }
    return sorted(found, key=lambda one: one.__qualname__)


@cache
def text_fields(*, is_shaped: bool) -> frozenset[str]:
    """The names of all fields into which a person writes: freely, or in a shape that is checked."""
    found = {
        name
        for form in form_classes()
        for name, one in form.base_fields.items()
        if isinstance(one, forms.CharField | forms.ChoiceField | forms.UUIDField | forms.DateField)
        and isinstance(one, SHAPED) == is_shaped
    }
    return frozenset(found - NAMED_OTHERWISE if not is_shaped else found | NAMED_OTHERWISE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which text a field gets: in each round another one, and never the one of its neighbour."""

    texts: list[str]
    round: int

    def of(self, name: str) -> str:
        return self.texts[(self.round * STEP + crc32(name.encode())) % len(self.texts)]


@dataclass(frozen=True, slots=True)
class Poisoned:
    """A deal and a browser of each side, which is signed in anew for each request: some forms sign out, and are undone."""

    deal: Deal
    clients: dict[str, Client]
    sessions: dict[str, str]
    without_stamp: set[str] = field(
        default_factory=set
    )  # pages whose form says nothing of what it was opened on

    def client(self, side: str) -> Client:
        client = self.clients[side]
        client.cookies.clear()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[side]
        return client

    def values(self, side: str) -> dict[str, str]:
        return values_of(self.deal, side)

    def spread(self, choice: Choice) -> Iterator[tuple[str, HttpResponse]]:
        """Write a text into every field, as one side and then the other; what answered, by name."""
        side = SIDES[choice.round % 2]
        for is_shaped in (True, False):
            yield from self._by_pages(side, choice, is_shaped=is_shaped)
            yield from self._by_operations(side, choice, is_shaped=is_shaped)

    def leave(self, texts: list[str]) -> None:
        """Write the texts where they are kept, as either side: not where a shape refuses them, which leaves nothing."""
        for number, side in enumerate(SIDES):
            for _ in self._by_pages(side, Choice(texts, number), is_shaped=False):
                continue
            for _ in self._by_operations(side, Choice(texts, number), is_shaped=False):
                continue

    def _by_pages(self, side: str, choice: Choice, *, is_shaped: bool) -> Iterator[tuple[str, HttpResponse]]:
        known = {page.name: page for page in pages()}
        words = {name: choice.of(name) for name in text_fields(is_shaped=is_shaped)}
        for name, rules in PAGES.items():
            plain, _, word = name.partition(" verb=")
            if "POST" not in rules or plain not in known:
                continue
            path = known[plain].path(self.values(side) | ({"verb": word} if word else {}))
            given = form_of(plain, self.deal) | {"verb": word} | self._asked_of(side, name, path) | words
            yield name, self._sent("" if is_shaped else name, side, "post", path, data=given)

    def _asked_of(self, side: str, name: str, path: str) -> dict[str, str]:
        """What only the page itself can know: what it was opened on, and as which member one acts."""
        found = {"membership": self.deal.own[side]["membership"], "days": "90"}
        key = f"{side} {name}"
        if "GET" not in PAGES[name] or key in self.without_stamp:
            return found
        if seen := AS_SEEN.search(self.client(side).get(path).content.decode()):
            return found | {"as_seen": html.unescape(seen[1])}
        self.without_stamp.add(key)
        return found

    def _by_operations(
        self, side: str, choice: Choice, *, is_shaped: bool
    ) -> Iterator[tuple[str, HttpResponse]]:
        whole = specification()
        for one in operations():
            sent = one.told.get("requestBody", {}).get("content", {}).get("application/json")
            if one.name in OPERATIONS and sent:
                body = body_of(sent["schema"], whole, self.deal)
                words = poisoned(body, choice, is_shaped=is_shaped)
                given = {"data": json.dumps(words), "content_type": "application/json"}
                path = one.path(self.values(side))
                kept = "" if is_shaped else one.name
                yield one.name, self._sent(kept, side, one.method.lower(), path, **given)

    def _sent(self, kept: str, side: str, method: str, path: str, **given: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = getattr(self.client(side), method)(path, follow=method == "post", **given)
            if kept not in KEPT:
                transaction.set_rollback(True)
        return answer

    def shown(self) -> Iterator[tuple[str, HttpResponse]]:
        """Every page that can be read, as each side sees it."""
        for side in SIDES:
            for page in pages():
                if "GET" in PAGES.get(page.name, {}):
                    yield page.name, self.client(side).get(page.path(self.values(side)))
                    yield (
                        page.name,
                        self.client(side).get(page.path(self.values(side)), headers={"HX-Request": "true"}),
                    )


def poisoned(body: Any, choice: Choice, *, is_shaped: bool, name: str = "") -> Any:
    """The same body with texts in place of every text; of those that have a shape only where they are meant."""
    if isinstance(body, dict):
        return {key: poisoned(value, choice, is_shaped=is_shaped, name=key) for key, value in body.items()}
    if isinstance(body, list):
        return [poisoned(value, choice, is_shaped=is_shaped, name=name) for value in body]
    is_text = isinstance(body, str) and (is_shaped or name in text_fields(is_shaped=False))
    return choice.of(name) if is_text else body


def a_poisoned_deal() -> Poisoned:
    owner = person_of("ours", "owner")
    deal = filled(
        begun("ours", owner, organisation_of(owner, f"Client {mark('ours', 'client')}"), "delivery-manager")
    )
    clients, sessions = {}, {}
    for side in SIDES:
        clients[side] = Client(raise_request_exception=False)
        clients[side].force_login(
            deal.people[side], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        sessions[side] = clients[side].cookies[settings.SESSION_COOKIE_NAME].value
    return Poisoned(deal, clients, sessions)


def let_go(answer: HttpResponse) -> None:
    """Close the file of a workbook; the answer's own `close` would close the database of the test with it."""
    for close in answer._resource_closers:  # type: ignore[attr-defined]  # Django's own list
        close()
