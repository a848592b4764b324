"""What is asked of every door, by whom, and what is held to the policy of each answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.architecture.cases import ASKED, Case, body_of, cases_of, expected, form_of
from tests.architecture.marks import marks_in, texts_of
from tests.architecture.policy import OPERATIONS, PAGES
from tests.architecture.routes import LIBRARIES, Operation, Page
from tests.architecture.rules import LIBRARY, Rule

if TYPE_CHECKING:
    from django.core import mail
    from tests.architecture.askers import Asker
    from tests.architecture.canaries import Canaries
    from tests.architecture.deals import Deal

LINKS = (
    "engagement:join",
    "journeys:feed",
    "journeys:decide",
    "surveys:answer",
    "learning:tests",
    "learning:test",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


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
