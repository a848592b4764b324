"""Every route and operation, asked by everybody with everybody's objects, answers as the policy says and leaks nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from tests.architecture.askers import Asker, everybody
from tests.architecture.canaries import Canaries
from tests.architecture.cases import ASKED, Case, body_of, cases_of, expected, form_of
from tests.architecture.deals import Deal, make_deals
from tests.architecture.marks import WORD, marks_in, texts_of
from tests.architecture.policy import MAY, OPERATIONS, PAGES, SEE_WORDS
from tests.architecture.routes import (
    LIBRARIES,
    Operation,
    Page,
    addresses_of_the_api,
    nameless,
    operations,
    pages,
    specification,
)
from tests.architecture.rules import LIBRARY, Rule
from tests.architecture.test_actions_reached import load_everything
from tests.architecture.verbs import WHO, one_who_may, subject_of, those_who_may_not
from tests.records.deal import work

from handfast.foundation.actions import ACTIONS
from handfast.foundation.refusals import NotPermitted
from handfast.journeys.queries.finding import KINDS
from handfast.kernel.refusal import Refusal
from handfast.people.models import Membership
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from handfast.foundation.actor import Actor

LINKS = ("engagement:join", "journeys:feed")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
IN_A_SHORT_RUN = 20  # one of so many
SHARES = 4
SEED = 20260416
NAMELESS = ["favicon.ico"]


@dataclass(slots=True)
class World:
    """The deals, who asks, and the canaries."""

    deals: dict[str, Deal]
    askers: list[Asker]
    canaries: Canaries
    pages: list[Page]
    operations: list[Operation]
    told: dict[str, Any]
    mails: list[mail.EmailMessage]


@dataclass(frozen=True, slots=True)
class Question:
    """One asker, one method, one address."""

    route: str
    rule: Rule | None
    asker: Asker
    method: str
    case: Case
    keys: tuple[str, ...]
    path: str
    is_api: bool = False
    operation: Operation | None = None


@dataclass(slots=True)
class Found:
    """What was checked and what was wrong."""

    checks: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once; every question is undone, and all of it at the end."""
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        from django.conf import settings  # noqa: PLC0415 - the tests' own are made first

        home = tmp_path_factory.mktemp("matrix")
        patched.setattr(settings, "HANDFAST_HOME", home)
        patched.setattr(settings, "HANDFAST_RECORDS", home / "records")
        with transaction.atomic():
            mail.outbox.clear()  # of the test before
            asked = operations()  # before the deals: the rooms' tasks are known once their addresses are
            deals = make_deals()
            askers = everybody(deals)
            work(datetime.now(UTC))  # links that are mailed hold today
            yield World(deals, askers, Canaries(deals), pages(), asked, specification(), list(mail.outbox))
            transaction.set_rollback(True)


def questions_of_pages(world: World) -> list[Question]:
    asked = []
    for page in world.pages:
        rows = {key: row for key, row in PAGES.items() if key.split()[0] == page.name}
        for key, row in (
            {page.name: {"GET": LIBRARY, "POST": LIBRARY}} if page.name.startswith(LIBRARIES) else rows
        ).items():
            asked += _of_page(world, page, key, row)
    return asked


def _of_page(world: World, page: Page, key: str, row: dict[str, Rule]) -> list[Question]:
    asked = []
    _, _, fixed = key.partition(" verb=")
    cases = cases_of(page.keys, world.deals)
    for case in cases[:1] if page.name.startswith(LIBRARIES) else cases:
        if fixed:
            case.values["verb"] = fixed
        if page.name.startswith(LIBRARIES):
            case.values.update({one: "absent" if one != "pk" else "1" for one in page.keys})
        path = page.path(case.values)
        for method in METHODS:
            rule = row.get(method, row.get("*") or (LIBRARY if page.name.startswith(LIBRARIES) else None))
            if rule is None and case is not cases[0]:
                continue
            asked += [
                Question(key, rule, asker, method, case, page.keys, path) for asker in _who(world, rule)
            ]
    return asked


def _who(world: World, rule: Rule | None) -> list[Asker]:
    """Everybody; where a method is not known or the library answers, these few."""
    few = ("ours: owner", "rival: provider", "stranger", "nobody", "ours: reader by token")
    is_plain = rule is None or rule.kind == "library"
    return [one for one in world.askers if not is_plain or one.name in few]


