"""Every route and operation, asked by everybody with everybody's objects, answers as the policy says and leaks nothing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.architecture.askers import BACKEND, Asker, everybody
from tests.architecture.canaries import Canaries
from tests.architecture.cases import cases_of
from tests.architecture.deals import make_deals
from tests.architecture.marks import WORD, marks_in, texts_of
from tests.architecture.mornings import mail_digests
from tests.architecture.policy import MAY, OPERATIONS, PAGES, SEE_WORDS
from tests.architecture.questions import (
    Found,
    Question,
    World,
    ask,
    questions_of_operations,
    questions_of_pages,
)
from tests.architecture.routes import (
    LIBRARIES,
    addresses_of_the_api,
    nameless,
    operations,
    pages,
    specification,
)
from tests.architecture.surveying import asked_addresses
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

IN_A_SHORT_RUN = {"sqlite": 20, "postgresql": 40}  # one of so many; each database is asked others
# Each database is asked for other people; the long runs ask for everybody.
WHO_MIXES = {"sqlite": "ours: owner", "postgresql": "rival: provider"}
WHO_LACKS = {"sqlite": ("ours: finance", "ours: reader"), "postgresql": ("ours: process-owner",)}
SHARES = 4
SEED = 20260416
NAMELESS = ["favicon.ico"]


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once; every question is undone, and all of it at the end."""
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        from django.conf import settings  # noqa: PLC0415 - the tests' own are made first

        home = tmp_path_factory.mktemp("matrix")
        patched.setattr(settings, "HANDFAST_HOME", home)
        patched.setattr(settings, "HANDFAST_ANSWER_ADDRESS", "answers@handfast.example")
        patched.setattr(settings, "HANDFAST_RECORDS", home / "records")
        with transaction.atomic():
            mail.outbox.clear()  # of the test before
            asked = operations()  # before the deals: the rooms' tasks are known once their addresses are
            deals = make_deals()
            askers = everybody(deals)
            mail_digests()
            work(datetime.now(UTC))  # links that are mailed hold today
            yield World(deals, askers, Canaries(deals), pages(), asked, specification(), list(mail.outbox))
            transaction.set_rollback(True)


def chosen(asked: list[Question], share: int) -> list[Question]:
    """A part of the questions, on a database the same in every run: all of them are the long runs' matter."""
    mine, one_in = asked[share::SHARES], IN_A_SHORT_RUN[connection.vendor]
    return random.Random(SEED + share + one_in).sample(mine, len(mine) // one_in)  # noqa: S311 - a choice, no secret


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
    assert any("List-Unsubscribe" in one.extra_headers and "daily" in one.subject for one in world.mails)
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
        if address in asked_addresses(deal):
            return Asker("asked by a survey")
    raise AssertionError(address)


def test_address_that_mixes_two_engagements_finds_nothing(world: World, record_property: Any) -> None:
    asked = [*questions_of_pages(world), *questions_of_operations(world)]
    mixed = [
        one
        for one in asked
        if one.rule and one.case.is_mixed and one.asker.name == WHO_MIXES[connection.vendor]
    ]
    assert mixed
    _hold(world, mixed, record_property)


def test_role_that_lacks_the_capability_is_refused_at_its_own_door(
    world: World, record_property: Any
) -> None:
    asked = [*questions_of_pages(world), *questions_of_operations(world)]
    lacking = [
        one
        for one in asked
        if one.rule
        and one.rule.kind == "can"
        and one.method != "GET"
        and one.asker.name in WHO_LACKS[connection.vendor]
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


@pytest.mark.parametrize("side", ["client", "provider"])
def test_page_as_both_sides_see_it_tells_nothing_that_only_one_of_them_sees(world: World, side: str) -> None:
    deal, other = world.deals["ours"], {"client": "provider", "provider": "client"}[side]
    client = Client(raise_request_exception=False)
    client.force_login(deal.people[side], backend=BACKEND)
    client.post(reverse("people:act_for", args=[deal.organisations[side].pk]))
    client.post(reverse("journeys:preview", args=[deal.engagement.pk]))
    told, faults = Counter[int](), []
    for one in world.pages:
        if "engagement" not in one.keys or "GET" not in PAGES.get(one.name, {}):
            continue
        for case in cases_of(one.keys, world.deals):
            if case.deal != deal.name or case.is_mixed or case.is_absent:
                continue
            path = one.path(case.values)
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told[answer.status_code] += 1
            heard = [mark for text in texts_of(body) for mark in marks_in(text)]
            sent = [*marks_in(path), *marks_in(str(client.cookies))]
            for seen in (side, other):
                reader = Asker(
                    "both",
                    deal.people[side],
                    str(deal.organisations[seen].pk),
                    {deal.name: seen},
                    cookies={"": ""},
                )
                faults += [
                    f"{one.name} as {seen}: {leak}" for leak in world.canaries.leaks(reader, heard, sent)
                ]
            if answer.status_code >= 500:
                faults.append(f"{one.name}: {answer.status_code}")
    assert not faults, "\n".join(faults[:40])
    assert told[200] > 40
