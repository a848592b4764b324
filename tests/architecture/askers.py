"""Who asks: everybody of the three deals, by session and by token, and what each is said to see."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.architecture.deals import Deal, token_of
from tests.architecture.marks import mark
from tests.architecture.policy import EVERYTHING, MAY
from tests.architecture.verbs import everywhere
from tests.factories.cast import person_named

from handfast.foundation.scope import entered
from handfast.people.actions.tokens import revoke_token
from handfast.people.models import Feed, Person, Token
from handfast.people.queries import actor_for
from handfast.transition.models import LastChange

if TYPE_CHECKING:
    from django.http import HttpResponse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(slots=True)
class Asker:
    """A person at a door: `sides` by deal, `words` by deal; nobody signed in has neither a person nor a token."""

    name: str
    person: Person | None = None
    organisation: str = ""
    sides: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    feeds: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    last_changes: frozenset[str] = frozenset()
    secret: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def is_known(self) -> bool:
        return bool(self.cookies) or bool(self.secret and self.sides)

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, as_json: bool = False
    ) -> Answer:
        """Ask, and undo whatever the answer changed."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        given: dict[str, Any] = {"headers": headers}
        if as_json:
            given |= {"data": json.dumps(body or {}), "content_type": "application/json"}
        elif body is not None and method == "POST":
            given |= {"data": body}
        with transaction.atomic():
            response = getattr(self.client, method.lower())(path, **given)
            content = _content_of(response)
            transaction.set_rollback(True)
        return Answer(response, content)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response with all of its bytes."""

    response: HttpResponse
    content: bytes

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def head(self) -> bytes:
        cookies = self.response.cookies.output()
        return f"{dict(self.response.headers)} {cookies}".encode()

    @property
    def fault(self) -> str:
        """What was raised, where something was."""
        raised = getattr(self.response, "exc_info", None)
        return repr(raised[1])[:300] if raised else ""


def _content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def signed_in(asker: Asker) -> Asker:
    asker.client.force_login(asker.person, backend=BACKEND)
    asker.cookies = {settings.SESSION_COOKIE_NAME: asker.client.cookies[settings.SESSION_COOKIE_NAME].value}
    return asker


def everybody(deals: dict[str, Deal]) -> list[Asker]:
    """All who ask, made anew for the three deals."""
    ours, rival, others = deals["ours"], deals["rival"], deals["others"]
    owner = _of(ours, "owner", "client", EVERYTHING)
    owner.sides["rival"], owner.words["rival"] = "client", EVERYTHING
    askers = [
        owner,
        _of(ours, "provider", "provider", MAY["delivery-manager"]),
        *(_of(ours, role, side, MAY[role]) for role, side in _ROLES.items()),
        _of(rival, "provider", "provider", MAY["account-executive"]),
        _of(others, "owner", "client", EVERYTHING),
        _of(others, "provider", "provider", MAY["delivery-manager"]),
        Asker("gone", ours.people["gone"]),
        Asker("stranger", person_named(f"Somebody {mark('stranger')}", "nowhere")),
    ]
    for asker in askers:
        signed_in(asker)
    return [
        *askers,
        *_by_token(deals),
        Asker("nobody"),
        Asker("a false token", secret="hf_false"),  # noqa: S106 - it opens nothing
        _revoked(ours),
    ]


_ROLES = {
    "finance": "client", "process-owner": "client", "reader": "client", "programme-manager": "client",
    "vendor-manager": "client", "sponsor": "client", "account-executive": "provider",
    "transition-manager": "provider", "trainer": "provider", "auditor": "provider",
}  # fmt: skip


def _of(deal: Deal, role: str, side: str, words: frozenset[str]) -> Asker:
    known = "client" if role == "owner" else role
    organisation = deal.organisations[side]
    named = f"{deal.name}: {role}"
    return Asker(
        named, deal.people[known], str(organisation.pk), {deal.name: side}, {deal.name: words},
        feeds=_feeds_of(deal.people[known]), accounts=_accounts_of(deal.people[known]), last_changes=_last_changes_of(deal.people[known]),
    )  # fmt: skip


def _last_changes_of(person: Person) -> frozenset[str]:
    """What a person changed last in the plans, in any space."""
    with entered(everywhere()):
        return frozenset(
            str(one) for one in LastChange.objects.filter(person_id=person.pk).values_list("pk", flat=True)
        )


def _feeds_of(person: Person) -> frozenset[str]:
    return frozenset(map(str, Feed.objects.filter(membership__person=person).values_list("pk", flat=True)))


def _accounts_of(person: Person) -> frozenset[str]:
    return frozenset(map(str, person.company_accounts.values_list("pk", flat=True)))


def _by_token(deals: dict[str, Deal]) -> list[Asker]:
    """A token acts in the one engagement of its membership."""
    made = []
    for name, role, side, words in (
        ("ours", "client", "client", EVERYTHING), ("ours", "reader", "client", MAY["reader"]),
        ("rival", "provider", "provider", MAY["account-executive"]),
    ):  # fmt: skip
        deal = deals[name]
        secret, token = token_of(deal, role, deal.organisations[side].pk)
        asker = _of(deal, "owner" if role == "client" else role, side, words)
        asker.name, asker.secret = f"{asker.name} by token", secret
        asker.own["token"] = token
        asker.feeds &= {one["feed"] for one in deal.own.values()}
        made.append(asker)
    return made


def _revoked(deal: Deal) -> Asker:
    secret, token = token_of(deal, "finance", deal.organisations["client"].pk)
    actor = actor_for(deal.people["finance"])
    revoke_token(actor, Token.objects.get(pk=token), at=datetime.now(UTC))
    return Asker("a revoked token", secret=secret)