def questions_of_operations(world: World) -> list[Question]:
    asked = []
    by_path: dict[str, set[str]] = {}
    for one in world.operations:
        by_path.setdefault(one.template, set()).add(one.method)
    for one in world.operations:
        rule = OPERATIONS[one.name]
        is_first = one.method == min(by_path[one.template])
        others = [method for method in METHODS if method not in by_path[one.template]] if is_first else []
        cases = cases_of(one.keys, world.deals)
        for case in cases:
            path = one.path(case.values) + ASKED.get(one.template.rpartition("/")[2], "")
            for method in (one.method, *others) if case is cases[0] else (one.method,):
                is_it = method == one.method
                name = one.name if is_it else f"{method} {one.template}"
                asked += [
                    Question(
                        name,
                        rule if is_it else None,
                        asker,
                        method,
                        case,
                        one.keys,
                        path,
                        True,
                        one if is_it else None,
                    )
                    for asker in _who(world, rule if is_it else None)
                ]
    return asked


def ask(world: World, question: Question, found: Found) -> None:
    """Ask, and hold status, headers and body to the policy."""
    deal = world.deals.get(question.case.deal, world.deals["ours"])
    body, is_json = _body(world, question, deal)
    answer = question.asker.ask(question.method, question.path, body, as_json=is_json)
    allowed = (
        frozenset({405})
        if question.rule is None
        else expected(question.rule, question.asker, question.case, question.keys, is_api=question.is_api)
    )
    told = f"{question.method} {question.route} [{question.case.place}] by {question.asker.name}"
    found.checks["statuses"] += 1
    if answer.status not in allowed:
        said = (
            answer.fault or answer.content[:120].decode("utf-8", "replace")
            if question.is_api
            else answer.fault
        )
        found.faults.append(f"{told}: {answer.status}, not {sorted(allowed)} {said}")
    if answer.status < 400:
        found.opened.add(f"{question.method} {question.route}")
    found.checks["bodies and headers searched for canaries"] += 1
    if question.route in LINKS:  # whoever holds a link is shown where it leads
        return
    heard = [one for text in (*texts_of(answer.content), answer.head.decode()) for one in marks_in(text)]
    sent = marks_in(f"{question.path} {body} {question.asker.cookies} {question.asker.secret}")
    found.faults += [f"{told}: LEAK of {leak}" for leak in world.canaries.leaks(question.asker, heard, sent)]


def _body(world: World, question: Question, deal: Deal) -> tuple[dict[str, Any] | None, bool]:
    if question.method in ("GET", "DELETE"):
        return None, False
    if question.operation is None:
        return form_of(question.route, deal) | {"verb": question.case.values.get("verb", "")}, False
    content = question.operation.told.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return form_of("records:send", deal), False
    schema = content.get("application/json", {}).get("schema", {})
    return body_of(schema, world.told, deal), True


def chosen(asked: list[Question], share: int) -> list[Question]:
    """A part of the questions, the same in every run: all of them are the long runs' matter."""
    mine = asked[share::SHARES]
    return random.Random(SEED + share).sample(mine, len(mine) // IN_A_SHORT_RUN)  # noqa: S311 - a choice, no secret


def test_every_route_stands_in_the_policy(world: World) -> None:
    known = {page.name for page in world.pages if not page.name.startswith(LIBRARIES)}
    rows = {key.split()[0] for key in PAGES}
    assert (sorted(known - rows), sorted(rows - known)) == ([], [])
    assert sorted(nameless()) == NAMELESS


def test_every_operation_stands_in_the_policy(world: World) -> None:
    known = {one.name for one in world.operations} | {"GET /api/openapi.json"}
    assert (sorted(known - set(OPERATIONS)), sorted(set(OPERATIONS) - known)) == ([], [])
    assert addresses_of_the_api() == len({one.template for one in world.operations})


def test_each_role_may_what_the_policy_says_and_no_role_is_left_out() -> None:
    assert {role.key: role.capabilities - SEE_WORDS for role in ROLES.values()} == MAY


def test_every_private_value_has_a_canary(world: World) -> None:
    faults = world.canaries.faults()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_answers_as_the_policy_says(world: World, share: int, record_property: Any) -> None:
    _hold(world, chosen(questions_of_pages(world), share), record_property)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_operation_answers_as_the_policy_says(world: World, share: int, record_property: Any) -> None:
    _hold(world, chosen(questions_of_operations(world), share), record_property)


@pytest.mark.soak
def test_every_door_answers_everybody_as_the_policy_says(world: World, record_property: Any) -> None:
    asked = [*questions_of_pages(world), *questions_of_operations(world)]
    assert len(asked) > 20_000
    opened = _hold(world, asked, record_property)
    never = {f"{one.method} {one.route}" for one in asked if one.rule and one.rule.kind != "library"} - opened
    record_property("routes that nobody could open", sorted(never))


def _hold(world: World, asked: list[Question], record_property: Any) -> set[str]:
    found = Found()
    for question in asked:
        ask(world, question, found)
    for name, count in found.checks.items():
        record_property(name, count)
    assert not found.faults, f"{len(found.faults)} of {found.checks}:\n" + "\n".join(found.faults[:400])
    return found.opened


def test_every_feed_tells_whoever_has_its_address_only_what_its_member_may_read(world: World) -> None:
    nobody = next(one for one in world.askers if one.name == "nobody")
    told = 0
    for deal in world.deals.values():
        for side in ("client", "provider"):
            path = reverse("journeys:feed", args=[deal.own[side]["feed_secret"]])
            answer = nobody.ask("GET", path)
            assert answer.status == 200
            organisation = str(deal.organisations[side].pk)
            reader = Asker("a feed", deal.people[side], organisation, {deal.name: side}, cookies={"": ""})
            heard = list(marks_in(answer.content.replace(b"\r\n ", b"").decode()))  # lines unfolded
            assert world.canaries.leaks(reader, heard, ()) == []
            assert list(marks_in(answer.head.decode())) == []
            told += len(heard)
    assert told


def test_search_for_every_canary_at_once_finds_only_what_its_asker_may_read(world: World) -> None:
    told = Counter[str]()
    for asker in world.askers:
        if asker.secret:
            continue  # tokens open no page: they ask the API, whose search stands among the operations
        for kind in ("", *KINDS):
            path = f"{reverse('journeys:palette')}?q={WORD}&kind={kind}"
            answer = asker.ask("GET", path)
            heard = [one for text in texts_of(answer.content) for one in marks_in(text)]
            assert world.canaries.leaks(asker, heard, marks_in(f"{path} {asker.cookies}")) == []
            told[asker.name] += len(heard)
    assert all(told[one.name] for one in world.askers if one.sides and not one.secret)


def test_every_mail_tells_only_what_its_reader_may_read(world: World) -> None:
    assert world.mails
    for one in world.mails:
        text = f"{one.subject} {one.body} {one.extra_headers}"
        reader = _reader_of(world, one.to[0])
        told = world.canaries.leaks(reader, marks_in(text), marks_in(one.to[0]))
        assert told == []


def _reader_of(world: World, address: str) -> Asker:
    """Whoever has the address; an invited one reads as the side that they are invited to."""
    mine = list(Membership.objects.filter(person__email=address).select_related("person"))
    if mine:
        names = {str(deal.engagement.pk): deal.name for deal in world.deals.values()}
        sides = {names[str(one.engagement_id)]: one.side for one in mine}
        return Asker("a member", mine[0].person, str(mine[0].organisation_id), sides, cookies={"": ""})
    for deal in world.deals.values():
        for side in ("client", "provider"):
            if address.startswith(deal.said("invited", side)):
                return Asker(
                    "invited", organisation=str(deal.organisations[side].pk), sides={deal.name: side}
                )
    raise AssertionError(address)


def test_address_that_mixes_two_engagements_finds_nothing(world: World, record_property: Any) -> None:
    asked = [*questions_of_pages(world), *questions_of_operations(world)]
    mixed = [
        one
        for one in asked
        if one.rule and one.case.is_mixed and one.asker.name in ("ours: owner", "rival: provider")
    ]
    assert mixed
    _hold(world, mixed, record_property)


def test_role_that_lacks_the_capability_is_refused_at_its_own_door(
    world: World, record_property: Any
) -> None:
    asked = [*questions_of_pages(world), *questions_of_operations(world)]
    few = ("ours: finance", "ours: process-owner", "ours: reader")
    lacking = [
        one
        for one in asked
        if one.rule
        and one.rule.kind == "can"
        and one.method != "GET"
        and one.asker.name in few
        and one.case.place == "ours, client"
    ]
    assert lacking
    _hold(world, lacking, record_property)


def test_every_verb_stands_in_the_table_of_who_may() -> None:
    load_everything()
    ours = {verb for verb, act in ACTIONS.items() if act.__module__.startswith("handfast.")}
    assert (sorted(ours - set(WHO)), sorted(set(WHO) - ours)) == ([], [])


@pytest.mark.parametrize("verb", sorted(WHO))
def test_verb_is_refused_to_all_but_those_it_is_for(world: World, verb: str) -> None:
    load_everything()
    who = WHO[verb]
    subject = subject_of(verb, who.only)
    assert subject is not None
    assert not _is_refused(verb, one_who_may(who, subject), subject)
    for lacks, actor in those_who_may_not(who, subject).items():
        assert _is_refused(verb, actor, subject), lacks
    if who.never:
        gone = subject_of(verb, who.never)
        assert gone is not None
        assert _is_refused(verb, one_who_may(who, gone), gone)


def _is_refused(verb: str, actor: Actor, subject: Any) -> bool:
    """Whether the permission says no; whoever it lets in meets the body, which is not given what it asks for."""
    try:
        with transaction.atomic():
            ACTIONS[verb](actor, subject, at=datetime.now(UTC))
            transaction.set_rollback(True)
    except NotPermitted:
        return True
    except (TypeError, Refusal):
        return False
    return False
